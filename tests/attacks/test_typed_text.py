"""What reaches a row is held to its column, whoever sent it: widgets limit only those who use a browser."""

import pytest
from sqlmodel import Session

from tests.makers import make_activity, make_plan
from unionboard.errors.texts import RecordTooLarge, TextTooLong
from unionboard.models import metadata
from unionboard.models.base import OfUnion, Row
from unionboard.models.typed_text import DEPTH_LIMIT, FREE_TEXT_LIMIT, clean_text

TEN_MB = "长" * 10_000_000
TEXTS = [
    (table, column.name)
    for table in sorted((*Row.__subclasses__(), *OfUnion.__subclasses__()), key=lambda one: one.__name__)
    if table is not OfUnion
    for column in metadata.tables[str(table.__tablename__)].columns
    if table.model_fields[column.name].annotation in (str, str | None)
]


@pytest.mark.parametrize(("table", "field"), TEXTS, ids=[f"{table.__name__}.{field}" for table, field in TEXTS])
def test_ten_megabytes_in_a_field_are_refused(table: type[Row], field: str) -> None:
    with pytest.raises(TextTooLong):
        setattr(table(), field, TEN_MB)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("插花\x00活动", "插花活动"),
        ("插花\ud800活动", "插花活动"),
        ("插花\u202e活动", "插花活动"),
        ("插花\x1b[31m活动", "插花[31m活动"),
        ("一\r\n二\r三\t四", "一\n二\n三\t四"),
        ("👩🏫 §’\u200d", "👩🏫 §’\u200d"),
    ],
    ids=["NUL", "half a character", "backwards", "escape sequence", "line ends", "what people type"],
)
def test_letters_that_nothing_can_carry_are_taken_out(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_title_is_stored_without_the_letters_no_file_can_hold(session: Session) -> None:
    activity = make_activity(session, make_plan(session), title="趣味\x00运动会", note="晴\ud800天")

    session.expire_all()
    assert (activity.title, activity.note) == ("趣味运动会", "晴天")


def test_free_text_has_an_end_too(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    activity.note = "长" * FREE_TEXT_LIMIT

    with pytest.raises(TextTooLong) as refused:
        activity.note = "长" * (FREE_TEXT_LIMIT + 1)

    assert refused.value.facts == {"limit": FREE_TEXT_LIMIT, "length": FREE_TEXT_LIMIT + 1}


def test_values_in_a_record_are_cleaned_and_keep_their_shape(session: Session) -> None:
    activity = make_activity(session, make_plan(session), targets=[{"unit\x00": "人\ud800次", "value": 3, "deep": [None, True]}])

    assert activity.targets == [{"unit": "人次", "value": 3, "deep": [None, True]}]


def test_deep_record_is_refused(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    deep: dict[str, object] = {}
    for _ in range(DEPTH_LIMIT + 1):
        deep = {"in": deep}

    with pytest.raises(RecordTooLarge):
        activity.as_read = deep


def test_endless_record_is_refused(session: Session) -> None:
    activity = make_activity(session, make_plan(session))

    with pytest.raises(RecordTooLarge):
        activity.targets = [{"unit": TEN_MB}]
