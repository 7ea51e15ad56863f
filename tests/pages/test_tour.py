"""The tour: from page to page, back, ended, called again, and left waiting; it asks the database nothing."""

from collections.abc import Callable

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.makers import NOW
from tests.pages.test_queries import count_statements
from unionboard import db
from unionboard.services import unions

OpenPage = Callable[..., AppTest]


def said(at: AppTest) -> str:
    """The number of the step that is shown and its title; "" without a tour."""
    cards = [one.proto.body for one in at.get("html") if "ub-tour" in one.proto.body]
    return cards[0].split("<small>")[1].split("</b>")[0].replace("</small> <b>", " ") if cards else ""


def test_tour_begins_with_the_demo_year(open_page: OpenPage) -> None:
    at = open_page()

    at.button("welcome_demo").click().run()

    assert said(at) == "1/7 看板：全年一眼看清"


def test_tour_goes_from_page_to_page_and_back(demo: Engine, open_page: OpenPage) -> None:
    at = open_page()
    at.button("tour_again").click().run()

    at.button("tour_next").click().run()
    assert (said(at), at.title[0].value) == ("2/7 办结：办完点一下", "办结")

    at.button("tour_back").click().run()
    assert (said(at), at.title[0].value) == ("1/7 看板：全年一眼看清", "看板")


def test_ended_tour_stays_away_until_it_is_called(demo: Engine, open_page: OpenPage) -> None:
    at = open_page()
    at.button("tour_again").click().run()

    at.button("tour_end").click().run()
    assert said(at) == ""

    at.switch_page("pages/settings.py").run()
    at.button("tour_again").click().run()
    assert said(at) == "1/7 看板：全年一眼看清"


def test_whoever_walks_off_finds_the_tour_waiting(demo: Engine, open_page: OpenPage) -> None:
    at = open_page()
    at.button("tour_again").click().run()
    at.button("tour_next").click().run()

    at.switch_page("pages/plan.py").run()
    assert said(at) == "2/7 导览停在这里等您。"

    at.button("tour_on").click().run()
    assert (said(at), at.title[0].value) == ("2/7 办结：办完点一下", "办结")


def test_tour_asks_the_database_nothing(demo: Engine, open_page: OpenPage) -> None:
    at = open_page()
    with count_statements(demo) as without:
        at.run()
    at.button("tour_again").click().run()

    with count_statements(demo) as with_it:
        at.run()

    assert (said(at), len(with_it)) == ("1/7 看板：全年一眼看清", len(without))


def test_there_is_no_tour_of_an_empty_program(open_page: OpenPage) -> None:
    at = open_page("settings")

    assert "tour_again" not in {one.key for one in at.button}


def test_demo_year_is_put_away_only_where_that_can_be_done(demo: Engine, open_page: OpenPage) -> None:
    def offers_it() -> bool:
        return any(button.key == "go_own_year" for button in open_page().button)

    assert offers_it() == (demo.dialect.name == "sqlite")

    with db.within(2), db.writing() as session:
        unions.ensure_union(session, name="白鹭小学工会", who="chair", now_utc=NOW)
    assert not offers_it()
