"""A county's roll-up handed over to its city, whose campaign takes it in."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pytest
from campaign.office import AGENCIES, ISSUER, campaign_in, drop, states, taken, use_roster, versions
from campaign.parcels import attached, mail, zipped
from campaign.prepared import FIGURE, prepared, with_narrative

from reportfill import Campaign
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.operations.collected_batch import Collected
from reportfill.campaign.operations.hand_over import HandedOver
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.handover_list import HANDOVER_LIST
from reportfill.campaign.records.received_copies import handover_list_path
from reportfill.campaign.status.agency_status import State
from reportfill.errors import CampaignError, UsageError
from reportfill.finding import errors_in
from reportfill.office.package import parts_of
from tools.make_cases.surgery import with_texts

CITY = "邢台市人民政府办公室"
COUNTIES = (
    Agency("00", CITY),
    Agency("34", ISSUER, "清河县", "00", 2),
    Agency("35", "临西县人民政府办公室", "", "00", 2),
)
FORM, TABLE = f"{ISSUER}2023年汇总填报表.xlsx", f"{ISSUER}2023年汇总明细.xlsx"
DATA = f"{ISSUER}2023年汇总填报表（数据）.json"


@dataclass(frozen=True)
class County:
    """A county's campaign in a folder, of which all agencies have handed in."""

    campaign: Campaign
    out: Path

    @property
    def folder(self) -> CampaignFolder:
        return self.campaign.folder

    @property
    def form(self) -> str:
        return f"rollup/{FORM}"

    def hand_in(self, *figures: int) -> None:
        """Let each agency hand in with its figure."""
        for agency, figure in zip(AGENCIES, figures, strict=False):
            drop(self.folder, f"{agency.code}-{figure}.xlsx", prepared(agency, figure))
        taken(self.folder)

    def roll_up(self) -> None:
        """Roll up, and write what the county has to say of the year."""
        self.campaign.rollup()
        self.folder.store.write(self.form, with_narrative(self.folder.store.read(self.form)))

    def handed_over(self, name: str = "a.zip", **more: bool) -> bytes:
        """The bytes of a hand-over."""
        done = self.campaign.handover(self.out / name, **more)
        assert done.written is not None, done.findings
        return done.written.path.read_bytes()


@pytest.fixture
def county(tmp_path: Path) -> County:
    folder = campaign_in(tmp_path / "county")
    (tmp_path / "out").mkdir()
    made = County(Campaign(folder), tmp_path / "out")
    made.hand_in(1, 2, 3, 4)
    made.roll_up()
    return made


@pytest.fixture
def closed(county: County) -> County:
    county.campaign.close(by="王芳")
    return county


@pytest.fixture
def city(tmp_path: Path) -> CampaignFolder:
    return campaign_in(tmp_path / "city", COUNTIES)


def collected(city: CampaignFolder, content: bytes, name: str = "清河县.zip") -> list[Collected]:
    drop(city, name, content)
    return taken(city)


def test_the_city_takes_in_what_a_closed_campaign_hands_over(closed: County, city: CampaignFolder) -> None:
    (one,) = collected(city, closed.handed_over())
    assert (one.agency, one.reason) == (ISSUER, None)
    assert one.version is not None
    assert one.version.is_sound
    assert states(city)["34"] is State.SOUND
    sums = Campaign(city).rollup().rollup
    assert sums.sums[FIGURE] == 1 + 2 + 3 + 4


def test_it_holds_the_roll_up_and_what_belongs_to_it_and_nothing_else(closed: County) -> None:
    files = parts_of(closed.handed_over())
    assert set(files) == {HANDOVER_LIST, FORM, DATA, TABLE}
    assert files[FORM] == closed.folder.store.read(closed.form)
    assert json.loads(files[DATA])["proactive"]["licensing"]["decisions"] == 10
    listed = json.loads(files[HANDOVER_LIST])
    seal = closed.campaign.verify().seal
    assert listed["封存清单SHA-256"] == seal.digest
    assert listed["SHA-256"][FORM] == seal.files[closed.form]
    assert (listed["单位"], listed["年度"], listed["填报表"]) == (ISSUER, 2023, FORM)
    assert "王芳" not in files[HANDOVER_LIST].decode()


def test_the_same_roll_up_is_the_same_file_and_is_written_once(closed: County) -> None:
    first = closed.handed_over()
    assert closed.handed_over("b.zip") == first
    assert closed.campaign.handover(closed.out / "a.zip").written.kept_aside is None
    assert {file.name for file in closed.out.iterdir()} == {"a.zip", "b.zip"}


def test_what_stood_there_and_differs_is_kept(closed: County) -> None:
    (closed.out / "a.zip").write_bytes(b"of before")
    done = closed.campaign.handover(closed.out / "a.zip")
    assert done.written.kept_aside.read_bytes() == b"of before"


