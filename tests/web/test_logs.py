"""Nothing personal is logged: of all that a server prints and keeps for itself, through a day of visits and trouble."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from campaign.office import AGENCIES, use_roster
from campaign.prepared import prepared
from web_campaign import COORDINATOR, PASSWORD, served_campaign, sign_in
from web_server import RunningServer, running_server
from web_visitor import Visitor

ARCHIVE = AGENCIES[1]
CONTACT, TELEPHONE, MAIL = "欧阳联系", "0391-7654321", "ouyang@example.cn"
WRONG_PASSWORD, WRONG_CODE, WRONG_KEY = "kWrongPassword77", "kwrong-code7-kwrong", "rf-kWrongKey77"
FIGURE, REMARK, FILE = 8642097, "请核对八六四二的口径", "欧阳联系的填报表.xlsx"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and /proc")


def kept_by(server: RunningServer) -> dict[str, bytes]:
    """What a server has in its own folder, without what it signs tokens with, which is not told anywhere else."""
    data = server.folder / "data"
    return {
        path.name: path.read_bytes() for path in data.rglob("*") if path.is_file() and path.name != "secret"
    }


def visit(visitor: Visitor, code: str, key: str) -> tuple[list[str], str]:
    """A day of visits and trouble: the tokens that the browser had, and the log of who did what."""
    tokens = []

    def keep_tokens() -> None:
        tokens.extend(visitor.client.cookies.values())

    visitor.get(f"/a/{WRONG_CODE}")
    visitor.post("/code", {"code": WRONG_CODE})
    visitor.get(f"/a/{code}")
    keep_tokens()
    content = prepared(ARCHIVE, FIGURE)
    files = {"file": (FILE, content)}
    assert visitor.post("/agency/hand-in", files=files, page="/agency").status_code == 200
    visitor.post("/agency/hand-in", files={"file": (FILE, content[:500])}, page="/agency")
    visitor.post("/agency/form", {"%": CONTACT, "x" * 300: TELEPHONE}, page="/agency")
    visitor.post("/sign-out", page="/agency")
    sign_in(visitor, COORDINATOR, WRONG_PASSWORD)
    sign_in(visitor, PASSWORD, COORDINATOR)
    sign_in(visitor)
    keep_tokens()
    for path in (
        f"/office?text={CONTACT}",
        "/office/export.xlsx",
        "/office/reminders.zip",
        f"/office/agencies/{ARCHIVE.code}/versions/1/handed-in",
        f"/office/agencies/{ARCHIVE.code}/changes?before=1&now=99",
        f"/nowhere/{code}?password={PASSWORD}",
        f"/results/{code}/a/docx.docx",
        f"/office/export.xlsx?sort={WRONG_PASSWORD}",
    ):
        visitor.get(path)
    review = {"decision": "return", "remark": REMARK, "versions": "1", "reviews": "0"}
    here = f"/office/agencies/{ARCHIVE.code}"
    assert visitor.post(f"{here}/review", review, page=here).status_code == 200
    for shown in (key, WRONG_KEY):
        visitor.get("/api/v1/agencies", headers={"authorization": f"Bearer {shown}"})
    visitor.client.post("/api/v1/reports", content=content, headers={"content-type": CONTACT.encode()})
    return tokens, visitor.get("/office/audit.csv").content.decode("utf-8-sig")


@pytest.mark.parametrize("processes", ["1", "2"])
def test_no_log_and_no_database_of_a_server_holds_anything_personal(tmp_path: Path, processes: str) -> None:
    served = served_campaign(tmp_path)
    asked = (one._replace(contact=CONTACT, telephone=TELEPHONE, email=MAIL) for one in AGENCIES)
    use_roster(served.campaign.folder, tuple(asked))
    key, code = served.campaign.add_key("财政系统", "reader").text, served.codes[ARCHIVE.code]
    arguments = (served.setup.campaign, "--processes", processes)
    with running_server(tmp_path / "own", *arguments) as server:
        with server.visited() as visitor:
            tokens, audit = visit(visitor, code, key)
        kept = kept_by(server)
        assert server.end(signal.SIGTERM) == 0
        assert server.process.stdout
        printed = server.process.stdout.read() + server.log
        kept |= {f"{name} at the end": content for name, content in kept_by(server).items()}
    assert COORDINATOR in audit
    assert ARCHIVE.name in audit
    assert any(COORDINATOR.encode() in content for content in kept.values())
    personal = [code, code.replace("-", ""), key, PASSWORD, *tokens, CONTACT, TELEPHONE, MAIL, FILE, REMARK]
    personal += [WRONG_PASSWORD, WRONG_CODE, WRONG_KEY, str(FIGURE)]
    for secret in personal:
        assert secret not in printed
        assert secret not in audit
        assert [name for name, content in kept.items() if secret.encode() in content] == []
