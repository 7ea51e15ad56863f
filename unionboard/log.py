"""The program's log: one JSON line for each thing nobody foresaw, for whoever looks after the computer.

A line says what kind of error it was, where in the code, and the code the user was shown. What an exception says of itself may quote what
people typed, so only sentences of our own are kept, with their slots empty.
"""

import json
import logging
import secrets
import traceback
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from unionboard import __version__
from unionboard.clock import now_utc
from unionboard.config import PROJECT_DIR, read_config
from unionboard.errors import Refusal

FILE_BYTES, FILES = 1_000_000, 5
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # read out over the telephone: no 0 and O, no 1 and I
_CODE_LENGTH = 8
_PLACES = 30


def record(error: BaseException, *, where: str = "") -> str:
    """Write ``error`` down; the code by which it is found. ``where``: a page or a command, never what was typed. Never fails."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
    with suppress(Exception):  # a full disk, or an error that cannot even be looked at
        _append(json.dumps(_describe(error, code, where), ensure_ascii=False))
    return code


def _describe(error: BaseException, code: str, where: str) -> dict[str, Any]:
    return {
        "at_utc": now_utc().isoformat(timespec="milliseconds"),
        "code": code,
        "where": where,
        "version": __version__,
        "errors": [_describe_one(one) for one in _list_causes(error)],
    }


def _list_causes(error: BaseException) -> list[BaseException]:
    """The error, and what it came from."""
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in found:
        found.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found


def _describe_one(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    told: dict[str, Any] = {
        "class": f"{type(error).__module__}.{type(error).__qualname__}",
        "place": [f"{_shorten(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[-_PLACES:]],
    }
    if isinstance(error, Refusal):
        told["sentence"] = error.sentence
    if name := getattr(error, "sqlite_errorname", None):  # SQLITE_FULL, SQLITE_CORRUPT …
        told["name"] = name
    if isinstance(error, OSError) and error.errno is not None:
        told["errno"] = error.errno
    return told


def _shorten(path: str) -> str:
    """Ours by their place in the project; of libraries what follows site-packages."""
    with suppress(ValueError):
        return Path(path).relative_to(PROJECT_DIR).as_posix().rpartition("site-packages/")[2]
    return path.replace("\\", "/").rpartition("site-packages/")[2]


def _append(line: str) -> None:
    path = read_config().log_path
    path.parent.mkdir(parents=True, exist_ok=True)
    file = _Quiet(path, maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8", delay=True)
    try:
        file.emit(logging.LogRecord("unionboard", logging.ERROR, "", 0, line, None, None))
    finally:
        file.close()


class _Quiet(RotatingFileHandler):
    """Does not print what it could not write to the console."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- the library's name
        """Nothing: the user has the code, and the disk is full."""


class _WithoutWords(logging.Filter):
    """Of an exception that a library prints, what kind it is and where: its own words may quote what people typed."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            told = " < ".join(
                f"{one['class']} at {one['place'][-1] if one['place'] else '?'}"
                for one in map(_describe_one, _list_causes(record.exc_info[1]))
            )
            record.msg, record.args = f"{record.getMessage()}: {told}", ()
            record.exc_info = record.exc_text = None
        return True


def keep_words_out() -> None:
    """From now on the console, which others may keep, holds no words of exceptions either."""
    for name in ("streamlit.error_util", "uvicorn.error", "asyncio"):
        logging.getLogger(name).addFilter(_WithoutWords())
