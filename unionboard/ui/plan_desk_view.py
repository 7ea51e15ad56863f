"""What the reading desk shows: every line with what became of it, every row as people read it, and the counts above them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from unionboard.models import DatePrecision, DutyKind
from unionboard.reading.areas import AREA_SURE
from unionboard.reading.draft import DocumentPart, Doubt, FestivalTime, IgnoredReason, LineUse, SectionRole, Target
from unionboard.reference import work_areas
from unionboard.reference.festivals import festivals
from unionboard.services.periods import Placement, find_festival_span, month_index
from unionboard.services.plan_rows import OTHER, PlanRow, find_areas, placement_of
from unionboard.services.plan_times import time_of_row
from unionboard.ui.plan_desk import Desk, DeskRow, doubtful_rows, kept_rows, section_names
from unionboard.ui.plan_steps import propose_parts
from unionboard.ui.plan_time import write_time
from unionboard.ui.text import month_name, named, short_date, t, tn, when
from unionboard.ui.values import DUTY_WORDS, RELATION_WORDS

REASONS = {
    IgnoredReason.PAGE_CHROME: "Page decoration",
    IgnoredReason.ADVERTISEMENT: "Advertisement",
    IgnoredReason.NOT_A_PLAN: "Not part of a plan",
    IgnoredReason.DUPLICATE: "Said before",
    IgnoredReason.ALREADY_DONE: "Tells of work already done",
    IgnoredReason.TABLE_HEADER: "Head of a table",
    IgnoredReason.TOTALS_ROW: "Row of totals",
    IgnoredReason.EMPTY_MONTH: "Month without an activity",
    IgnoredReason.FORM_TEXT: "Wording of the form",
    IgnoredReason.BEYOND_LIMIT: "Beyond what is read of one document",
    IgnoredReason.UNREADABLE: "Not understood",
}
LINES_SHOWN = 3000
"""More than any plan has; a browser draws so many without a wait."""
_USES = {
    LineUse.TITLE: ("Title", "title"),
    LineUse.GUIDING: ("Guiding thought", "guiding"),
    LineUse.SECTION: ("Section", "section"),
    LineUse.INTRO: ("Introduction", "guiding"),
    LineUse.MEASURE: ("Measure", "measure"),
    LineUse.STANDING: ("Measure", "measure"),
    LineUse.MONTH_HEAD: ("Month", "month"),
    LineUse.SIGNATURE: ("Signature", ""),
    LineUse.CLOSING: ("Closing words", ""),
}
_STRONG = {LineUse.TITLE, LineUse.SECTION, LineUse.MONTH_HEAD}
_YEAR_WORDS = {
    DocumentPart.TITLE: "title {years}",
    DocumentPart.BODY: "text {years}",
    DocumentPart.SIGNATURE: "signature {years}",
}
_DOUBTS = {
    Doubt.NO_TIME: "No time is given.",
    Doubt.EVERY_TWO_YEARS: "Every two years: was it held last year?",
    Doubt.HOLE: "A figure or a name is missing.",
    Doubt.LONG: "A whole paragraph as one activity: split it?",
}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A source line: ``mark`` is a sign and a word (✓ 3 项活动), ``tone`` its colour; ``takes`` how it can be taken in."""

    id: int
    text: str
    mark: str
    tone: str
    strong: bool = False
    takes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row in words. ``days``: the planned days where ``when`` does not say them; ``months`` and ``order``: its group by month."""

    id: str
    line: int
    kept: bool
    title: str
    when: str
    days: str
    wrong: bool
    duty: str
    section: str
    area: str
    unsure: bool
    owner: str
    relation: str
    people: str
    budget: str
    audience: str
    note: str
    targets: tuple[str, ...]
    doubts: tuple[str, ...]
    parts: tuple[str, ...]
    months: str
    order: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A count above the panes; pressing it shows only those (``key``), in the colour ``tone``."""

    key: str
    sign: str
    words: str
    tone: str


# --- rows --------------------------------------------------------------------------------------------------------------------


