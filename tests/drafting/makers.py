"""Records with defaults: a year at its end, an activity that was held; and the summary written from them."""

from datetime import date
from typing import Any

from unionboard.drafting.compose import compose_blocks
from unionboard.drafting.facts import YearFacts
from unionboard.drafting.figures import Source
from unionboard.drafting.finding import find_facts
from unionboard.drafting.phrases import Block, Sentence
from unionboard.drafting.records import ActivityRecord, Deed, EntryRecord, SectionRecord, TurnRecord, YearRecords
from unionboard.drafting.wording import Form


def make_records(*activities: ActivityRecord, **values: Any) -> YearRecords:
    """2026 of 青松小学工会 as of 20 December."""
    defaults = {
        "union_name": "青松小学工会",
        "higher_union": "区教育工会",
        "centre": "办好家门口的学校",
        "year": 2026,
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "as_of": date(2026, 12, 20),
        "plan_id": 1,
    }
    return YearRecords(**{**defaults, "activities": activities, **values})


def make_deed(**values: Any) -> Deed:
    """Held on 8 May, evidence on file."""
    return Deed(**{"id": 11, "done_on": date(2026, 5, 8), "evidence_ids": (1,), **values})


def make_done(title: str = "教职工趣味运动会", *, deed: Deed | None = None, **values: Any) -> ActivityRecord:
    """An activity that was held."""
    return ActivityRecord(**{"id": 4, "title": title, "area": "CULT", "status": "done", "deeds": (deed or make_deed(),), **values})


def make_undone(status: str, **values: Any) -> ActivityRecord:
    """An activity that was not."""
    return ActivityRecord(**{"id": 1, "title": "签订集体合同", "area": "RIGHT", "status": status, **values})


def make_duty(*, turns: int = 0, missed: int = 0, **values: Any) -> ActivityRecord:
    """A committee meeting every month, with so many turns planned, the first of which were missed."""
    days = [TurnRecord(n, date(2026, n, 1), date(2026, n, 28), is_missed=n <= missed) for n in range(1, turns + 1)]
    defaults = {"id": 2, "title": "工会委员例会", "area": "ORG", "duty": "recurring", "frequency": "每月一次", "status": "standing"}
    return ActivityRecord(**{**defaults, "turns": tuple(days), **values})


def make_entry(id_: int, amount_fen: int, *, item: str = "culture_sports", direction: str = "out", **values: Any) -> EntryRecord:
    """A line of the ledger of 8 May."""
    return EntryRecord(id_, date(2026, 5, 8), direction, item, amount_fen, **values)


def make_section(id_: int = 5, heading: str = "丰富文体生活", area: str = "CULT") -> SectionRecord:
    """A heading of the plan."""
    return SectionRecord(id_, heading, area)


def compose(
    records: YearRecords, *, before: YearRecords | None = None, form: Form = Form.FULL, language: str = "zh_CN"
) -> dict[str, Block]:
    """The summary's blocks by key, in their order."""
    return {block.key: block for block in compose_blocks(facts_of(records, before=before), form=form, language=language)}


def facts_of(records: YearRecords, *, before: YearRecords | None = None) -> YearFacts:
    """The facts of a year."""
    return find_facts(records, before=before)


def texts_of(records: YearRecords, key: str, language: str = "zh_CN", **values: Any) -> list[str]:
    """The sentences of one block."""
    return [sentence.text for sentence in compose(records, language=language, **values)[key].sentences]


def sentence_of(records: YearRecords, block: str, key: str) -> Sentence:
    """One sentence by its key."""
    return next(sentence for sentence in compose(records)[block].sentences if sentence.key == key)


def check_offs(*ids: int) -> tuple[Source, ...]:
    """Check-offs as sources."""
    return tuple(Source("check_off", id_) for id_ in ids)
