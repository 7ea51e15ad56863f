"""Facts with defaults: a year at its end, an activity that was held."""

from datetime import date
from typing import Any

from unionboard.drafting.compose import compose_blocks
from unionboard.drafting.phrases import Block
from unionboard.drafting.records import ActivityRecord, Deed, YearRecords


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
    return Deed(**{"id": 11, "done_on": date(2026, 5, 8), "evidence_count": 1, **values})


def make_done(title: str = "教职工趣味运动会", *, deed: Deed | None = None, **values: Any) -> ActivityRecord:
    """An activity that was held."""
    return ActivityRecord(**{"id": 1, "title": title, "area": "CULT", "status": "done", "deeds": (deed or make_deed(),), **values})


def texts_of(facts: YearRecords, key: str, language: str = "zh_CN") -> list[str]:
    """The sentences of one block."""
    return [sentence.text for sentence in block_of(facts, key, language).sentences]


def block_of(facts: YearRecords, key: str, language: str = "zh_CN") -> Block:
    """One block; fails when the draft has none of this key."""
    return next(block for block in compose_blocks(facts, language=language) if block.key == key)


def keys_of(facts: YearRecords) -> list[str]:
    """Keys of all blocks in their order."""
    return [block.key for block in compose_blocks(facts, language="zh_CN")]
