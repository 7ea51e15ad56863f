"""What a component draws, as bytes that can be kept: Streamlit would write a dict as JSON twice in every run."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

UNPACK_JS = (Path(__file__).parent / "unpack.js").read_text(encoding="utf-8")
"""Goes before a component's own script, which calls ``unpack(data)``."""


def pack(data: Mapping[str, Any]) -> bytes:
    """``data`` as ``unpack`` reads it in the browser."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
