"""What a comparison found, in the reader's words: fields with before and after, and what is on record of a line."""

from collections.abc import Sequence

from unionboard.models import DutyKind
from unionboard.money import yuan_text
from unionboard.reading.plan_time import read_time
from unionboard.services.activities import ActivityView
from unionboard.services.comparison import Difference, FieldChange, Noun, RowDifference
from unionboard.services.plan_rows import PlanRow
from unionboard.services.plan_times import time_of_activity, time_of_row
from unionboard.ui.plan_time import write_time
from unionboard.ui.text import escape, listed, mark_difference, t, tn
from unionboard.ui.values import DUTY_WORDS, say_value

FIELDS = {
    "title": "Name",
    "when": "Time",
    "section": "Section",
    "owner": "Owner",
    "audience": "Audience",
    "area": "Area",
    "duty": "Kind",
    "people": "People",
    "budget": "Planned money",
    "note": "Note",
    "relation": "Organiser",
    "targets": "Targets",
}
_LONG_TEXTS = frozenset({"title", "note", "section", "audience", "targets"})  # words that differ are marked inside


def tell_change(change: FieldChange) -> str:
    """One line of Markdown: the field, what it was, what it becomes."""
    before, after = (_word(change.name, value) for value in (change.before, change.after))
    if change.name in _LONG_TEXTS and before and after:
        before, after = mark_difference(before, after)
    else:
        before, after = (f"**{escape(value)}**" if value else "" for value in (before, after))
    nothing = f":gray[{t('empty')}]"
    line = f":gray[{t(FIELDS[change.name])}]　{before or nothing} :gray[→] {after or nothing}"
    return f"{line}　:orange[:material/edit: {t('corrected here by hand')}]" if change.corrected else line


def _word(name: str, value: str) -> str:
    """A code as people say it; anything else as it stands."""
    if name == "when":
        time = read_time(value)
        return value if time is None or not value else write_time(time)
    if name == "budget" and value:
        return t("{amount} yuan", amount=value)
    return say_value(name, value) if value else ""


def tell_facts(difference: RowDifference, view: ActivityView | None, sections: Sequence[str] = ()) -> str:
    """Plain text: when it is, and what else is known of a line that is new, gone or the same. ``sections``: headings of the document."""
    row = difference.row
    if row is None:
        return (
            ""
            if view is None
            else " · ".join(filter(None, [write_time(time_of_activity(view), view.duty), view.section_heading, view.owner]))
        )
    if difference.noun is not Noun.ACTIVITY:
        return ""
    heading = sections[row.section] if row.section is not None and row.section < len(sections) else ""
    return " · ".join(filter(None, [_tell_time(row), heading, row.owner, _tell_people(row), _tell_budget(row)]))


def _tell_time(row: PlanRow) -> str:
    return write_time(time_of_row(row), row.duty) if row.duty is DutyKind.ONE_OFF or row.frequency else t(DUTY_WORDS[row.duty.value])


def _tell_people(row: PlanRow) -> str:
    return "" if row.planned_people is None else tn("{n} person", "{n} people", row.planned_people)


def _tell_budget(row: PlanRow) -> str:
    return "" if row.planned_budget_fen is None else t("{amount} yuan", amount=yuan_text(row.planned_budget_fen))


def tell_records(difference: RowDifference, view: ActivityView | None) -> str:
    """Plain text: check-offs and spending on the line, which stay whatever is ticked; empty without any."""
    if view is None or not difference.records:
        return ""
    told = []
    if view.records:
        told.append(tn("done {n} time", "done {n} times", len(view.records)))
    if view.spent_fen:
        told.append(t("{amount} yuan spent", amount=yuan_text(view.spent_fen)))
    return listed(told) or tn("{n} record", "{n} records", difference.records)


def count_words(new: int, changed: int, gone: int) -> str:
    """新增 2，修改 3，移出 1; what there is none of is not named."""
    counts = ((new, "new {n}"), (changed, "changed {n}"), (gone, "taken out {n}"))
    return listed(t(msgid, n=count) for count, msgid in counts if count)


def is_ticked_first(difference: RowDifference) -> bool:
    """New and changed lines are ticked to begin with; nothing leaves the plan unless somebody says so."""
    return difference.is_proposed and difference.kind is not Difference.GONE
