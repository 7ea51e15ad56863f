"""Real files made strange: bytes flipped, cut, doubled and spliced, and the same inside the parts of an Office file."""

import random
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

from unionboard.errors import Refusal
from unionboard.reading.files import read_file

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
_TRADITIONAL = (
    "青松國小工會2026年工作計畫\n一、民主管理\n1、每學期召開會員大會。\n2、公開帳目。\n三月：\n1、慶祝婦女節。\n四月：\n1、球類比賽。\n"
)
_CSV = (
    "月份,活动内容,负责人,预算(元),备注\n3月,插花,女工委,500,\n,\"种树\n浇水\",林知夏,=cmd|' /C calc'!A0,雨天改期\n"
    "4月8日,拔河,,-1,\n合计,,,500,\n"
)
_HTML = (
    "<!DOCTYPE html><html><head><meta charset=utf-8><title>计划</title></head><body><h1>青松小学工会工作计划</h1><h2>民主管理</h2>"
    "<ol><li>召开教代会<li>公开账目</ol><h2>文体活动</h2><ul><li>办运动会</ul>"
    "<table><tr><th>月份<th>内容<tr><td rowspan=2>三月<td>插花<tr><td>种树</table></body></html>"
)
_MARKERS = (
    "<w:tbl>",
    "<w:p/>",
    "&lol;",
    '<!DOCTYPE a [<!ENTITY x "y">]>',
    "</w:body>",
    "<row/>",
    "\x00",
    "一、",
    "三月：",
    "\ufeff",
    "9" * 40,
    "-1",
    '"',
)


def load_seeds() -> dict[str, bytes]:
    """The files that are mutated, by name."""
    seeds = {path.name: path.read_bytes() for path in sorted(SAMPLES.glob("plan-2026.*"))}
    text = seeds["plan-2026.txt"].decode()
    return seeds | {
        "gb18030.txt": text.encode("gb18030"),
        "utf16.txt": text.encode("utf-16"),
        "big5.txt": _TRADITIONAL.encode("big5"),
        "plan.csv": _CSV.encode(),
        "gbk.csv": _CSV.encode("gbk"),
        "plan.html": _HTML.encode(),
        "plan.md": f"# 青松小学工会工作计划\n\n| 月份 | 内容 |\n| --- | --- |\n| 三月 | 插花 |\n\n{text}".encode(),
    }


def mutate(data: bytes, others: list[bytes], draw: random.Random) -> bytes:
    """``data`` with one to eight changes; a package keeps its shape half of the time and has its parts changed instead."""
    if data.startswith(b"PK") and draw.random() < 0.6:
        return _mutate_parts(data, draw)
    for _ in range(draw.randint(1, 8)):
        data = _change(data, others, draw)
    return data


def _change(data: bytes, others: list[bytes], draw: random.Random) -> bytes:
    at = draw.randrange(len(data) + 1)
    end = min(len(data), at + draw.choice((1, 2, 3, 16, 200, 4000)))
    match draw.randrange(7):
        case 0:
            return data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]
        case 1:
            return data[:at]
        case 2:
            return data[:at] + data[end:]
        case 3:
            return data[:end] + data[at:end] * draw.randint(1, 5) + data[end:]
        case 4:
            other = draw.choice(others)
            start = draw.randrange(len(other) + 1)
            return data[:at] + other[start : start + draw.choice((4, 100, 5000))] + data[end:]
        case 5:
            return data[:at] + draw.randbytes(draw.randint(1, 20)) + data[at:]
    return data[:at] + draw.choice(_MARKERS).encode() + data[at:]


def _mutate_parts(data: bytes, draw: random.Random) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    for _ in range(draw.randint(1, 3)):
        name = draw.choice(names)
        match draw.randrange(4):
            case 0:
                parts[name] = _change(parts[name], list(parts.values()), draw)
            case 1:
                parts[name] = parts[draw.choice(names)]
            case 2:
                parts.pop(name, None)
                names = [each for each in names if each in parts]
            case _:
                pieces = parts[name].split(b"<")
                for _ in range(draw.randint(1, 6)):  # whole tags moved, doubled or lost
                    piece = pieces.pop(draw.randrange(len(pieces))) if len(pieces) > 2 else b""
                    for _ in range(draw.randrange(3)):
                        pieces.insert(draw.randrange(1, len(pieces) + 1), piece)
                parts[name] = b"<".join(pieces)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


def try_seed(number: int, seeds: dict[str, bytes]) -> str:
    """Read the mutation number ``number``: «read», or the name of the refusal. Raises: whatever else escapes, which is a defect."""
    draw = random.Random(number)
    name = draw.choice(sorted(seeds))
    data = mutate(seeds[name], list(seeds.values()), draw)
    filename = draw.choice((name, name, name, "plan.docx", "plan.xlsx", "plan.txt", "plan.csv", "plan.html", "plan.doc"))
    return read_or_refuse(data, filename)


def read_or_refuse(data: bytes, filename: str) -> str:
    """«read», after a check that every line that is not blank has one fate in each plan; or the name of the refusal."""
    try:
        reading = read_file(data, filename=filename)
    except Refusal as refusal:
        return type(refusal).__name__
    lines = [line.number for line in reading.lines if line.text.strip()]
    for plan in reading.plans:
        repeated = [line for line, count in Counter(fate.line for fate in plan.fates).items() if count > 1]
        assert not repeated, f"{repeated} have two fates"
        assert {fate.line for fate in plan.fates} <= set(lines)
    reading.plan()
    return "read"
