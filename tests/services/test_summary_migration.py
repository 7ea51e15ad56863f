"""Summaries written by the version before are read, edited on and refreshed; going back loses no word either."""

import json

from alembic import command
from sqlalchemy import Engine, text
from sqlmodel import select

from tests.conftest import TODAY
from tests.services.summary_makers import BY, block_of, edit, section_of, sentence_of
from unionboard import db
from unionboard.models import Plan
from unionboard.models.summary import SummaryForm
from unionboard.services.migrations import alembic_config
from unionboard.services.summary import DraftId, read_draft
from unionboard.services.summary_drafts import write_draft
from unionboard.services.summary_editing import save_heading, save_title


def test_summary_goes_to_the_version_before_and_comes_back_with_peoples_words(demo: Engine) -> None:
    with db.writing(demo) as session:
        draft_id = DraftId(session.exec(select(Plan.id)).one() or 0)
        before = write_draft(session, draft_id, as_of=TODAY, **BY)
        told = sentence_of(section_of(before), "师德承诺")
        mine = section_of(before).text.replace(told, told.replace("。", "，人人签名。"))
        edit(session, before, section_of(before).key, mine)

    command.downgrade(alembic_config(demo), "0004")
    with demo.connect() as connection:
        key = section_of(before).key
        row = connection.execute(text('SELECT sentences, edited_from FROM summary_block WHERE "key" = :key'), {"key": key}).one()
    command.upgrade(alembic_config(demo), "head")
    with db.writing(demo) as session:
        after = read_draft(session, draft_id)
        refreshed = write_draft(session, draft_id, as_of=TODAY, **BY)

    first = section_of(before).sentences[0]
    assert row.edited_from == section_of(before).generated
    assert json.loads(row.sentences)[0] == {
        "text": first.text,
        "opens": first.opens,
        "sources": [{"noun": source.noun, "id": source.id} for source in first.sources],
    }
    assert [block.text for block in after.blocks] == [block.text if block.key != key else mine for block in before.blocks]
    assert (section_of(refreshed).text, refreshed.conflicts) == (mine, 0)
    assert block_of(refreshed, "money").sentences == block_of(before, "money").sentences


def test_of_several_summaries_the_one_with_peoples_words_goes_to_the_version_before(demo: Engine) -> None:
    with db.writing(demo) as session:
        plan_id = session.exec(select(Plan.id)).one() or 0
        view = write_draft(session, DraftId(plan_id), as_of=TODAY, **BY)
        edit(session, view, "money", "经费见审查报告。")
        save_heading(session, view.id, "problems", heading="不足", version=block_of(view, "problems").version, **BY)
        save_title(session, view.id, title="我们的一年", version=view.version, **BY)
        write_draft(session, DraftId(plan_id, language="en"), as_of=TODAY, **BY)
        write_draft(session, DraftId(plan_id, SummaryForm.BRIEF), as_of=TODAY, **BY)

    command.downgrade(alembic_config(demo), "0004")

    with demo.connect() as connection:
        title = connection.execute(text("SELECT title FROM summary_draft")).scalars().all()
        kept = connection.execute(text("SELECT edited FROM summary_block WHERE \"key\" = 'money'")).scalars().all()
        heading = connection.execute(text("SELECT heading FROM summary_block WHERE \"key\" = 'problems'")).scalars().all()
    assert (title, kept, heading) == (["我们的一年"], ["经费见审查报告。"], ["不足"])
