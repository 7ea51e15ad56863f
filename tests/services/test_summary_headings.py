"""A section's heading is offered as a result only where something was done under it."""

from sqlmodel import Session

from tests.makers import make_activity, make_plan, make_section
from tests.services.summary_makers import BY, block_of, hold, make_year, read, section_of, write
from unionboard.models import Activity
from unionboard.services import summary_editing
from unionboard.services.summary_headings import offer_result_heading


def test_section_with_a_deed_is_offered_its_heading_as_a_result(session: Session) -> None:
    view = write(session, make_year(session))

    assert (section_of(view).heading, offer_result_heading(view, section_of(view))) == ("丰富文体生活", "文体生活日益丰富")


def test_section_without_a_deed_is_offered_nothing_until_there_is_one(session: Session) -> None:
    plan = make_plan(session)
    activity: Activity = make_activity(session, plan, section_id=make_section(session, plan).id)
    before = write(session, plan)
    hold(session, activity, activity.starts_on or before.as_of, participants=60)
    after = write(session, plan)

    assert (offer_result_heading(before, section_of(before)), offer_result_heading(after, section_of(after))) == (None, "文体生活日益丰富")


def test_own_heading_is_offered_no_other(session: Session) -> None:
    view = write(session, make_year(session))
    summary_editing.save_heading(session, view.id, section_of(view).key, heading="文体活动有声势", version=1, **BY)

    assert offer_result_heading(view, section_of(read(session, view))) is None


def test_only_sections_of_a_chinese_summary_are_offered_one(session: Session) -> None:
    plan = make_year(session)
    chinese, english = write(session, plan), write(session, plan, language="en")

    assert (offer_result_heading(chinese, block_of(chinese, "money")), offer_result_heading(english, section_of(english))) == (None, None)
