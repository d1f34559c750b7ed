"""Where things stand on the page of a picture: within it, not on each other, and large enough for a telephone."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import combinations

import pytest
from builders import figures_only
from outputs.of_all_packs import REPORTS, report_of

from reportfill import Submission, load_pack
from reportfill.decimals import Number
from reportfill.outputs.infographic.content import Infographic, PanelContent, Point, infographic
from reportfill.outputs.infographic.layout import PAGE_WIDTH, Box, Page, PlacedWords, infographic_page, tint
from reportfill.outputs.infographic.rendering import drawn_width

LONG = "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗尼尔基镇人民政府政务服务和大数据管理局（政务公开办公室）"
A4 = 842 / 595 * PAGE_WIDTH


def with_figures(**figures: int) -> Submission:
    """A sound report of nothing but these figures."""
    pack = load_pack("annual-report-2021")
    return Submission.from_data(
        pack, figures_only(pack, {f"requests.{key}.natural_person": value for key, value in figures.items()})
    )


def huge() -> Submission:
    """Sums of a great many agencies, of an office with a long name."""
    nothing = with_figures()
    paths = [path for path in nothing.figures if path.startswith(("requests", "proactive"))]
    return Submission(
        nothing.pack, {**nothing.values, "agency.name": LONG, **dict.fromkeys(paths, 987_654_321_012)}
    )


UNUSUAL: dict[str, Callable[[], Submission]] = {
    "zeros": with_figures,
    "one": lambda: with_figures(received=1),
    "huge": huge,
}


@pytest.fixture(params=[*REPORTS, *UNUSUAL])
def made(request: pytest.FixtureRequest) -> Page:
    """The page of each pack's report, and of those in which much is larger, longer or less than usual."""
    report = UNUSUAL[request.param]() if request.param in UNUSUAL else report_of(request.param)
    return page(report, report)


def page(report: Submission, last: Submission | None) -> Page:
    """The page of a report."""
    return infographic_page(infographic(load_pack(report.pack.id), report, last), drawn_width)  # type: ignore[union-attr]


def room_of(words: PlacedWords) -> tuple[float, float, float, float]:
    """The room that words take: left, top, right, bottom."""
    width = drawn_width(words.words, words.size, words.bold)
    left = words.x - {"left": 0, "right": width}[words.side]
    return left, words.y - words.size * 0.8, left + width, words.y + words.size * 0.15


def test_all_words_stand_within_the_margins_and_none_on_others(made: Page) -> None:
    rooms = [(words.words, room_of(words)) for words in made.marks if isinstance(words, PlacedWords)]
    for words, (left, top, right, bottom) in rooms:
        assert left >= 35.9, words
        assert right <= PAGE_WIDTH - 35.5, words
        assert 0 < top < bottom < made.height, words
    for (one, a), (two, b) in combinations(rooms, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (one, two)


def test_all_words_can_be_read_where_the_page_is_390_pixels_wide(made: Page) -> None:
    sizes = [words.size * 390 / PAGE_WIDTH for words in made.marks if isinstance(words, PlacedWords)]
    assert min(sizes) > 9.8


def test_boxes_stand_on_the_page(made: Page) -> None:
    for box in made.marks:
        if isinstance(box, Box):
            assert box.width > 0
            assert box.x >= 0
            assert box.x + box.width <= PAGE_WIDTH
            assert box.y + box.height <= made.height


@pytest.mark.parametrize("name", REPORTS)
def test_a_usual_page_is_little_higher_than_a4_so_that_it_can_be_printed(name: str) -> None:
    assert page(report_of(name), report_of(name)).height < 1.6 * A4


def shown(*panels: PanelContent, agency: str = "甲局", title: str = "甲局2023年报告") -> Page:
    """The page of these panels."""
    return infographic_page(Infographic(agency, title, 2023, panels), drawn_width)


def words_on(made: Page) -> list[str]:
    """The words on a page."""
    return [mark.words for mark in made.marks if isinstance(mark, PlacedWords)]


def test_long_labels_go_on_in_lines_of_about_the_same_length() -> None:
    label = "拍卖或者依法处理查封、扣押的场所、设施或者财物以及其他行政强制执行措施"
    made = shown(PanelContent("种类", "bars", "#1F4E79", (Point(label, 3, "宗"), Point("无", 1, "宗"))))
    lines = [words for words in words_on(made) if words and words in label]
    assert "".join(lines) == label
    assert min(map(len, lines)) >= 5
    assert not any(line.startswith(("、", "，")) for line in lines)


def test_bars_are_as_long_as_their_figures() -> None:
    made = shown(PanelContent("一", "bars", "#1F4E79", (Point("甲", 200, "件"), Point("乙", 50, "件"))))
    one, two = [mark.width for mark in made.marks if isinstance(mark, Box) and mark.height == 18]
    assert one == pytest.approx(4 * two)


def test_the_largest_bar_is_the_longest_that_there_is_room_for_also_of_small_amounts() -> None:
    def longest(value: Number) -> float:
        made = shown(PanelContent("一", "bars", "#1F4E79", (Point("甲", value, "万元"),)))
        return next(mark.width for mark in made.marks if isinstance(mark, Box) and mark.height == 18)

    assert longest(Decimal("0.5")) == pytest.approx(longest(Decimal("2.5")))


def test_shares_fill_the_line_in_proportion() -> None:
    points = (Point("甲", 60, "件"), Point("乙", 30, "件"), Point("丙", 10, "件"))
    made = shown(PanelContent("一", "share", "#1F4E79", points))
    widths = [mark.width for mark in made.marks if isinstance(mark, Box) and mark.height == 34]
    assert sum(widths) == pytest.approx(PAGE_WIDTH - 72 - 4)
    assert widths[0] == pytest.approx(2 * widths[1])
    colours = [mark.colour for mark in made.marks if isinstance(mark, Box) and mark.height == 34]
    assert len(set(colours)) == 3


def test_a_part_too_small_to_be_seen_is_seen() -> None:
    points = (Point("甲", 10**9, "件"), *(Point(f"乙{number}", 1, "件") for number in range(5)))
    made = shown(PanelContent("一", "share", "#1F4E79", points))
    widths = [mark.width for mark in made.marks if isinstance(mark, Box) and mark.height == 34]
    assert min(widths) >= 4
    assert sum(widths) == pytest.approx(PAGE_WIDTH - 72 - 10)


def test_figures_that_are_negative_or_zero_have_no_bar() -> None:
    made = shown(PanelContent("一", "bars", "#1F4E79", (Point("甲", 3, "项"), Point("乙", -2, "项"))))
    assert len([mark for mark in made.marks if isinstance(mark, Box) and mark.height == 18]) == 1
    assert "−2项" in words_on(made)


def test_a_draft_says_on_its_face_that_it_is_one() -> None:
    panel = PanelContent("一", "bars", "#1F4E79", (Point("甲", 3, "项"),))
    draft = infographic_page(
        Infographic("甲局", "甲局2023年报告", 2023, (panel,), is_draft=True), drawn_width
    )
    assert "草稿，数据未经审核" in words_on(draft)
    assert "草稿，数据未经审核" not in words_on(shown(panel))


def test_an_agency_without_a_name_and_a_page_without_panels_are_pages_too() -> None:
    assert words_on(shown(agency="", title="2023年报告"))[0] == "2023年报告图解"


@pytest.mark.parametrize(("part", "colour"), [(0, "#1F4E79"), (1, "#FFFFFF"), (0.5, "#8FA6BC")])
def test_a_tint_is_between_a_colour_and_white(part: float, colour: str) -> None:
    assert tint("#1F4E79", part) == colour
