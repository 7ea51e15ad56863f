"""How files call the fund items: official names, those of 2017, headings of groups, a union's own names, and what people write."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from unionboard.reference import FundItem, fund_groups, fund_items


class Said(StrEnum):
    """By what an item was known."""

    NAME = "name"  # the official or the union's own name
    MAPPED = "mapped"  # people said so
    WORD = "word"  # another word for it
    OLD_NAME = "old_name"  # of the 2017 measures
    GROUP = "group"  # a heading: its general item
    HINT = "hint"  # a word in what the money is for
    NOTHING = "nothing"  # the general item of the side, since nothing says more


@dataclass(frozen=True, slots=True)
class ItemMatch:
    """An item, and the word that said so."""

    code: str
    said: Said
    word: str


GENERAL = {"in": "other_income", "out": "other_spending"}
_STRENGTH = (Said.MAPPED, Said.NAME, Said.OLD_NAME, Said.WORD, Said.GROUP)
REST = ("其他", "其他费用")
"""Words that only say: none of the others."""
_NUMBER = re.compile(
    r"\d{1,2}(?:\.\d{1,2})+[、.:]?|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|(?:[一二三四五六七八九十]{1,3}|\d{1,6})[、.:)]|\d{3,8}"
)
_LEAD = re.compile(r"(?:其中|加|减|[①-⑳]|[-—－•·*]+)[:：]?")
_NOTE = re.compile(r"[（(].*?[)）]")
_PATH = re.compile(r"\s*(?:[-—–/\\>_|:：→·]|＞)+\s*")
_TAIL = re.compile(r"(?:支出|收入|费用|经费|费|款)$")
_SPENT = re.compile(r"(?:支出|费用|经费|费)$")


def fold_word(text: str) -> str:
    """A word as it is looked up: no blanks, numbering or punctuation around it."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("其它", "其他")
    while match := (_NUMBER.match(plain) or _LEAD.match(plain)):
        plain = plain[match.end() :]
    return plain.strip("。.,，、；;:：*").casefold()


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("unionboard.reference").joinpath("item_words.toml").read_text(encoding="utf-8"))


@cache
def general_items() -> dict[str, str]:
    """The general item of each group of spending."""
    return {row["group"]: row["code"] for row in _table()["general"]}


class ItemWords:
    """Finds items by words, among ``items`` (official or a union's own) and what was ``said`` of words before (word -> code)."""

    def __init__(self, items: Mapping[str, FundItem], said: Mapping[str, str] | None = None) -> None:
        self.items = items
        self._codes: dict[str, dict[Said, list[str]]] = {}
        for word, code in (said or {}).items():
            self._add(word, Said.MAPPED, code)
        for item in items.values():
            self._add(item.zh, Said.NAME, item.code)
            self._add(item.en, Said.NAME, item.code)
            self._add(item.code, Said.NAME, item.code)
            self._add(re.sub(r"^[\d.]+\s*", "", item.legacy), Said.OLD_NAME, item.code)
        for item in fund_items().values():  # official names of items the union calls otherwise
            self._add(item.zh, Said.WORD, item.code)
        for row in _table()["item"]:
            for word in row["words"]:
                self._add(word, Said.WORD, row["code"])
        for group in fund_groups().values():
            for name in (group.zh, group.en):
                self._add(name, Said.GROUP, general_items()[group.code])
        self._hints = sorted(
            ((hint, row["code"]) for row in _table()["item"] for hint in row["hints"] if row["code"] in items),
            key=lambda pair: -len(pair[0]),
        )

    def side_of(self, code: str) -> str:
        """ "in" or "out"."""
        return self.items[code].direction

    def find(self, words: Sequence[str], side: str | None = None) -> ItemMatch | None:
        """The item of a cell's words, the finest last; with ``side`` only items of that side. None when nothing is known."""
        rest: ItemMatch | None = None
        for word in reversed([word for word in words if word.strip()]):
            for part in _parts(word):
                match = self._find_one(part, side) or (self._find_one(part[2:], side) if part.startswith("其他") else None)
                if match:
                    if part not in REST:
                        return ItemMatch(match[0], match[1], word)
                    rest = rest or ItemMatch(match[0], match[1], word)  # 其他 says little where a coarser word stands beside it
        return rest

    def guess(self, texts: Iterable[str], side: str | None = None) -> ItemMatch | None:
        """The item that what the money is for speaks of, by the longest hint in it."""
        for text in texts:
            plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
            for hint, code in self._hints:
                if hint in plain and side in (None, self.side_of(code)):
                    return ItemMatch(code, Said.HINT, hint)
        return None

    def group_of(self, word: str) -> str | None:
        """The code of the group whose heading ``word`` is."""
        folded = fold_word(_NOTE.sub("", word))
        for group in fund_groups().values():
            name = fold_word(group.zh)
            if folded in {name, fold_word(group.en)} or _SPENT.sub("", folded) == _SPENT.sub("", name) != "其他":
                return group.code
        return None

    def _add(self, word: str, said: Said, code: str) -> None:
        if not word or code not in self.items:
            return
        for key in {fold_word(word), _bare(fold_word(word))}:
            codes = self._codes.setdefault(key, {}).setdefault(said, [])
            if code not in codes:
                codes.append(code)

    def _find_one(self, word: str, side: str | None) -> tuple[str, Said] | None:
        known = [self._codes.get(key, {}) for key in (word, _bare(word))]
        if side is None and len({self.side_of(code) for told in known for codes in told.values() for code in codes}) > 1:
            exact = [item.code for item in self.items.values() if fold_word(item.zh) == word]  # 其他 may be of either side
            return (exact[0], Said.NAME) if exact else None
        for said in _STRENGTH:
            for told in known:
                for code in told.get(said, ()):
                    if side in (None, self.side_of(code)):
                        return code, said
        return None


def _parts(word: str) -> list[str]:
    """A path's finest part first: 职工活动支出-文体活动 -> 文体活动, 职工活动支出; then the word without what stands in brackets."""
    found = []
    for text in (word, _NOTE.sub("", word)):
        parts = [part for part in _PATH.split(text) if part.strip()]
        for part in (text, *reversed(parts)):
            folded = fold_word(part)
            if folded and folded not in found:
                found.append(folded)
    return found


def _bare(word: str) -> str:
    """Without what only says that it is money: 文体活动支出 -> 文体活动; one letter alone says nothing."""
    bare = _TAIL.sub("", word)
    return bare if len(bare) > 1 else word
