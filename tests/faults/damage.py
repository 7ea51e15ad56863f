"""Ways in which a database file is broken from outside, each as it happens on people's computers."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

Damage = Callable[[Path], None]


def tear_page(path: Path) -> None:
    """The second half of a page never reached the disk."""
    with closing(sqlite3.connect(path)) as database:
        page_size = database.execute("PRAGMA page_size").fetchone()[0]
        (page,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'activity'").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * page_size)
        file.write(b"\x00" * (page_size // 2))


def overwrite_header(path: Path) -> None:
    """Another program wrote over the beginning."""
    with path.open("r+b") as file:
        file.write(b"PK\x03\x04" + b"\x5a" * 508)


def cut_off(path: Path) -> None:
    """Copied halfway, or a sync program ran out of room."""
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def replace_by_text(path: Path) -> None:
    """Another file under the same name."""
    path.write_text("青松小学工会\n" * 400, encoding="utf-8")


def empty(path: Path) -> None:
    """What many a crash leaves."""
    path.write_bytes(b"")


def delete(path: Path) -> None:
    """Tidied away."""
    path.unlink()


DAMAGES: tuple[Damage, ...] = (tear_page, overwrite_header, cut_off, replace_by_text)
LOSSES: tuple[Damage, ...] = (empty, delete)