def test_a_folder_gets_a_file_that_says_whose_it_is(closed: County, monkeypatch: pytest.MonkeyPatch) -> None:
    assert closed.campaign.handover(closed.out).written.path == closed.out / f"{ISSUER}2023年汇总（报送）.zip"
    monkeypatch.chdir(closed.out)
    assert closed.campaign.handover().written.path == Path(f"{ISSUER}2023年汇总（报送）.zip")


def test_nothing_is_written_into_the_campaigns_folder(closed: County) -> None:
    for target in (closed.folder.root, closed.folder.root / "rollup" / "a.zip"):
        with pytest.raises(UsageError, match="another place"):
            closed.campaign.handover(target)
    closed.handed_over()
    assert closed.campaign.verify().is_intact


def test_a_campaign_that_is_not_closed_is_handed_over_only_where_that_is_said(county: County) -> None:
    with pytest.raises(CampaignError, match="close"):
        county.campaign.handover(county.out)
    listed = json.loads(parts_of(county.handed_over(unsealed=True))[HANDOVER_LIST])
    assert (listed["封存时间"], listed["封存清单SHA-256"]) == ("", "")


def test_there_has_to_be_a_roll_up(county: County) -> None:
    county.folder.store.remove(county.form)
    with pytest.raises(CampaignError, match="campaign rollup"):
        county.campaign.handover(county.out, unsealed=True)
    county.campaign.close()
    with pytest.raises(CampaignError, match="reopen"):
        county.campaign.handover(county.out)


def test_a_partial_roll_up_is_none_for_the_office_above(county: County) -> None:
    county.campaign.send_back("04", "请核对")
    with pytest.raises(CampaignError, match="清河县信访局"):
        county.campaign.handover(county.out, unsealed=True)
    assert not [*county.out.iterdir()]


def test_a_roll_up_that_was_changed_after_closing_stays(closed: County) -> None:
    closed.folder.store.write(closed.form, b"changed")
    with pytest.raises(CampaignError, match="when the campaign was closed"):
        closed.campaign.handover(closed.out)


def codes(done: HandedOver) -> set[str]:
    return {found.code for found in errors_in(done.findings)}


def test_a_roll_up_of_before_is_told_by_its_sums(county: County) -> None:
    county.hand_in(1, 2, 3, 9)
    done = county.campaign.handover(county.out, unsealed=True)
    assert done.written is None
    assert codes(done) == {"campaign.other_sum"}
    found = next(one for one in done.findings if one.field == FIGURE)
    assert (found.value, found.expected) == (10, 15)
    assert found.cell.startswith("表二!")
    assert not [*county.out.iterdir()]


def test_a_roll_up_without_its_narrative_is_not_handed_over(county: County) -> None:
    county.campaign.rollup()
    done = county.campaign.handover(county.out, unsealed=True)
    assert done.written is None
    assert codes(done) == {"text.empty"}


def test_a_corrected_one_is_the_next_version(closed: County, city: CampaignFolder) -> None:
    collected(city, closed.handed_over())
    closed.campaign.reopen("更正")
    closed.hand_in(1, 2, 3, 9)
    closed.roll_up()
    closed.campaign.close()
    (one,) = collected(city, closed.handed_over())
    assert one.version is not None
    assert (one.version.number, one.version.is_sound) == (2, True)
    assert Campaign(city).rollup().rollup.sums[FIGURE] == 15


def test_the_same_again_is_nothing_new(closed: County, city: CampaignFolder) -> None:
    content = closed.handed_over()
    collected(city, content)
    assert collected(city, content, "又一次.zip") == []
    assert taken(city) == []


def test_its_list_is_kept_with_what_was_received(closed: County, city: CampaignFolder) -> None:
    content = closed.handed_over()
    collected(city, content)
    (version,) = versions(city)
    listed = parts_of(content)[HANDOVER_LIST]
    path = handover_list_path(version.received, listed)
    assert city.store.read(path) == listed
    campaign = Campaign(city)
    assert campaign.rebuild() == 1
    assert [one.digest for one in versions(city)] == [version.digest]
    campaign.close()
    assert path in campaign.verify().seal.files


def lists_kept(city: CampaignFolder) -> list[str]:
    return [file.path for file in city.store.files("received") if file.path.endswith(HANDOVER_LIST)]


def test_the_seal_of_what_came_before_without_one_is_kept_too(county: County, city: CampaignFolder) -> None:
    collected(city, county.handed_over(unsealed=True))
    county.campaign.close()
    sealed = county.handed_over("b.zip")
    assert collected(city, sealed, "封存.zip") == []
    assert len(versions(city)) == 1
    kept = [json.loads(city.store.read(path)) for path in lists_kept(city)]
    assert {one["封存清单SHA-256"] for one in kept} == {"", county.campaign.verify().seal.digest}


