"""The summary of the configured year 2026, in a process of its own: ``python -m tests.bench.summary`` prints as JSON the median
milliseconds of writing its draft, of merging it into edited text, and of its Word file."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from tests.bench.year import TODAY
from tests.makers import NOW
from unionboard import db
from unionboard.drafting.document import join_sentences
from unionboard.drafting.merge import merge
from unionboard.drafting.phrases import Block
from unionboard.services.summary import DraftId, build_document
from unionboard.services.summary_drafts import compose_now, write_draft
from unionboard.writing.summary_export import export

ROUNDS = 5
EARLIER = TODAY - timedelta(days=60)


def measure(work: Callable[[], object]) -> float:
    """Median milliseconds after one warm-up."""
    spent = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent[1:])


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
    rows = {
        "draft": measure(compose),
        "merge": measure(lambda: [merge(told, edited[key], new.get(key, ())) for key, told in old.items()]),
        ".docx": measure(lambda: export(document, kind="docx")),
    }
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
