"""Numbers as people write them, in digits or in Chinese: 10, 十二, 两百, 百分之八十."""

import re

DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_WRITTEN = "零一二三四五六七八九"
_TENS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}

NUMERAL = r"(?:\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
"""A count below 1,000 in digits or below 100 in Chinese, as a pattern without groups."""

CHINESE = r"[一二两三四五六七八九十][一二两三四五六七八九十百千万零〇]{0,8}"
"""Any Chinese number that begins with a digit or 十; 百名 and 千人 are figures of speech."""


def write_numeral(number: int) -> str:
    """1–99 in Chinese as headings are numbered: 三, 十, 十二, 二十."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _WRITTEN[tens]) + ("十" if tens else "") + (_WRITTEN[ones] if ones else "")


def read_numeral(words: str) -> float:
    """3, 1.5, 1,200 and 十二, 两百五十 as numbers. Raises: ValueError for anything else."""
    if re.fullmatch(r"\d[\d,]*(?:\.\d+)?", words):
        return float(words.replace(",", ""))
    total = section = digit = 0
    for character in words:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character == "万":
            total, section, digit = (total + section + digit) * _TENS["万"], 0, 0
        elif character in _TENS:
            section, digit = section + (digit or 1) * _TENS[character], 0
        else:
            raise ValueError(words)
    if not words:
        raise ValueError(words)
    return float(total + section + digit)
