"""The printed timeline, read as XML: what stands on which page, and that nothing is lost."""

from datetime import date
from typing import Any

import pytest
from lxml import etree

from tests.writing.sheets import day, make_row, make_sheet
from unionboard.services.activities import OccurrenceStatus, Status
from unionboard.writing.sheet import SheetPart, SheetRow, Turn, YearSheet
from unionboard.writing.timeline_svg import Page, PaperSize, draw_pages

LONG = "组织开展“中国梦·劳动美”主题演讲比赛、教职工趣味运动会和迎新春联欢会，邀请退休教师代表参加，并做好宣传报道和资料归档工作"


def parse(page: Page) -> Any:
    return etree.fromstring(page.svg)


def find(root: Any, class_: str) -> list[Any]:
    return list(root.xpath(".//*[@class=$name]", name=class_))


def read(element: Any) -> str:
    return "".join(element.itertext())


def texts(sheet: YearSheet, class_: str, size: PaperSize = PaperSize.A4) -> list[list[str]]:
    """The texts of a class, page by page."""
    return [[read(element) for element in find(parse(page), class_)] for page in draw_pages(sheet, size)]


def draw(row: SheetRow, **values: Any) -> Any:
    """The first page with that row."""
    return parse(draw_pages(make_sheet(row, **values), PaperSize.A4)[0])


def large_sheet() -> YearSheet:
    """Ten sections of thirty activities, every third with a long title."""
    rows = [
        make_row(number, title=f"第{number}项{LONG if number % 3 == 0 else '活动'}", owner="文体委员、女工委员") for number in range(1, 301)
    ]
    parts = [SheetPart(f"第{at + 1}部分", 0, 30, tuple(rows[at * 30 : at * 30 + 30])) for at in range(10)]
    return make_sheet(parts=parts)


@pytest.mark.parametrize("size", list(PaperSize))
def test_every_one_of_300_activities_is_on_the_pages_whole_and_in_order(size: PaperSize) -> None:
    sheet = large_sheet()

    titles = [title for page in texts(sheet, "title", size) for title in page]

    assert titles == [row.title for row in sheet.rows]


@pytest.mark.parametrize("size", [PaperSize.A4, PaperSize.A3])
def test_nothing_stands_outside_its_page(size: PaperSize) -> None:
    for page in draw_pages(large_sheet(), size):
        heights = [float(y) for y in parse(page).xpath(".//@y")]
        assert max(heights) < page.height


def test_section_over_several_pages_says_so_and_no_heading_stands_alone() -> None:
    pages = [parse(page) for page in draw_pages(large_sheet(), PaperSize.A4)]

    headings = [[read(heading) for heading in find(page, "heading")] for page in pages]
    assert headings[0][0] == "第1部分"
    assert headings[1][0] == "continued"  # the words' sentence; it carries the heading in a true language
    for page in pages:
        groups = [element.get("class") for element in page.xpath(".//*[@class='row' or @class='part']")]
        assert (groups[0], groups[-1]) == ("part", "row")


def test_page_tells_its_number_the_choice_and_the_day_of_printing() -> None:
    sheet = make_sheet(make_row(), choice="只列：第二季度，共48项中的18项。")
    root = parse(draw_pages(sheet, PaperSize.A4)[0])

    ns = {"s": "http://www.w3.org/2000/svg"}
    assert (root.findtext("s:title", namespaces=ns), root.findtext("s:desc", namespaces=ns)) == (
        "青松小学工会2026年工作计划 · page",
        "只列：第二季度，共48项中的18项。 打印于2026年11月21日",
    )
    assert [read(text) for text in find(root, "choice")] == ["只列：第二季度，共48项中的18项。"]


@pytest.mark.parametrize(
    ("size", "width", "height"), [(PaperSize.A4, "297mm", "210mm"), (PaperSize.A3, "420mm", "297mm"), (PaperSize.LONG, "297mm", None)]
)
def test_page_has_the_papers_size(size: PaperSize, width: str, height: str | None) -> None:
    root = parse(draw_pages(make_sheet(make_row()), size)[0])

    assert (root.get("width"), root.get("height") if height else None) == (width, height)


def test_long_picture_is_one_page() -> None:
    assert len(draw_pages(large_sheet(), PaperSize.LONG)) == 1


def test_long_title_breaks_and_its_row_grows() -> None:
    root = parse(draw_pages(make_sheet(make_row(1), make_row(2, title=LONG), make_row(3)), PaperSize.A4)[0])
    ends = [float(row.xpath("./*[1]/@y1")[0]) for row in find(root, "row")]

    assert len(find(root, "title")[1]) == 3
    assert ends[1] - ends[0] == pytest.approx(2 * 36 + ends[2] - ends[1])


