"""The chain of the change log: every line carries a hash over itself and the hash of the line before, so none can be changed, slipped in
or taken out unseen. Released migrations build on it: it never changes.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

START = "0" * 64
"""What stands for the line before the first."""


def hash_line(
    previous: str,
    *,
    id: int,  # noqa: A002 -- the column's name
    at_utc: datetime,
    who: str,
    origin: str,
    action: str,
    noun: str,
    row_id: int,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> str:
    """SHA-256 in hex over the line as canonical JSON (sorted keys, no blanks, UTF-8) behind ``previous``, the hash of the line before it.

    ``at_utc`` counts to the microsecond, which every supported database keeps.
    """
    line = [previous, id, at_utc.isoformat(timespec="microseconds"), who, origin, action, noun, row_id, before, after]
    return hashlib.sha256(json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
