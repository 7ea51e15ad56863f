"""What the words of a measure or an activity say beside what is done: who leads, figures to reach, festivals, money, for whom.

One pass over a whole reading, after its texts and tables were put together; what a column or a bracket already said goes before it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter

from unionboard.numerals import DIGITS
from unionboard.reading.areas import DEFAULT_SHARE, propose_area
from unionboard.reading.draft import (
    ActivityDraft,
    DocumentKind,
    DocumentPart,
    FestivalTime,
    LineUse,
    MeasureDraft,
    PlanDraft,
    Reading,
    SectionDraft,
    YearPlace,
)
from unionboard.reading.festivals import find_festivals
from unionboard.reading.lines import fold
from unionboard.reading.owners import find_owner
from unionboard.reading.targets import find_targets

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=\s*(?:年|学年|[-./]))|二[〇零○]([〇零○一二三四五六七八九]{2})(?=年)")
_YEAR_IN_TITLE = re.compile(r"(?<!\d)(20\d\d)(?!\d)|二[〇零○]([〇零○一二三四五六七八九]{2})(?=年)")
_BUDGET = re.compile(
    r"(?:预算|经费|费用|资金|支出)(?:预算|预计|计划|安排|控制在|标准|总额|支出)*(?:约|为|共|共计|:|\s)*(?P<yuan>\d[\d,]{0,11}(?:\.\d{1,2})?)\s*(?P<wan>万)?元(?!/|每|一?人)"
)
_AUDIENCE = re.compile(
    r"(?:参[加与]|活动|面向|服务)?(?:对象|人员)\s*[:为]\s*(?P<named>[^,。;()\s]{2,20})"
    r"|(?P<all>全[体校院](?:女|青年|新|老|男|退休|在职|一线)?(?:教职工|教师|教工|职工|会员|党员|医护人员|护士|员工|女教职工|女职工))"
)
_line_of = attrgetter("line")
_PARTS = {LineUse.TITLE: DocumentPart.TITLE, LineUse.SIGNATURE: DocumentPart.SIGNATURE}


def detail_reading(reading: Reading) -> Reading:
    """The reading with its plans' measures and activities completed from their own words, and the years each plan names."""
    lines = {source.number: source.text for source in reading.lines}
    spans = {document.n: (document.first_line, document.last_line) for document in reading.documents}
    return replace(reading, plans=tuple(_detail_plan(plan, lines, spans[plan.n]) for plan in reading.plans))


def _detail_plan(plan: PlanDraft, lines: Mapping[int, str], span: tuple[int, int]) -> PlanDraft:
    if plan.kind is not DocumentKind.PLAN:
        return plan
    return replace(
        plan,
        sections=tuple(_detail_section(section) for section in plan.sections),
        schedule=tuple(replace(entry, items=tuple(map(_detail_activity, entry.items))) for entry in plan.schedule),
        year_places=_find_years(plan, lines, span),
    )


def _detail_section(section: SectionDraft) -> SectionDraft:
    return replace(section, measures=tuple(_detail_measure(measure, section.area) for measure in section.measures))


def _detail_measure(measure: MeasureDraft, section_area: str | None) -> MeasureDraft:
    owner, relation = find_owner(measure.text)
    return replace(
        measure,
        area_share=_share(measure.text, measure.area, section_area),
        owner=measure.owner or owner,
        relation=relation,
        targets=find_targets(measure.text),
        festivals=find_festivals(measure.text),
        audience=measure.audience or find_audience(measure.text),
        budget_fen=find_budget(measure.text) if measure.budget_fen is None else measure.budget_fen,
    )


def _detail_activity(item: ActivityDraft) -> ActivityDraft:
    owner, relation = find_owner(item.title)
    return replace(
        item,
        area_share=_share(item.title, item.area, None),
        owner=item.owner or owner,
        relation=relation,
        targets=find_targets(item.title),
        festival=item.festival or _only(find_festivals(item.title)),
        audience=item.audience or find_audience(item.title),
        budget_fen=find_budget(item.title) if item.budget_fen is None else item.budget_fen,
    )


def _only(found: tuple[FestivalTime, ...]) -> FestivalTime | None:
    """One festival says when; 庆中秋、迎国庆 under its month says no day."""
    return found[0] if len(found) == 1 else None


def _share(text: str, area: str | None, section_area: str | None) -> float:
    """How sure ``area`` is; what neither the words nor the section proposed came from a column of categories."""
    proposal = propose_area(text, default=section_area)
    if area is None:
        return 0.0
    return proposal.share if proposal.primary == area else DEFAULT_SHARE


def find_budget(text: str) -> int | None:
    """The money in fen that ``text`` plans to spend (经费2000元, 预算0.5万元), None when it names none or an amount per person."""
    found = _BUDGET.search(fold(text))
    if found is None:
        return None
    yuan, _, cents = found["yuan"].replace(",", "").partition(".")
    return (int(yuan) * 100 + int(cents.ljust(2, "0"))) * (10_000 if found["wan"] else 1)


def find_audience(text: str) -> str:
    """For whom something is held: 参加对象：…, 全体女教职工; "" when the words do not say."""
    found = _AUDIENCE.search(fold(text))
    if found is None:
        return ""
    group = "named" if found["named"] else "all"
    return text[found.start(group) : found.end(group)]


def _find_years(plan: PlanDraft, lines: Mapping[int, str], span: tuple[int, int]) -> tuple[YearPlace, ...]:
    """``span``: first and last line of the document; its fates name every line of the file, in order."""
    places: dict[tuple[int, DocumentPart], YearPlace] = {}
    first, end = bisect_left(plan.fates, span[0], key=_line_of), bisect_right(plan.fates, span[1], key=_line_of)
    for fate in plan.fates[first:end]:
        if fate.use in (LineUse.IGNORED, LineUse.ELSEWHERE):
            continue
        part = _PARTS.get(fate.use, DocumentPart.BODY)
        pattern = _YEAR_IN_TITLE if part is DocumentPart.TITLE else _YEAR
        for found in pattern.finditer(fold(lines.get(fate.line, ""))):
            year = int(found[1]) if found[1] else 2000 + int("".join(str(DIGITS.get(digit, 0)) for digit in found[2]))
            places.setdefault((year, part), YearPlace(year, part, fate.line))
    return tuple(places.values())
