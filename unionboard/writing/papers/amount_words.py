"""Sums in words as vouchers want them: 壹仟贰佰叁拾肆元伍角整. Source: 会计基础工作规范, article 52 (figures and words on vouchers)."""

from unionboard.money import FEN_PER_YUAN

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEPS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def write_amount(amount_fen: int) -> str:
    """A sum of fen, 0 or more, in Chinese words; it ends in 整 unless fen are named."""
    yuan, rest = divmod(amount_fen, FEN_PER_YUAN)
    jiao, fen = divmod(rest, 10)
    told = f"{_write_whole(yuan)}元" if yuan or not rest else ""
    if jiao:
        told += f"{_DIGITS[jiao]}角"
    elif fen and yuan:
        told += "零"
    return told + (f"{_DIGITS[fen]}分" if fen else "整")


def _write_whole(number: int) -> str:
    """Groups of four digits; a gap between two of them, or before the last, is one 零."""
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    told = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group:
            told += ("零" if told and group < 1000 else "") + _write_group(group) + _GROUPS[place]
    return told or _DIGITS[0]


def _write_group(group: int) -> str:
    told, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            told += (_DIGITS[0] if gap and told else "") + _DIGITS[digit] + _STEPS[place]
            gap = False
        else:
            gap = True
    return told
