"""Passwords: which are accepted, how they are kept, and one to hand out.

Kept as argon2id hashes by the library ``pwdlib``. What an input method turns into full-width letters is the same password.
Source: NIST SP 800-63B 3.1.1 (length and a list of common ones instead of rules about signs; normalised before hashing).
"""

import secrets
import unicodedata
from functools import cache
from itertools import pairwise
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from unionboard.errors.sign_ins import PasswordIsName, PasswordTooCommon, PasswordTooLong, PasswordTooShort
from unionboard.reference import common_passwords

if TYPE_CHECKING:
    from pwdlib import PasswordHash

LEAST, MOST = 8, 200
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another
_AT_ONCE = BoundedSemaphore(2)  # one hash takes 64 MiB: a flood of attempts waits its turn instead of filling the memory


def check_password(password: str, *, name: str) -> None:
    """Raises: PasswordTooShort (8 characters), PasswordTooLong (200), PasswordIsName (of the account ``name``), PasswordTooCommon."""
    plain = _plain(password)
    if min(len(password), len(plain)) < LEAST:
        raise PasswordTooShort(least=LEAST)
    if max(len(password), len(plain)) > MOST:
        raise PasswordTooLong(most=MOST)
    folded, own = _fold(plain), _fold(name)
    if own and own in folded and not folded.replace(own, "").strip("0123456789"):
        raise PasswordIsName
    if folded in common_passwords() or len(set(folded)) < 3 or _is_row(folded):
        raise PasswordTooCommon


def hash_password(password: str) -> str:
    """What is stored of ``password``, which ``check_password`` has let pass."""
    with _AT_ONCE:
        return _hasher().hash(_plain(password))


def verify(password: str, password_hash: str) -> bool:
    """Whether ``password`` is the one ``password_hash`` was made of. Without a hash it takes as long, and is never right."""
    if len(password) > MOST:
        return False
    with _AT_ONCE:
        is_right = _hasher().verify(_plain(password), password_hash or _no_hash())
    return is_right and bool(password_hash)


def make_password() -> str:
    """One to hand out, read aloud and typed once: 80 bits in four groups of letters and digits, none of which is taken for another."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _plain(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _fold(text: str) -> str:
    return "".join(_plain(text).casefold().split())


def _is_row(text: str) -> bool:
    """12345678, 87654321, abcdefgh: every character one step from the one before."""
    steps = {ord(second) - ord(first) for first, second in pairwise(text)}
    return steps in ({1}, {-1})


@cache
def _hasher() -> "PasswordHash":
    from pwdlib import PasswordHash  # noqa: PLC0415 -- slow import

    return PasswordHash.recommended()


@cache
def _no_hash() -> str:
    """The hash of a password nobody knows, to be compared with where there is none."""
    return _hasher().hash(secrets.token_urlsafe(32))