def test_the_lists_of_two_that_come_together_are_kept(county: County, city: CampaignFolder) -> None:
    drop(city, "1.zip", county.handed_over(unsealed=True))
    county.campaign.close()
    (one,) = collected(city, county.handed_over("b.zip"), "2.zip")
    assert one.version is not None
    assert len(lists_kept(city)) == 2


Change = Callable[[dict[str, bytes]], Mapping[str, bytes]]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda files: files | {FORM: with_texts(files[FORM], {"表二!C11": "12"})}, FORM),
        (lambda files: files | {TABLE: b"another"}, TABLE),
        (lambda files: {name: part for name, part in files.items() if name != DATA}, DATA),
        (lambda files: files | {"另一份.xlsx": files[FORM]}, "另一份.xlsx"),
    ],
)
def test_one_that_was_altered_is_nobodys(
    closed: County, city: CampaignFolder, change: Change, name: str
) -> None:
    files = change(parts_of(closed.handed_over()))
    (one,) = collected(city, zipped(*files.items()))
    assert one.version is None
    assert one.reason is not None
    assert one.reason.code == "container.handover_altered"
    assert name in one.reason.message.zh
    assert versions(city) == []


def test_what_systems_leave_behind_in_archives_alters_nothing(closed: County, city: CampaignFolder) -> None:
    files = parts_of(closed.handed_over()) | {"__MACOSX/._a": b"junk", "Thumbs.db": b"junk"}
    (one,) = collected(city, zipped(*files.items()))
    assert one.version is not None


def test_it_may_be_packed_once_more_in_a_folder_beside_others(closed: County, city: CampaignFolder) -> None:
    files = {f"清河县/{name}": part for name, part in parts_of(closed.handed_over()).items()}
    other = prepared(COUNTIES[2], 7)
    taken_in = collected(city, zipped(*files.items(), ("临西县.xlsx", other)))
    assert {one.agency for one in taken_in if one.version} == {ISSUER, COUNTIES[2].name}
    assert [one.reason for one in taken_in if not one.version] == []
    assert len(lists_kept(city)) == 1


def test_an_archive_of_nothing_but_lists_is_given_up_soon(closed: County, city: CampaignFolder) -> None:
    listed = parts_of(closed.handed_over())[HANDOVER_LIST]
    (*_, last) = collected(city, zipped(*((f"{number}/{HANDOVER_LIST}", listed) for number in range(3000))))
    assert last.reason is not None
    assert last.reason.code == "container.too_much_in_all"


def test_it_may_come_by_mail(closed: County, city: CampaignFolder) -> None:
    (one,) = collected(city, mail(attached("清河县.zip", closed.handed_over())), "来信.eml")
    assert one.version is not None
    assert len(lists_kept(city)) == 1


def test_one_of_another_year_is_left(closed: County, tmp_path: Path) -> None:
    (one,) = collected(campaign_in(tmp_path / "later", COUNTIES, year=2024), closed.handed_over())
    assert one.reason is not None
    assert one.reason.code == "stray.other_year"


def test_one_of_another_pack_is_returned_with_that(closed: County, city: CampaignFolder) -> None:
    city.change_settings(replace(city.settings(), pack="law-enforcement-statistics"))
    (one,) = collected(city, closed.handed_over())
    told = one.version.findings if one.version else (one.reason,)
    assert "workbook.other_pack" in {found.code for found in told if found}
    assert [version.number for version in versions(city) if version.is_sound] == []


def test_one_of_an_office_that_the_city_does_not_know_is_left(closed: County, city: CampaignFolder) -> None:
    use_roster(city, COUNTIES[::2])
    (one,) = collected(city, closed.handed_over())
    assert one.reason is not None
    assert one.reason.code == "stray.unknown_agency"


def test_the_countys_own_campaign_does_not_take_it_in(county: County) -> None:
    (one,) = collected(county.folder, county.handed_over(unsealed=True))
    assert one.reason is not None
    assert one.reason.code == "stray.own_rollup"


@pytest.mark.parametrize(
    "listed", [b"", b"{}", b"[1]", b'{"\xe6\xa0\xbc\xe5\xbc\x8f": "reportfill"}', b"\xff"]
)
def test_an_archive_with_another_file_of_that_name_is_an_archive(city: CampaignFolder, listed: bytes) -> None:
    county = prepared(COUNTIES[1], 7)
    (one,) = collected(city, zipped((HANDOVER_LIST, listed), ("a.xlsx", county)))
    assert one.version is not None


def test_a_hand_over_is_an_archive_that_others_open(closed: County) -> None:
    with zipfile.ZipFile(BytesIO(closed.handed_over())) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == HANDOVER_LIST
