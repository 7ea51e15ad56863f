"""The summary of the configured year 2026, in a process of its own: ``python -m tests.bench.summary`` prints as JSON the median
milliseconds of writing its draft, of merging it into edited text, and of its Word file."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import docx
from sqlmodel import select

from tests.bench.rows import in_turns, median_of, timed_ms
from tests.bench.year import TODAY
from tests.makers import NOW
from unionboard import db
from unionboard.drafting.document import join_sentences
from unionboard.drafting.merge import merge
from unionboard.drafting.phrases import Block
from unionboard.models import Activity, CheckOff, FundEntry
from unionboard.services.summary import DraftId, build_document
from unionboard.services.summary_drafts import compose_now, write_draft
from unionboard.writing.summary_export import export

ROUNDS = 9
EARLIER = TODAY - timedelta(days=60)


def compose() -> tuple[Block, ...]:
    """From the database to the sentences; nothing is stored."""
    with db.reading() as session:
        return compose_now(session, DraftId(1), as_of=TODAY)[1]


def main() -> None:
    """Draft, merge and Word file."""
    with db.reading() as session:
        old = {block.key: block.sentences for block in compose_now(session, DraftId(1), as_of=EARLIER)[1]}
    new = {block.key: block.sentences for block in compose()}
    edited = {key: join_sentences([replace(one, text=one.text.replace("，", "，还", 1)) for one in told]) for key, told in old.items()}
    with db.writing() as session:
        document = build_document(write_draft(session, DraftId(1), as_of=TODAY, who="chair", now_utc=NOW))
    text = [paragraph.text for paragraph in docx.Document(BytesIO(export(document, kind="docx"))).paragraphs]

    def merge_all() -> object:
        return [merge(told, edited[key], new.get(key, ())) for key, told in old.items()]

    draft = in_turns(timed_ms(compose), timed_ms(read_rows), rounds=ROUNDS, warm_ups=1)
    merging = median_of(timed_ms(merge_all), rounds=ROUNDS, warm_ups=1)
    word = in_turns(timed_ms(lambda: export(document, kind="docx")), timed_ms(lambda: write_plainly(text)), rounds=ROUNDS, warm_ups=1)
    print(
        json.dumps(
            {"draft": [*draft, "reading its rows"], "merge": [merging], ".docx": [*word, "the same as plain paragraphs by python-docx"]}
        )
    )


def read_rows() -> object:
    """Every activity, check-off and entry, as the database gives them: no draft can do without."""
    with db.reading() as session:
        return session.exec(select(Activity)).all(), session.exec(select(CheckOff)).all(), session.exec(select(FundEntry)).all()


def write_plainly(paragraphs: Sequence[str]) -> None:
    """The same text without headings, fonts or tables."""
    written = docx.Document()
    for text in paragraphs:
        written.add_paragraph(text)
    written.save(BytesIO())


if __name__ == "__main__":
    main()
