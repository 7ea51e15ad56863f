"""Traditional characters as Simplified ones, for matching: what people see stays as they wrote it."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC


_STRAYS = "乾吒夥後徵拚捱摺於榘菸薹袷醣麴麽"  # Traditional characters that GB2312, the standard of the Simplified ones, holds too


class _Table(dict[int, str]):
    """Code point -> Simplified character, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = simplify_character(chr(code))
        return self[code]


_TABLE = _Table()


def simplify(text: str) -> str:
    """``text`` in Simplified characters, of the same length: 後勤週會 -> 后勤周会."""
    return text if text.isascii() else rejoin_words(text.translate(_TABLE))


def rejoin_words(simplified: str) -> str:
    """Words that come out wrong character for character: 計畫 is the Taiwanese spelling of 计划, while 畫 alone is 画."""
    return simplified.replace("计画", "计划")


def simplify_character(character: str) -> str:
    """The Simplified form of one character, itself when it has none."""
    if not "\u3400" <= character <= "\u9fff" or _is_simplified(character):
        return character
    simplified: str = _converter().convert(character)
    return simplified if len(simplified) == 1 else character


def _is_simplified(character: str) -> bool:
    if character in _STRAYS:
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC  # noqa: PLC0415 - 30 ms that only texts with such characters pay

    return OpenCC("t2s.json")
