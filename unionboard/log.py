"""The program's log: what went wrong unexpectedly, for whoever looks after the computer. Nothing people typed is written on purpose."""

import traceback
from contextlib import suppress

from unionboard.clock import now_utc
from unionboard.config import read_config


def write_log(error: BaseException) -> str:
    """Append the traceback to the log; says where, or ``-`` when even that failed."""
    with suppress(Exception):
        path = read_config().log_path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{now_utc():%Y-%m-%d %H:%M:%S} UTC\n{''.join(traceback.format_exception(error))}\n")
        return str(path)
    return "-"