def show_row(desk: Desk, shown: DeskRow, areas: Mapping[int, str]) -> ShownRow:
    """The row in the session's language, with the days and the area it will be stored with; ``areas`` are the sections' own."""
    row = shown.row
    span = placement_of(row, desk.span)
    area = row.area or (OTHER if row.section is None else areas.get(row.section, OTHER))
    days = when(span.starts_on, span.ends_on, span.precision) if span.precision is not DatePrecision.PERIOD else ""
    is_exact = row.day_from is not None and span.precision is DatePrecision.DAY
    written = shown.typed or (days if is_exact else write_time(time_of_row(row), row.duty))
    order, group = _month_of(row, span)
    parts = propose_parts(row.title)
    return ShownRow(
        id=shown.id,
        line=row.line,
        kept=shown.kept,
        title=row.title,
        when=written,
        days="" if days == written or shown.typed else days,
        wrong=bool(shown.typed),
        duty=row.duty.value,
        section="" if row.section is None else str(row.section),
        area=area,
        unsure=area != OTHER and (row.area is None or row.area_share < AREA_SURE),
        owner=row.owner,
        relation=row.relation.value,
        people="" if row.planned_people is None else str(row.planned_people),
        budget="" if row.planned_budget_fen is None else f"{row.planned_budget_fen / 100:.2f}".removesuffix(".00"),
        audience=row.audience,
        note=row.note,
        targets=tuple(target.phrase for target in row.targets if target.phrase and not _is_budget(target, row)),
        doubts=tuple(tell_doubts(desk, shown)),
        parts=tuple(parts) if len(parts) > 1 else (),
        months=group,
        order=order,
    )


def _is_budget(target: Target, row: PlanRow) -> bool:
    """Whether a figure is the row's budget, which has a place of its own."""
    return target.unit == "元" and not target.per and round(target.high * 100) == row.planned_budget_fen


def _month_of(row: PlanRow, span: Placement) -> tuple[int, str]:
    if row.duty is not DutyKind.ONE_OFF:
        return 10**6 + 1, t("All year and recurring")
    if span.precision is DatePrecision.PERIOD:
        return 10**6, t("No month yet")
    if span.precision is DatePrecision.HALF_YEAR:
        return month_index(span.starts_on) * 2 - 1, when(span.starts_on, span.ends_on, span.precision)
    return month_index(span.starts_on) * 2, month_name(span.starts_on.month)


def tell_doubts(desk: Desk, shown: DeskRow) -> list[str]:
    """What a person should decide about a row, in sentences; what keeps it from being adopted first."""
    if not shown.kept:
        return []
    sentences = []
    if not shown.row.title.strip():
        sentences.append(t("It has no name yet."))
    if shown.typed:
        sentences.append(t("The time “{when}” is not understood.", when=shown.typed))
    return sentences + [_tell_doubt(desk, shown.row, doubt) for doubt in desk.doubts_of(shown)]


def _tell_doubt(desk: Desk, row: PlanRow, doubt: Doubt) -> str:
    if doubt is not Doubt.FESTIVAL_ELSEWHERE or row.festival is None:
        return t(_DOUBTS[doubt])
    festival = named(festivals()[row.festival.code])
    days = find_festival_span(FestivalTime(row.festival.code), desk.span)
    if days is None:
        return t("{festival} is not in the plan's period.", festival=festival)
    return t("{festival} falls on {day} this year, not in the month given.", festival=festival, day=short_date(days[0]))


# --- lines -------------------------------------------------------------------------------------------------------------------


def show_lines(desk: Desk) -> list[ShownLine]:
    """Every line of the chosen document with what it became; the counts follow the rows."""
    texts = {source.number: source.text.strip() for source in desk.reading.lines}
    by_line: dict[int, list[DeskRow]] = {}
    for shown in desk.rows:
        by_line.setdefault(shown.row.line, []).append(shown)
    measures = {taken.line for taken in desk.sheet.measures}
    roles = {section.line: section.role for section in desk.draft.sections}
    lines = []
    for fate in desk.draft.fates:
        if fate.use is LineUse.ELSEWHERE or not texts.get(fate.line):
            continue
        rows = by_line.get(fate.line, [])
        strong = fate.use in _STRONG
        takes: tuple[str, ...] = () if any(row.kept for row in rows) or strong else ("activity",)
        if rows:
            mark, tone = _mark_of_rows(desk, rows)
        elif fate.line in measures:
            mark, tone = t("Measure"), "measure"
        elif fate.use is LineUse.IGNORED:
            mark, tone, takes = f"✕ {t(REASONS[fate.reason or IgnoredReason.UNREADABLE])}", "out", ("activity", "measure")
        elif fate.use is LineUse.SECTION and roles.get(fate.line, SectionRole.WORK) is not SectionRole.WORK:
            guides = roles[fate.line] is SectionRole.GUIDING
            mark, tone = (t("Guiding thought"), "guiding") if guides else (t("Monthly schedule"), "month")
        else:
            word, tone = _USES.get(fate.use, ("", ""))
            mark = t(word) if word else ""
        lines.append(ShownLine(fate.line, texts[fate.line], mark, tone, strong, takes))
    more = len(lines) - LINES_SHOWN
    if more > 0:
        note = tn("{n} more line is not shown.", "{n} more lines are not shown.", more)
        lines[LINES_SHOWN:] = [ShownLine(lines[LINES_SHOWN].id, note, "", "guiding")]
    return lines