def test_text_of_users_is_escaped() -> None:
    page = draw_pages(make_sheet(make_row(title="<script>alert(1)</script> & “甲”\x07")), PaperSize.A4)[0]

    assert read(find(parse(page), "title")[0]) == "<script>alert(1)</script> & “甲”"
    assert "<script" not in page.svg


def test_dated_plan_is_outlined_and_a_month_is_striped() -> None:
    exact, month = (find(draw(make_row(is_exact=is_exact)), "row")[0] for is_exact in (True, False))

    assert (len(find(exact, "plan exact")), len(find(exact, "plan month"))) == (1, 0)
    assert find(month, "plan month")[0].get("fill") == "url(#p1-month)"
    assert find(month, "plan month")[0].get("stroke") is None


@pytest.mark.parametrize("status", [Status.LATE, Status.POSTPONED, Status.CANCELLED])
def test_status_of_a_plan_is_told_by_a_pattern(status: Status) -> None:
    root = draw(make_row(status=status))
    bar = root.xpath(".//*[@class='row']")[0].xpath(f"./*[@class='plan {status}']")[0]
    pattern = root.xpath(".//*[@id=$id]", id=f"p1-{status}")[0]

    assert (bar.get("fill"), len(pattern)) == (f"url(#p1-{status})", 1)


def test_patterns_differ_by_shape() -> None:
    root = draw(make_row())
    shapes = {
        etree.tostring(pattern[0]).split(b" ")[0] + (pattern.get("patternTransform") or "").encode()
        for pattern in root.xpath(".//*[local-name()='pattern']")
    }

    assert len(shapes) == 4


@pytest.mark.parametrize(
    ("values", "class_", "fill"),
    [({}, "diamond plan", "#FFFFFF"), ({"status": Status.DONE, "done": ((day(5, 8), day(5, 8)),)}, "diamond actual", "#0B7A6A")],
)
def test_one_day_is_a_diamond_open_when_planned_filled_when_done(values: dict[str, Any], class_: str, fill: str) -> None:
    row = find(draw(make_row(plan=(day(5, 8), day(5, 8)), **values)), "row")[0]

    assert find(row, class_)[0].get("fill") == fill


def test_late_one_leads_on_to_today() -> None:
    row = find(draw(make_row(status=Status.LATE, late_until=day(11, 21))), "row")[0]

    assert len(find(row, "tail late")) == 1


def test_duty_has_one_mark_a_turn() -> None:
    done = [Turn(day(month, 20), OccurrenceStatus.DONE) for month in range(1, 9)]
    turns = (*done, Turn(day(9, 30), OccurrenceStatus.MISSED))
    row = find(draw(make_row(is_duty=True, plan=(day(1, 1), day(12, 31)), turns=turns)), "row")[0]

    assert (len(find(row, "turn done")), len(find(row, "turn missed")), len(find(row, "lane"))) == (8, 1, 1)


def test_cancelled_title_is_struck_through() -> None:
    assert find(draw(make_row(status=Status.CANCELLED)), "title")[0].get("text-decoration") == "line-through"


def test_what_goes_on_beyond_the_paper_is_marked() -> None:
    row = find(draw(make_row(plan=(day(3, 1), day(8, 30))), within=(day(4, 1), day(6, 30))), "row")[0]

    assert len(find(row, "runs-on")) == 2


def test_today_is_one_line_only_when_the_paper_holds_it() -> None:
    held, not_held = draw(make_row()), draw(make_row(), within=(day(4, 1), day(6, 30)))

    assert (len(find(held, "today")) > 0, len(find(not_held, "today"))) == (True, 0)


def test_festivals_that_would_touch_stand_one_below_the_other() -> None:
    festivals = ((date(2026, 5, 1), "五一"), (date(2026, 5, 4), "五四"), (date(2026, 9, 10), "教师节"))
    names = {read(name): name.get("y") for name in find(draw(make_row(), festivals=festivals), "festival")}

    assert list(names) == ["五一", "五四", "教师节"]
    assert (names["五一"] < names["五四"], names["五一"] == names["教师节"]) == (True, True)


def test_short_time_names_its_mondays() -> None:
    assert texts(make_sheet(make_row(), within=(day(5, 1), day(5, 31))), "week") == [["4", "11", "18", "25"]]


def test_empty_sheet_says_that_nothing_fits() -> None:
    assert texts(make_sheet(parts=[]), "nothing") == [["nothing"]]


def test_demo_sized_year_is_one_page_of_a3() -> None:
    parts = [SheetPart(f"第{at}部分", 3, 6, tuple(make_row(at * 6 + number) for number in range(6))) for at in range(8)]

    assert len(draw_pages(make_sheet(parts=parts), PaperSize.A3)) == 1
