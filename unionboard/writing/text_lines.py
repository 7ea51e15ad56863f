"""Text set without a browser: how wide it is, where its lines break. Nothing is ever cut: what does not fit goes on the next line."""

import re
import unicodedata
from functools import lru_cache

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OPENING, _CLOSING = "（《【〈「『“‘(\\[{", "，。、；：！？）》】〉」』”’％…·,.:;!?)\\]}%"
_UNIT = re.compile(rf"\s+|[{_OPENING}]*(?:[A-Za-zÀ-ɏ0-9][\w'’.,:/@%&+\-]*|\S)[{_CLOSING}]*", re.ASCII)
_WIDE, _CAPITAL, _NARROW, _SPACE, _OTHER = 1.0, 0.7, 0.34, 0.28, 0.57
_NARROW_LETTERS = frozenset("ijlftrI.,:;!|'()[]{}-/")
_CAPITAL_LETTERS = frozenset("mwMW%@&")


def plain(text: str) -> str:
    """One line of text that XML can hold: line breaks become spaces, control characters go."""
    return " ".join(_NOT_XML.sub("", text).split())


@lru_cache(maxsize=4096)
def width_em(text: str) -> float:
    """How wide the text is at most, in multiples of its size; fonts differ, so it is rather too wide than too narrow."""
    return sum(_letter_em(letter) for letter in text)


def _letter_em(letter: str) -> float:
    if letter == "–":
        return _OTHER
    if unicodedata.east_asian_width(letter) in "WFA":  # ambiguous ones (“”, …) are wide in Chinese fonts
        return _WIDE
    if letter == " ":
        return _SPACE
    if letter in _NARROW_LETTERS:
        return _NARROW
    return _CAPITAL if letter.isupper() or letter in _CAPITAL_LETTERS else _OTHER


@lru_cache(maxsize=4096)
def break_lines(text: str, room_em: float) -> tuple[str, ...]:
    """The text in lines of at most ``room_em``: between words and between Chinese letters, no line beginning with 。 or ending with （.

    A word longer than a line is broken inside. Empty text is no line.
    """
    lines: list[str] = []
    line, used = "", 0.0
    for unit in _UNIT.findall(plain(text)):
        wide = width_em(unit)
        if used + width_em(unit.rstrip()) <= room_em:
            line, used = line + unit, used + wide
            continue
        if line.strip():
            lines.append(line.rstrip())
        line, used = ("", 0.0) if unit.isspace() else (unit, wide)
        while used > room_em and len(line) > 1:
            cut = next((at for at in range(len(line) - 1, 1, -1) if width_em(line[:at]) <= room_em), 1)
            lines.append(line[:cut])
            line, used = line[cut:], width_em(line[cut:])
    return (*lines, line.rstrip()) if line.strip() else tuple(lines)
