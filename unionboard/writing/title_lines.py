"""A long title in several lines: no word broken, the lines as a trapezium or a diamond, never a block or an hourglass.

Widths are in letters of the title; a half-width letter is half a letter. Source: domain notes E6 (title).
"""

import re
from itertools import combinations, pairwise

LINE_LETTERS, LATIN_LINE_LETTERS = 20, 23
"""What of 22 pt stands in a line of 156 mm; Latin letters are a little narrower than half a letter."""
_LINES_LIMIT = 4
_FULL_WIDTH = 0x2E80
_GOOD = re.compile(r"(?<=工会)(?!委员|工作)|(?<=委员会)|(?<=[、：:])|(?=关于|暨|及|和)|(?<=\S )(?=\S)")
_FAIR = re.compile(
    r"(?<=学校|小学|中学|医院|社区|街道|公司|中心)|(?<=年)(?!度)|(?<=年度)|(?=\d{4}年|\d{4}[—–-]\d{4}|(?:工作)?(?:总结|计划|思路|报告|设想))"
)
_UNBROKEN = re.compile(r"[A-Za-z0-9.,%\-–—/]+")
_FAIR_COST = 10.0  # letters of unlike lines that a break after the body's name is worth


def width_of(text: str) -> float:
    """How wide a line is, in letters."""
    marks = "“”‘’—…" if any(ord(letter) >= _FULL_WIDTH for letter in text) else ""
    return sum(1.0 if ord(letter) >= _FULL_WIDTH or letter in marks else 0.5 for letter in text)


def break_title(title: str) -> str:
    """The title with line breaks in lines that are too wide; breaks that are there already stay."""
    return "\n".join(_break_line(line) for line in title.split("\n"))


def _break_line(line: str) -> str:
    letters = LINE_LETTERS if any(ord(letter) >= _FULL_WIDTH for letter in line) else LATIN_LINE_LETTERS
    if not letters < width_of(line) <= letters * _LINES_LIMIT:
        return line
    costs = _places(line)
    for breaks in range(1, _LINES_LIMIT):
        made = [
            (_ugliness(lines) + sum(costs[place] for place in places), lines)
            for places in combinations(sorted(costs), breaks)
            if max(map(width_of, lines := _cut(line, places))) <= letters
        ]
        if made:
            return "\n".join(min(made)[1])
    return line  # Word breaks it where it must


def _places(line: str) -> dict[int, float]:
    """Where a line may end, and what ending it there costs: beside whole words only."""
    unbroken = {place for match in _UNBROKEN.finditer(line) for place in range(match.start() + 1, match.end())}
    fair = {match.start(): _FAIR_COST for match in _FAIR.finditer(line)}
    good = {match.start(): 0.0 for match in _GOOD.finditer(line)}
    return {place: cost for place, cost in (fair | good).items() if 0 < place < len(line) and place not in unbroken}


def _cut(line: str, places: tuple[int, ...]) -> list[str]:
    return [line[start:end].strip() for start, end in pairwise((0, *places, len(line)))]


def _ugliness(lines: list[str]) -> float:
    """The more alike the lines the better, though not quite alike; an hourglass is the worst."""
    steps = [width_of(after) - width_of(before) for before, after in pairwise(lines)]
    hourglasses = sum(before < 0 < after for before, after in pairwise(steps))
    return hourglasses * 100.0 + sum(1.5 if abs(step) < 1 else abs(step) for step in steps)
