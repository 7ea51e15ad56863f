"""The sample plans read, each beside what its library takes to open it: ``python -m tests.bench.samples`` prints JSON."""

import json
from collections.abc import Callable
from io import BytesIO

import docx
import openpyxl

from tests.bench.rows import in_turns, median_of, timed_ms
from unionboard.config import PROJECT_DIR
from unionboard.reading.files import read_file


def open_docx(data: bytes) -> object:
    return [paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs]


def open_xlsx(data: bytes) -> object:
    return [row for sheet in openpyxl.load_workbook(BytesIO(data)).worksheets for row in sheet.iter_rows(values_only=True)]


OPENED: dict[str, tuple[Callable[[bytes], object], str]] = {"docx": (open_docx, "python-docx"), "xlsx": (open_xlsx, "openpyxl")}


def main() -> None:
    told: dict[str, tuple[float | str, ...]] = {}
    for suffix in ("txt", "docx", "xlsx"):
        path = PROJECT_DIR / "data" / "samples" / f"plan-2026.{suffix}"
        data = path.read_bytes()
        read = timed_ms(lambda: read_file(data, filename=path.name))  # noqa: B023
        if suffix in OPENED:
            opened, by = OPENED[suffix]
            told[f"the sample .{suffix}"] = *in_turns(read, timed_ms(lambda: opened(data))), f"{by} alone"  # noqa: B023
        else:
            told[f"the sample .{suffix}"] = (median_of(read),)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
