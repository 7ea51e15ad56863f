"""What a component draws, written as JSON here.

Given anything nested, Streamlit loads pandas (75 MB) in order to look whether it is a table, and asks that of every value in every run.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

UNPACK_JS = (Path(__file__).parent / "unpack.js").read_text(encoding="utf-8")
"""Goes before a component's own script, which calls ``unpack(data)``."""


def write_json(data: Mapping[str, Any]) -> dict[str, str]:
    """``data`` for a script that parses its ``json``. Like any text, it is not drawn again as long as it is the same."""
    return {"json": json.dumps(data, ensure_ascii=False, separators=(",", ":"))}


def pack(data: Mapping[str, Any]) -> bytes:
    """``data`` as ``unpack`` reads it in the browser: large ones that are kept, which Streamlit passes on as they are.

    The script is called in every run, and lets be what it has drawn already.
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
