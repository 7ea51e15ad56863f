"""Passages and what the checker knows, with defaults: a test names only what it is about."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from unionboard.drafting.alignment import align
from unionboard.drafting.lints import Background, Code, Passage, Remark, find_remarks
from unionboard.drafting.phrases import Block, Place, Sentence, say
from unionboard.drafting.typed_figures import open_books

SIGNED = (say("union", "青松小学工会"), say("day", "2026年12月20日", opens=True))


def make_passage(text: str | None = None, *generated: Sentence | str, key: str = "section:6", kind: Place = Place.SECTION) -> Passage:
    """A block: what was generated, and what stands there now (None: the same)."""
    sentences = tuple(one if isinstance(one, Sentence) else say(f"k{n}", one) for n, one in enumerate(generated))
    block = Block(key, kind, "丰富文体生活" if kind is Place.SECTION else "", sentences)
    words = "".join(one.printed for one in sentences) if text is None else text
    return Passage(block, block.heading, align(words, sentences))


def make_background(passages: Sequence[Passage], **known: Any) -> Background:
    """A calendar year that is over, in Chinese, of a form without sections, problems and ideas."""
    language = known.get("language", "zh_CN")
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "as_of": date(2026, 12, 20)} | known
    books = open_books([passage.block for passage in passages], language=language, days=[days["as_of"]], of_block={}, of_year=())
    return Background(**{"language": language, "books": books, "is_whole": False, "union_name": "青松小学工会", **days})


def check(*passages: Passage, title: str = "青松小学工会2026年工作总结", **known: Any) -> list[Remark]:
    """All remarks on a signed text."""
    signed = [*passages, make_passage(None, *SIGNED, key="signature", kind=Place.SIGNATURE)]
    return find_remarks(title, signed, make_background(signed, **known))


def codes(*passages: Passage, **known: Any) -> list[Code]:
    """The kinds of remark on a signed text."""
    return [remark.code for remark in check(*passages, **known)]


def own(text: str, **values: Any) -> Passage:
    """A block of people's own words."""
    return make_passage(text, **values)
