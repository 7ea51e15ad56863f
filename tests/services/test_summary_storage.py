"""Sentences come out of the database as they went in, and lie there small."""

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from tests.services.summary_makers import make_year, write
from unionboard.drafting.figures import Figure, Rule, Source, Unit, count, rate
from unionboard.drafting.phrases import Quote, Sentence
from unionboard.services.summary_storage import pack_sentences, unpack_sentences

VALUES = st.one_of(
    st.integers(0, 10**9), st.decimals(0, 200, places=1), st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.text(max_size=4)
)
SOURCES = st.lists(st.builds(Source, st.sampled_from(["check_off", "fund_entry", "plan"]), st.integers(1, 40)), max_size=12).map(tuple)
LEAVES = st.builds(Figure, VALUES, st.sampled_from(Unit), st.sampled_from(Rule), st.text(max_size=5), SOURCES)
FIGURES = st.recursive(
    LEAVES,
    lambda parts: st.builds(Figure, VALUES, st.sampled_from(Unit), st.just(Rule.TOTAL), parts=st.lists(parts, max_size=3).map(tuple)),
    max_leaves=4,
)
QUOTES = st.lists(st.builds(Quote, st.integers(0, 9), st.integers(0, 9), FIGURES), max_size=3).map(tuple)
SENTENCES = st.builds(
    Sentence, st.text(max_size=8), SOURCES, st.booleans(), st.sampled_from(["", "deed:1"]), st.sampled_from(["", "1."]), QUOTES
)


@given(st.lists(SENTENCES, max_size=3))
@settings(max_examples=80)
def test_any_sentence_comes_back_as_it_was(sentences: list[Sentence]) -> None:
    stored = json.loads(json.dumps(pack_sentences(sentences)))

    assert unpack_sentences(stored) == tuple(sentences)


def test_runs_of_records_are_stored_as_runs_and_what_is_empty_is_not() -> None:
    sources = [Source("fund_entry", id_) for id_ in (*range(1, 2001), 7)]
    entries = count(Unit.ITEM, sources)

    stored = pack_sentences([Sentence("支出2001笔。", tuple(sources), quotes=(Quote(2, 6, rate(entries, entries)),))])

    figure = {"value": 2001, "unit": "item", "rule": "count", "sources": [["fund_entry", "1-2000 7"]]}
    assert stored == [
        {
            "text": "支出2001笔。",
            "sources": [["fund_entry", "1-2000 7"]],
            "quotes": [[2, 6, {"value": {"share": "100.0"}, "unit": "percent", "rule": "rate", "parts": [figure, figure]}]],
        }
    ]


def test_rows_of_earlier_versions_are_read() -> None:
    stored = [{"text": "完成2项。", "sources": [{"noun": "activity", "id": 3}, {"noun": "check_off", "id": 5}], "opens": True}]

    assert unpack_sentences(stored) == (Sentence("完成2项。", (Source("activity", 3), Source("check_off", 5)), opens=True),)
    assert unpack_sentences(None) == ()


def test_stored_summary_has_the_sentences_the_records_gave(session: Session) -> None:
    view = write(session, make_year(session))

    quotes = [quote for block in view.blocks for sentence in block.sentences for quote in sentence.quotes]

    assert [quote for quote in quotes if not quote.figure.records] == []
    assert {"60", "58"} <= {str(quote.figure.value) for quote in quotes}
