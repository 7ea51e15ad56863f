"""In which order names stand: Chinese by their sound, as in a register of a school, Latin letters before them."""


def rank_text(text: str) -> tuple[bytes, str]:
    """What to sort ``text`` by.

    GB 18030 writes the 3,755 common characters in the order of their pinyin; rarer ones come before or behind them, by their strokes.
    Source: GB 2312-1980, level 1.
    """
    return text.casefold().encode("gb18030", "replace"), text
