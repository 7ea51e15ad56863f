"""Sealing what is personal, at rest: names of those visited and papers about them are stored encrypted, the key beside the database.

A stolen backup holds no key and so shows no names. A lost key cannot be made again: what was sealed with it stays unreadable.
Fernet (AES-128-CBC with HMAC-SHA256) of the library ``cryptography``; see docs/adr/0010-sealed-fields.md.
"""

import hashlib
import os
import re
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from unionboard.config import read_config
from unionboard.errors.safekeeping import KeyMissing, KeyUnreadable

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

MARK = "sealed:"
"""What a sealed text begins with; the token follows."""
FILE_MARK = b"\x00\xdc\xffUNIONBOARD-SEALED-1\n"
"""What a sealed file begins with: no text in any encoding we take begins like it, and no picture, paper or archive does."""
UNREADABLE = "******"
"""What a sealed text reads as where its key is missing or another."""
_HEAD = """\
# Unionboard: the key to names and private papers. Keep a copy apart from the backups; without it they stay unreadable.
# Unionboard 的钥匙：被慰问者姓名和含姓名的单据都用它加密。请另存一份，不要和备份放在一起；丢了就再也读不出来。
# made {made_at}
"""
_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")  # 32 bytes as Fernet writes them
_MADE = re.compile(r"^# made (\S+)$", re.MULTILINE)


def create_key() -> str:
    """Make the key file (readable by its owner alone) unless there is one; the key's id. Raises: KeyUnreadable."""
    from cryptography.fernet import Fernet  # noqa: PLC0415 -- slow import

    path = read_config().key_path
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return key_id()
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(_HEAD.format(made_at=datetime.now(UTC).isoformat(timespec="seconds")) + Fernet.generate_key().decode() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key_id()


def has_key() -> bool:
    """Whether the key file is in its place."""
    return read_config().key_path.is_file()


def key_id(path: Path | None = None) -> str:
    """What the key (the configured, or that at ``path``) is known by: nothing can be opened with it. Raises: KeyMissing, KeyUnreadable."""
    return hashlib.sha256(_read_key(path or read_config().key_path)).hexdigest()[:12]


def made_at() -> datetime | None:
    """When the key was made, as its file says; None: it does not say."""
    try:
        found = _MADE.search(read_config().key_path.read_text(encoding="utf-8"))
        return datetime.fromisoformat(found[1]) if found else None
    except (OSError, ValueError):
        return None


def read_key_file() -> bytes:
    """The key file as it is, to be kept elsewhere. Raises: KeyMissing, KeyUnreadable."""
    path = read_config().key_path
    _read_key(path)
    return path.read_bytes()


def seal(text: str) -> str:
    """``text`` as it is stored; an empty one stays empty. Raises: KeyMissing, KeyUnreadable."""
    return MARK + _fernet().encrypt(text.encode()).decode() if text else ""


def unseal(stored: str) -> str:
    """What was sealed, or ``UNREADABLE`` without its key; a text that was never sealed as it is."""
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 -- slow import

    if not stored.startswith(MARK):
        return stored
    path = read_config().key_path
    try:
        return _unseal(stored.removeprefix(MARK), path, path.stat().st_mtime_ns)
    except OSError:
        return UNREADABLE
    except (InvalidToken, KeyMissing, KeyUnreadable):
        return UNREADABLE


def seal_bytes(content: bytes) -> bytes:
    """A file's content as it is stored. Raises: KeyMissing, KeyUnreadable."""
    return FILE_MARK + _fernet().encrypt(content)


def is_sealed(stored: bytes) -> bool:
    """Whether a file's content, or its beginning, is sealed."""
    return stored.startswith(FILE_MARK)


def unseal_bytes(stored: bytes) -> bytes:
    """What was sealed; content that was never sealed as it is. Raises: KeyMissing, KeyUnreadable (also for another key than its own)."""
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 -- slow import

    if not is_sealed(stored):
        return stored
    try:
        return _fernet().decrypt(stored[len(FILE_MARK) :])
    except InvalidToken:
        raise KeyUnreadable(place=read_config().key_path) from None


@lru_cache(maxsize=4096)
def _unseal(token: str, path: Path, changed_ns: int) -> str:
    """Remembered: a page reads the same few hundred names several times."""
    return _open(path, changed_ns).decrypt(token.encode()).decode()


def _fernet() -> "Fernet":
    path = read_config().key_path
    try:
        return _open(path, path.stat().st_mtime_ns)
    except OSError:
        raise KeyMissing(place=path) from None


@lru_cache(maxsize=4)
def _open(path: Path, _changed_ns: int) -> "Fernet":
    from cryptography.fernet import Fernet  # noqa: PLC0415 -- slow import

    try:
        return Fernet(_read_key(path))
    except ValueError:
        raise KeyUnreadable(place=path) from None


def _read_key(path: Path) -> bytes:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        raise KeyMissing(place=path) from None
    except ValueError:
        raise KeyUnreadable(place=path) from None
    keys = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if len(keys) != 1 or not _KEY.fullmatch(keys[0]):
        raise KeyUnreadable(place=path)
    return keys[0].encode("ascii")
