"""A server behind a real nginx and a real Caddy, set up as docs/serve.md tells: all that holds without one holds."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from campaign.office import AGENCIES
from campaign.prepared import prepared
from web_campaign import READER, ServedCampaign, served_campaign, sign_in
from web_events import told_counts
from web_proxy import NAME, Proxy, running_caddy, running_nginx
from web_server import running_server, trusting_anybody
from web_visitor import Visitor

from reportfill.web.posted import MOST_BYTES_OF_FILES
from reportfill.web.security.mistakes import FREE_FOR_ADDRESS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="addresses 127.0.0.2 and 127.0.0.3")

PROXIES: dict[str, Callable[[int], AbstractContextManager[Proxy]]] = {
    "nginx": running_nginx,
    "caddy": running_caddy,
}


@dataclass(frozen=True)
class Behind:
    """A campaign that is served behind a proxy."""

    proxy: Proxy
    served: ServedCampaign

    @contextmanager
    def agency(self, place: int) -> Iterator[Visitor]:
        """Somebody of an agency, who came by its link."""
        with self.proxy.visited() as visitor:
            visitor.get(f"/a/{self.served.codes[AGENCIES[place].code]}")
            yield visitor


@pytest.fixture(scope="module", params=PROXIES)
def behind(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    """A campaign behind each proxy. On a developer's machine without it such tests are left out; in CI never."""
    program: str = request.param
    path = f"{os.environ['PATH']}:/usr/sbin"
    if shutil.which(program, path=path) is None and not os.environ.get("CI"):
        pytest.skip(f"{program} is not installed")
    folder = tmp_path_factory.mktemp("behind")
    served = served_campaign(folder)
    arguments = (served.setup.campaign, "--proxy", "127.0.0.1", "--name", NAME)
    with running_server(folder / "own", *arguments) as server, PROXIES[program](server.port) as proxy:
        yield Behind(proxy, served)


def test_pages_come_by_https_with_cookies_for_this_server_alone(behind: Behind) -> None:
    with behind.proxy.visited() as visitor:
        answer = sign_in(visitor)
        assert answer.url.path == "/office"
        assert "max-age" in answer.headers["strict-transport-security"]
        cookies = [one for step in answer.history for one in step.headers.get_list("set-cookie")]
        assert cookies
        assert all(one.startswith("__Host-") and "; Secure" in one for one in cookies)


def test_a_new_link_leads_through_the_proxy(behind: Behind) -> None:
    agency = f"/office/agencies/{AGENCIES[0].code}"
    with behind.proxy.visited() as visitor:
        sign_in(visitor)
        assert f'value="https://{NAME}/a/' in visitor.post(f"{agency}/link", page=agency).text


def test_another_name_is_none_of_this_server(behind: Behind) -> None:
    with behind.proxy.visited(host="elsewhere.example.cn") as visitor:
        assert "填报码" not in visitor.get("/").text
    with behind.proxy.visited() as visitor:
        assert "填报码" in visitor.get("/").text


def test_only_pages_of_this_server_change_anything(behind: Behind) -> None:
    with behind.proxy.visited() as visitor:
        token = visitor.token("/sign-in")
        statuses = {
            origin: visitor.client.post(
                "/sign-in", data={"csrf": token}, headers={"origin": origin}
            ).status_code
            for origin in (f"https://{NAME}", "https://elsewhere.example.cn", "null")
        }
        assert statuses == {f"https://{NAME}": 401, "https://elsewhere.example.cn": 403, "null": 403}


def test_mistakes_count_against_the_visitors_own_address_whatever_it_says_of_that(behind: Behind) -> None:
    with behind.proxy.visited("127.0.0.3") as guesser, behind.proxy.visited("127.0.0.4") as other:
        token = guesser.token("/sign-in")
        for number in range(FREE_FOR_ADDRESS):
            said = {"x-forwarded-for": f"192.0.2.{number}", "forwarded": f"for=192.0.2.{number}"}
            answer = guesser.client.post("/code", data={"csrf": token, "code": "wrong"}, headers=said)
            assert answer.status_code == 403
        assert (
            guesser.client.post("/code", data={"csrf": token, "code": "wrong"}, headers=said).status_code
            == 429
        )
        assert other.post("/code", {"code": "wrong"}, page="/sign-in").status_code == 403
        forged = {"x-forwarded-for": "127.0.0.4"}
        assert other.client.get("/sign-in", headers=forged).status_code == 200


def test_a_completed_workbook_becomes_its_report_under_its_chinese_name(behind: Behind) -> None:
    with behind.agency(1) as visitor:
        answer = visitor.post(
            "/agency/hand-in", files={"file": ("填报表.xlsx", prepared(AGENCIES[1], 1))}, page="/agency"
        )
        assert answer.url.path.startswith("/agency/receipts/"), answer.text
        report = visitor.get("/agency/versions/1/docx.docx")
        assert report.content.startswith(b"PK")
        assert quote(AGENCIES[1].name) in report.headers["content-disposition"]


def test_many_files_at_once_pass_and_more_than_are_taken_is_told(behind: Behind) -> None:
    with behind.agency(2) as visitor:
        token = visitor.token("/tools")
        sent = {"csrf": token}
        files = [("files", (f"{number}.xlsx", bytes(49 << 20))) for number in range(4)]
        answer = visitor.client.post("/reports", data=sent, files=files)
        assert answer.status_code == 200, answer.text
        assert answer.url.path.startswith("/results/")
        for size in (MOST_BYTES_OF_FILES, MOST_BYTES_OF_FILES + (20 << 20)):
            refused = visitor.client.post("/reports", data=sent, files=[("files", ("a.xlsx", bytes(size)))])
            assert refused.status_code == 413
            assert "上传的内容太大" in refused.text
            assert "default-src 'none'" in refused.headers["content-security-policy"]
        small = visitor.client.post("/sign-in", data=sent | {"name": "x" * (1 << 20)})
        assert small.status_code == 413
        assert "上传的内容太大" in small.text


def test_a_slow_sender_keeps_nobody_waiting_and_is_answered(behind: Behind) -> None:
    lines = (
        "POST /api/v1/checks HTTP/1.1",
        f"Host: {NAME}",
        "Content-Type: application/json",
        "Content-Length: 2",
    )
    head = "\r\n".join((*lines, "", "{")).encode()
    slow = []
    for _ in range(50):
        connection = socket.create_connection(("127.0.0.1", behind.proxy.port), 30)
        slow.append(trusting_anybody().wrap_socket(connection))
        slow[-1].sendall(head)
    try:
        with behind.proxy.visited() as visitor:
            assert sign_in(visitor).url.path == "/office"
        for one in slow:
            one.sendall(b"}")
        assert {_status(one) for one in slow} == {422}
    finally:
        for one in slow:
            one.close()


def _status(connection: ssl.SSLSocket) -> int:
    return int(connection.recv(100).split()[1])


def test_numbers_that_renew_themselves_come_at_once(behind: Behind) -> None:
    with behind.proxy.visited() as visitor:
        assert sign_in(visitor, READER).url.path == "/office"
        with visitor.client.stream("GET", "/office/events") as answer:
            lines = answer.iter_lines()
            before = told_counts(lines)
            behind.served.campaign.hand_in(AGENCIES[3].code, prepared(AGENCIES[3], 1), file_name="a.xlsx")
            behind.served.campaign.take_in()
            assert told_counts(lines) != before
