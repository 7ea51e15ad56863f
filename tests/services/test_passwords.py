"""Which passwords are accepted and how they are kept."""

import pytest

from unionboard.errors import Refusal
from unionboard.errors.sign_ins import PasswordIsName, PasswordTooCommon, PasswordTooLong, PasswordTooShort
from unionboard.reference import common_passwords
from unionboard.services.passwords import LEAST, check_password, hash_password, make_password, verify


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("", PasswordTooShort),
        ("青松2026春", PasswordTooShort),
        ("a" * 201, PasswordTooLong),
        ("ﷺ" * 60, PasswordTooLong),  # one character that is eighteen
        ("ﷺ", PasswordTooShort),
        ("password", PasswordTooCommon),
        ("Woaini1314", PasswordTooCommon),
        ("１２３４５６７８", PasswordTooCommon),
        ("23456789", PasswordTooCommon),
        ("hgfedcba", PasswordTooCommon),
        ("aaaaaaaab", PasswordTooCommon),
        ("chen liqun", PasswordIsName),
        ("ChenLiqun2026", PasswordIsName),
    ],
)
def test_password_that_is_guessed_first_is_refused(password: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        check_password(password, name="Chen Liqun")


@pytest.mark.parametrize("password", ["青松小学的大槐树", "kaoshi-5-dian", "correct horse", "K7QM-2XPA-9RTB-WZ34"])
def test_other_passwords_are_accepted(password: str) -> None:
    check_password(password, name="陈立群")


def test_every_common_password_is_long_enough_to_need_listing() -> None:
    assert [word for word in common_passwords() if len(word) < LEAST or word != word.casefold()] == []


def test_hash_is_verified_by_its_password_alone() -> None:
    kept = hash_password("青松小学的大槐树")

    assert kept.startswith("$argon2id$")
    assert [verify(password, kept) for password in ("青松小学的大槐树", "青松小学的大槐", "", "x" * 10_000_000)] == [
        True,
        False,
        False,
        False,
    ]


def test_full_width_letters_are_the_same_password() -> None:
    assert verify("ｋａｏｓｈｉ－５", hash_password("kaoshi-5"))


def test_without_a_hash_nothing_is_right() -> None:
    assert not verify("", "")


def test_handed_out_passwords_differ_and_are_read_without_doubt() -> None:
    made = {make_password() for _ in range(1000)}

    assert len(made) == 1000
    assert {len(password) for password in made} == {19}
    assert set("".join(made)) & set("0O1Il") == set()
