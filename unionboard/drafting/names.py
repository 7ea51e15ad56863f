"""Names as they stand in a text: Chinese ones with blanks between the characters too, Latin ones as whole words in whatever case."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff·]+")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】")
_BETWEEN = re.compile(r"[、,;/&+]|(?<=[\u3400-\u9fff])[和与及](?=[\u3400-\u9fff]{2})")
_TITLE = re.compile("(?:老师|同志|医生|护士|师傅|主任|校长|同学|先生|女士|阿姨|大姐|夫妇|家属|一家|等人|等|本人)+$")


def read_names(told: str) -> Iterator[str]:
    """Who is meant by what people wrote for whom a visit was: 王小明老师、李 雪（三年级组） -> the whole, 王小明, 李雪. One character is
    no name."""
    whole = told.strip()
    if len(whole) > 1:
        yield whole
    for part in _BETWEEN.split(_ASIDE.sub(" ", unicodedata.normalize("NFKC", told))):
        words = part.split()
        if all(map(_HAN.fullmatch, words)):
            words = words if all(len(word) > 1 for word in words) else ["".join(words)]
        else:
            words = [" ".join(words)]
        for word in words:
            name = _TITLE.sub("", word)
            if len(name) > 1:
                yield name


def holds_name(text: str, name: str) -> bool:
    """Whether ``name`` stands in ``text``."""
    return _pattern((name,)).search(text) is not None


def hide_names(text: str, names: Iterable[str], stand_in: str) -> str:
    """``text`` with ``stand_in`` for each of ``names``, the longer before the shorter."""
    known = tuple(sorted(set(names), key=lambda name: (-len(name), name)))
    return _pattern(known).sub(lambda _found: stand_in, text) if known else text


def write_pattern(name: str) -> str:
    """A regular expression that finds ``name``. Chinese has nothing between words; a Latin name may stand between Chinese characters."""
    if _HAN.search(name):
        return r"[ \u3000]*".join(map(re.escape, "".join(name.split())))
    words = r"\s+".join(map(re.escape, name.split()))
    return rf"(?<![A-Za-z0-9_]){words}(?![A-Za-z0-9_])"


@lru_cache(maxsize=1024)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(write_pattern, names)), re.IGNORECASE)
