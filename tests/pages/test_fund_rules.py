"""The rules of the fund on the page: what speaks from the start, samples taken, a rule typed, changed and switched off, what was said."""

from collections.abc import Callable
from datetime import date
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.makers import NOW
from unionboard import db
from unionboard.models import CeilingRule, CeilingShape, Direction
from unionboard.reference.ceilings import sample_rules
from unionboard.services import booking, ceiling_rules
from unionboard.services.ceilings import SpendingFacts

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "会计", "now_utc": NOW}
OpenPage = Callable[..., AppTest]


def texts(at: AppTest) -> str:
    """Everything the page says in Markdown and text, without zero-width joiners."""
    return "\n".join(element.value for element in (*at.markdown, *at.text)).replace("\u2060", "")


def stored() -> list[CeilingRule]:
    """The rules as they stand in the database."""
    with db.reading() as session:
        return ceiling_rules.list_rules(session)


def press(at: AppTest, key: str) -> AppTest:
    """Press a button by its key."""
    at.button(key=key).click().run()
    assert not at.exception, at.exception
    return at


def test_words_warn_before_anybody_did_anything(open_page: OpenPage) -> None:
    at = open_page("fund", view="rules")

    assert "还没有本工会自己的限额" in texts(at)
    assert at.button(key="title_rule_words_cards").label == "不买卡券"


def test_samples_are_taken_and_stay_marked(open_page: OpenPage) -> None:
    at = press(open_page("fund", view="rules"), "begin_samples")
    at.checkbox(key="drawer_take_wedding").check().run()

    press(at, "go_drawer_save")

    assert [(rule.sample, rule.is_sample) for rule in stored()] == [("wedding", True)]
    assert ":yellow-badge[样例]" in texts(at)


def test_all_samples_are_taken_by_one_switch(open_page: OpenPage) -> None:
    at = press(open_page("fund", view="rules"), "begin_samples")
    at.toggle(key="drawer_all").set_value(True).run()

    press(at, "go_drawer_save")

    assert {rule.sample for rule in stored()} == {code for code, sample in sample_rules().items() if not sample.from_start}


def test_a_rule_is_typed(open_page: OpenPage) -> None:
    at = press(open_page("fund", view="rules"), "add_rule")
    at.text_input(key="drawer_name").set_value("结婚慰问").run()
    at.text_input(key="drawer_amount").set_value("1,000").run()
    at.multiselect(key="drawer_kinds").set_value(["wedding"]).run()
    at.text_input(key="drawer_source").set_value("会员大会2026年3月20日决议第五条").run()
    at.date_input(key="drawer_valid_from").set_value(date(2026, 4, 1)).run()

    press(at, "go_drawer_save")

    [rule] = stored()
    assert (rule.name, rule.shape, rule.amount_fen, rule.kinds, rule.valid_from) == (
        "结婚慰问",
        CeilingShape.PERSON_OCCASION,
        1_000_00,
        ["wedding"],
        date(2026, 4, 1),
    )
    assert "会员大会2026年3月20日决议第五条" in texts(at).replace("\\", "")


def test_a_rule_without_a_limit_is_refused_and_what_was_typed_stays(open_page: OpenPage) -> None:
    at = press(open_page("fund", view="rules"), "add_rule")
    at.text_input(key="drawer_name").set_value("结婚慰问").run()

    press(at, "go_drawer_save")

    assert (at.error[0].value, at.text_input(key="drawer_name").value, stored()) == ("请填写限额。", "结婚慰问", [])


def test_a_rule_that_speaks_from_the_start_is_switched_off(open_page: OpenPage) -> None:
    at = press(open_page("fund", view="rules"), "title_rule_words_cards")
    at.toggle(key="drawer_is_active").set_value(False).run()

    press(at, "go_drawer_save")

    assert [(rule.sample, rule.is_active, rule.shape) for rule in stored()] == [("words_cards", False, CeilingShape.WORDS)]


def test_what_was_said_stands_below_with_its_reason(open_page: OpenPage) -> None:
    book_over()

    at = open_page("fund", view="rules")

    assert "超出 1 次，接近 0 次" in texts(at)
    assert "理由：会议决定" in texts(at)


def test_the_rules_are_in_english_too(open_page: OpenPage) -> None:
    at = open_page("fund", view="rules", lang="en")

    assert at.button(key="title_rule_words_cards").label == "No cards or vouchers"


def book_over() -> None:
    """An entry with a word that is not allowed, and its reason."""
    facts = SpendingFacts(booked_on=date(2026, 9, 18), amount_fen=300_00, item="publicity", text="代金券")
    with db.writing() as session:
        booking.book_at_once(session, facts, direction=Direction.OUT, purpose="代金券", over_reason="会议决定", today=TODAY, **STAMP)
