"""Links are facts of the campaign: a code opens the page of its agency alone, until it ends."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from campaign.office import AGENCIES, NOW, campaign_in, taken, use_roster
from docx import Document
from ooxml_judges import judges
from openpyxl import load_workbook
from PIL import Image
from zxingcpp import read_barcodes

from reportfill import Campaign
from reportfill.campaign.access.codes import code_digest
from reportfill.campaign.access.link import LinkState
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.operations.close import close
from reportfill.campaign.operations.findings import identity_findings
from reportfill.campaign.operations.links import link_of
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.records.journal import Event, read_journal
from reportfill.errors import CampaignError, OutputError, UsageError

ARCHIVE = AGENCIES[1]
URL = "https://tb.example.cn:8443"
TODAY = date.today()


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    """A campaign in which nothing came in."""
    return Campaign(campaign_in(tmp_path / "2023"))


def renamed(**changes: str) -> tuple[Agency, ...]:
    """The agencies, of which the archive is another now."""
    return (AGENCIES[0], ARCHIVE._replace(**changes), *AGENCIES[2:])


def opened(campaign: Campaign, code: str) -> str:
    """The code of the agency whose page a code opens; empty where it opens none."""
    link = campaign.link_of(code)
    return link.agency.code if link and link.is_open and link.agency else ""


def digest_of_link(campaign: Campaign, agency: str) -> str:
    """What tells the link that an agency has now; empty where it has none."""
    link = campaign.link_given_to(agency)
    return link.digest if link else ""


def test_a_code_opens_the_page_of_its_agency_and_is_kept_nowhere(campaign: Campaign) -> None:
    given = campaign.give_links("02", "民政局", by="王芳")
    assert [(one.agency.code, opened(campaign, one.code)) for one in given.links] == [
        ("02", "02"),
        ("03", "03"),
    ]
    code = given.links[0].code
    assert opened(campaign, f" {code.lower().replace('-', ' ')} ") == "02"
    for path in campaign.folder.root.rglob("*"):
        if path.is_file():
            assert code.encode() not in path.read_bytes()
            assert code.replace("-", "").encode() not in path.read_bytes()
    told = campaign.log("02").entries
    assert [(one.event, one.name, one.by) for one in told] == [(Event.LINK_GIVEN, ARCHIVE.name, "王芳")]


def test_another_code_opens_nothing(campaign: Campaign) -> None:
    (given,) = campaign.give_links("02").links
    last = "3" if given.code[-1] == "2" else "2"
    assert campaign.link_of(given.code[:-1] + last) is None
    assert campaign.link_of("") is None
    assert campaign.link_of("；" * 5000) is None


def test_where_nobody_is_named_those_that_have_none_get_one(campaign: Campaign) -> None:
    first = campaign.give_links("02")
    rest = campaign.give_links()
    assert {one.agency.code for one in rest.links} == {"01", "03", "04"}
    assert rest.had_one == (ARCHIVE,)
    assert opened(campaign, first.links[0].code) == "02"
    assert campaign.give_links().links == ()
    assert len(campaign.give_links(under="01", renew=True).links) == len(AGENCIES)
    assert campaign.link_of(first.links[0].code).state is LinkState.WITHDRAWN  # type: ignore[union-attr]


def test_one_that_is_renewed_opens_and_the_former_does_not(campaign: Campaign) -> None:
    former, new = (campaign.give_links("02", renew=True).links[0].code for _ in range(2))
    assert digest_of_link(campaign, "02") == code_digest(new)
    assert (opened(campaign, former), opened(campaign, new)) == ("", "02")
    assert [link.agency for link in campaign.links] == [ARCHIVE]


def test_one_that_is_withdrawn_opens_nothing(campaign: Campaign) -> None:
    code = campaign.give_links("02").links[0].code
    assert campaign.withdraw_links("02", "03", by="王芳") == (ARCHIVE,)
    link = campaign.link_of(code)
    assert link is not None
    assert link.state is LinkState.WITHDRAWN
    assert campaign.links == ()
    before = read_journal(campaign.folder.store).entries
    assert campaign.withdraw_links(under="01") == ()
    assert read_journal(campaign.folder.store).entries == before
    assert before[-1].event is Event.LINK_WITHDRAWN


def test_one_opens_through_its_last_day(campaign: Campaign) -> None:
    given = campaign.give_links("02", until=TODAY)
    code = given.links[0].code
    assert given.until == TODAY
    assert opened(campaign, code) == "02"
    later = link_of(campaign.folder, code, TODAY + timedelta(days=1))
    assert later is not None
    assert (later.state, later.until) == (LinkState.EXPIRED, TODAY)


def test_who_has_only_one_that_has_expired_gets_a_new_one(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign.give_links("02", until=TODAY)
    from reportfill.campaign.operations.links import give_links

    later = NOW.replace(year=TODAY.year + 1)
    given = give_links(campaign.folder, (), None, None, None, renew=False, by="", now=later)
    assert len(given.links) == len(AGENCIES)


@pytest.mark.parametrize(("until", "why"), [("2024-01-01", "gone already"), ("bald", "no day")])
def test_a_day_that_cannot_be_is_refused(campaign: Campaign, until: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        campaign.give_links("02", until=until)
    assert read_journal(campaign.folder.store).entries == ()


def test_nobody_is_withdrawn_from_and_who_is_not_there_is_refused(campaign: Campaign) -> None:
    with pytest.raises(UsageError, match="say which agencies"):
        campaign.withdraw_links()
    with pytest.raises(UsageError, match="no agency 99"):
        campaign.give_links("02", "99")
    assert campaign.links == ()


def test_a_closed_campaign_refuses(campaign: Campaign) -> None:
    code = campaign.give_links("02").links[0].code
    close(campaign.folder, "王芳", NOW)
    with pytest.raises(CampaignError, match="is closed"):
        campaign.give_links("03")
    assert opened(campaign, code) == "02"


def test_made_anew_the_ledger_knows_of_them(campaign: Campaign) -> None:
    codes = [one.code for one in campaign.give_links(until=TODAY).links]
    campaign.withdraw_links("03")
    codes.append(campaign.give_links("04", renew=True).links[0].code)
    with campaign.folder.read_ledger() as ledger:
        before = ledger.links()
    assert [opened(campaign, code) for code in codes] == ["01", "02", "", "", "04"]
    (campaign.folder.root / "campaign.db").unlink()
    rebuild(campaign.folder)
    with campaign.folder.read_ledger() as ledger:
        assert ledger.links() == before
    assert [opened(campaign, code) for code in codes] == ["01", "02", "", "", "04"]


def test_a_ledger_of_before_there_were_links_is_made_anew(campaign: Campaign) -> None:
    code = campaign.give_links("02").links[0].code
    with sqlite3.connect(campaign.folder.root / "campaign.db") as database:
        for table in ("links", "keys", "accounts"):
            database.execute(f"DROP TABLE {table}")
        database.execute("UPDATE about SET version = 12")
    database.close()
    with pytest.raises(CampaignError, match="older version"):
        campaign.link_of(code)
    rebuild(campaign.folder)
    assert opened(campaign, code) == "02"


@pytest.mark.parametrize("changes", [{"code": "0102"}, {"name": "清河县档案局", "former_name": ARCHIVE.name}])
def test_a_link_goes_with_its_agency(campaign: Campaign, changes: dict[str, str]) -> None:
    code = campaign.give_links("02").links[0].code
    use_roster(campaign.folder, renamed(**changes))
    wanted = changes.get("code", "02")
    assert opened(campaign, code) == wanted
    assert digest_of_link(campaign, wanted) == code_digest(code)
    taken(campaign.folder)  # which puts the change on record
    assert opened(campaign, code) == wanted
    assert digest_of_link(campaign, wanted) == code_digest(code)
    assert digest_of_link(campaign, "01") == ""
    rebuild(campaign.folder)
    assert opened(campaign, code) == wanted
    campaign.withdraw_links(wanted)
    assert opened(campaign, code) == ""


def test_under_another_name_alone_it_opens_for_nobody_and_is_asked_about(campaign: Campaign) -> None:
    code = campaign.give_links("02").links[0].code
    use_roster(campaign.folder, renamed(name="清河县档案局"))
    link = campaign.link_of(code)
    assert link is not None
    assert (link.agency, link.state) == (None, LinkState.NOT_REPORTING)
    assert [one.code for one in identity_findings(campaign.folder)] == ["agency.link_doubtful"]
    assert [one.code for one in campaign.status().findings] == ["agency.link_doubtful"]
    (given,) = campaign.give_links("02").links
    assert (opened(campaign, code), opened(campaign, given.code)) == ("", "02")
    assert identity_findings(campaign.folder) == []


def test_the_link_of_an_agency_that_was_closed_opens_nothing(campaign: Campaign) -> None:
    code = campaign.give_links("02").links[0].code
    use_roster(campaign.folder, (AGENCIES[0], ARCHIVE._replace(is_closed=True), *AGENCIES[2:]))
    assert opened(campaign, code) == ""
    assert campaign.withdraw_links("02")[0].code == "02"


def test_a_table_in_which_the_day_was_changed_is_named(campaign: Campaign) -> None:
    campaign.give_links("02", until=TODAY)
    (path,) = campaign.folder.root.glob("log/*.csv")
    path.write_bytes(path.read_bytes().replace(f"{TODAY},".encode(), b"2024/2/10,"))
    assert [one.code for one in campaign.log().damage] == ["journal.damaged"]


def test_the_files_take_each_link_to_its_agency(campaign: Campaign) -> None:
    given = campaign.give_links(url=f"{URL}/", until=TODAY)
    folder = campaign.folder.root / "links" / TODAY.isoformat()
    assert sorted(given.files) == sorted(str(path) for path in folder.iterdir())
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600] * 3
    sheet = load_workbook(folder / "links.xlsx").worksheets[0]
    text = (folder / "链接.txt").read_text("utf-8-sig")
    document = Document(BytesIO((folder / "二维码.docx").read_bytes()))
    cards = [cell.text for row in document.tables[0].rows for cell in row.cells]
    pictures = [
        document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
        for shape in document.inline_shapes
    ]
    scanned = [read_barcodes(Image.open(BytesIO(picture.blob)))[0].text for picture in pictures]
    assert scanned == [f"{URL}/a/{one.code}" for one in given.links]
    assert [problem for judge in judges() for problem in judge(folder / "二维码.docx")] == []
    for row, card, (agency, code) in zip(
        list(sheet.iter_rows(values_only=True))[1:], cards, given.links, strict=True
    ):
        assert row[:2] == (agency.code, agency.name)
        assert row[6:] == (f"{URL}/a/{code}", code, str(TODAY))
        assert f"{agency.name}：2023年政府信息公开工作年度报告填报链接\n{URL}/a/{code}\n" in text
        assert agency.name in card
        assert code in card


def test_those_given_later_on_a_day_come_into_another_folder(campaign: Campaign) -> None:
    campaign.give_links("02", url=URL)
    campaign.give_links("02", url=URL, renew=True)
    assert len(list((campaign.folder.root / "links").iterdir())) == 2
    assert campaign.give_links("02", url=URL).files == ()


@pytest.mark.parametrize(
    "url",
    ["", "tb.example.cn", "ftp://tb.example.cn", "https://", "https://a/?b", "https://a b", "http://[x"],
)
def test_what_is_no_address_of_a_page_is_refused(campaign: Campaign, url: str) -> None:
    with pytest.raises(UsageError, match="no address of a web page"):
        campaign.give_links("02", url=url)
    assert campaign.links == ()


def test_where_a_file_cannot_be_written_no_link_is_given(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportfill.campaign.sending import link_files

    def refuse(*_: object) -> bytes:
        raise OutputError("the disk is full")

    monkeypatch.setattr(link_files, "link_cards", refuse)
    with pytest.raises(OutputError, match="full"):
        campaign.give_links(url=URL)
    assert campaign.links == ()
    assert list(campaign.folder.root.rglob("links/*/*")) == []


def test_with_many_agencies_the_cards_come_into_several_files(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportfill.campaign.sending import link_files

    monkeypatch.setattr(link_files, "_CARDS_OF_FILE", 3)
    given = campaign.give_links(url=URL)
    cards = [Path(place) for place in given.files if place.endswith(".docx")]
    assert [path.name for path in cards] == ["二维码-001.docx", "二维码-002.docx"]
    assert [len(Document(str(path)).inline_shapes) for path in cards] == [3, 1]


def test_while_qr_codes_are_made_others_work_on_the_campaign(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportfill.campaign.sending import link_files

    meanwhile: list[str] = []

    def made(folder: object, *_: object) -> link_files.LinkFiles:
        if not meanwhile:
            meanwhile.append(campaign.give_links("02").links[0].code)
        return prepared(campaign.folder, *_)

    prepared = link_files.LinkFiles.prepared
    monkeypatch.setattr(link_files.LinkFiles, "prepared", made)
    given = campaign.give_links(url=URL)
    assert [one.agency.code for one in given.links] == ["01", "03", "04"]
    assert given.had_one == (ARCHIVE,)
    assert opened(campaign, meanwhile[0]) == "02"