def _mark_of_rows(desk: Desk, rows: list[DeskRow]) -> tuple[str, str]:
    kept = [shown for shown in rows if shown.kept]
    if not kept:
        return f"✕ {t('Not kept')}", "dropped"
    if any(tell_doubts(desk, shown) for shown in kept):
        return f"? {t('For you to decide')}", "ask"
    duties = {shown.row.duty for shown in kept} - {DutyKind.ONE_OFF}
    if duties and len(kept) == 1:
        return f"◆ {t(DUTY_WORDS[kept[0].row.duty.value])}", "standing"
    return f"✓ {tn('{n} activity', '{n} activities', len(kept))}", "standing" if duties else "made"


# --- the counts --------------------------------------------------------------------------------------------------------------


def show_chips(desk: Desk, lines: Iterable[ShownLine]) -> list[Chip]:
    """The counts, each only where there is something to count; the activities always."""
    kept = [shown for shown in desk.rows if shown.kept]
    sections = len(section_names(desk))
    duties = sum(shown.row.duty is not DutyKind.ONE_OFF for shown in kept)
    doubts = len(doubtful_rows(desk))
    tones = Counter(line.tone for line in lines)
    measures, unused = tones["measure"], tones["out"]
    dropped = len(desk.rows) - len(kept)
    chips = [Chip("rows", "✓", tn("{n} activity read", "{n} activities read", len(kept)), "made")]
    if sections:
        chips.append(Chip("sections", "", tn("{n} section", "{n} sections", sections), ""))
    if duties:
        chips.append(Chip("duties", "◆", tn("{n} standing or recurring", "{n} standing or recurring", duties), "standing"))
    if doubts:
        chips.append(Chip("doubts", "?", tn("{n} row for you to decide", "{n} rows for you to decide", doubts), "ask"))
    if measures:
        chips.append(Chip("measures", "", tn("{n} measure", "{n} measures", measures), "measure"))
    if unused:
        chips.append(Chip("unused", "✕", tn("{n} line left out", "{n} lines left out", unused), "out"))
    if dropped:
        chips.append(Chip("dropped", "✕", tn("{n} row not kept", "{n} rows not kept", dropped), "out"))
    return chips


def show_desk(desk: Desk) -> dict[str, object]:
    """All the component draws, ready for JSON."""
    lines = show_lines(desk)
    areas = work_areas()
    sections = find_areas(desk.draft, kept_rows(desk))
    return {
        "lines": [_plain(line) for line in lines],
        "rows": [_plain(show_row(desk, shown, sections)) for shown in desk.rows],
        "chips": [_plain(chip) for chip in show_chips(desk, lines)],
        "step": desk.step,
        "jump": list(desk.jump),
        "headings": {str(n): f"{s.printed_number}{s.heading}" for n, s in enumerate(desk.draft.sections)},
        "canUndo": bool(desk.past),
        "canRedo": bool(desk.future),
        "choices": {
            "duty": [[value, t(word)] for value, word in DUTY_WORDS.items()],
            "section": [["", t("Without a section")], *([str(n), name] for n, name in section_names(desk).items())],
            "area": [[code, named(area)] for code, area in areas.items()],
            "relation": [[value, t(word)] for value, word in RELATION_WORDS.items()],
        },
    }


def _plain(shown: ShownLine | ShownRow | Chip) -> dict[str, object]:
    """Its fields as they are; dataclasses.asdict would copy every one of them, which takes longer than all else here."""
    return {name: getattr(shown, name) for name in shown.__slots__}


def tell_years(desk: Desk) -> str:
    """Which year stands where, when they cannot all be right or there is none, and which one counts; "" when they agree."""
    if not desk.draft.years:
        return t("The document names no year. Is {year} right?", year=desk.year)
    if not desk.draft.years_disagree:
        return ""
    named: dict[DocumentPart, list[str]] = {}
    for place in desk.draft.year_places:
        named.setdefault(place.part, []).append(str(place.year))
    places = t(", ").join(t(_YEAR_WORDS[part], years="/".join(years)) for part, years in named.items())
    return t("The years disagree ({places}). Is {year} right?", places=places, year=desk.year)
