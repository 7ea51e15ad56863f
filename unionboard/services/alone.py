"""Work that only one of several processes on the same data does at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine, func, select

CHORES_LOCK = 19260503
"""Any number, the same for all processes; another than the writers'."""


@contextmanager
def alone(engine: Engine, folder: Path) -> Iterator[bool]:
    """Whether this process is the only one on the data in the block; who is not goes away with nothing done.

    Held in the database where that is a server, else on ``folder``, where the file lies. It ends with the process, however that ends.
    """
    with _on_server(engine) if engine.dialect.name == "postgresql" else _on_folder(folder) as is_alone:
        yield is_alone


@contextmanager
def _on_server(engine: Engine) -> Iterator[bool]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        is_alone = bool(connection.scalar(select(func.pg_try_advisory_lock(CHORES_LOCK))))
        try:
            yield is_alone
        finally:
            if is_alone:
                connection.execute(select(func.pg_advisory_unlock(CHORES_LOCK)))


@contextmanager
def _on_folder(folder: Path) -> Iterator[bool]:
    """By ``flock``, which holds between processes and between openings of one; Windows has none, and there is one process there."""
    try:
        import fcntl  # noqa: PLC0415
    except ImportError:
        yield True
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        is_alone = True
        with suppress(OSError):  # a disk without locks: as before there were several
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                is_alone = False
        yield is_alone
    finally:
        os.close(handle)
