"""Accounts on the command line: for the first one, and for when nobody can sign in any more."""

import sys
from enum import StrEnum
from getpass import getpass
from typing import Annotated

import typer

from unionboard.cli.shell import LANGUAGE, AsJson, app, database, print_json, signature, t
from unionboard.i18n import mark, tell_roles

user_app = typer.Typer(help=mark("Accounts: who may sign in, and as what."), no_args_is_help=True)
app.add_typer(user_app, name="user")
Name = Annotated[str, typer.Argument(metavar="NAME", help=mark("The name to sign in with."), show_default=False)]


class RoleName(StrEnum):
    """``AccountRole`` without the models, whose import every command would pay."""

    CHAIR = "chair"
    TREASURER = "treasurer"
    COMMITTEE = "committee"
    AUDIT = "audit"
    VIEWER = "viewer"


@user_app.command("add")
def add(
    name: Name,
    role: Annotated[list[RoleName], typer.Option("--role", help=mark("What the account may do; may be given several times."))],
    *,
    email: Annotated[str, typer.Option("--email", help=mark("Its address at the sign-in service, if one is set up."))] = "",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help=mark("Read the password from standard input."))] = False,
) -> None:
    """Make an account. The password is asked for twice, or read from standard input."""
    from unionboard.models import AccountRole
    from unionboard.services import accounts, passwords

    with database():  # a wrong place is told before a password is typed
        pass
    password = _read_password(ask=not password_stdin and sys.stdin.isatty())
    passwords.check_password(password, name=name)
    with database(writes=True) as session:
        account = accounts.add_account(
            session, name=name, roles=[AccountRole(one) for one in role], password=password, email=email, **signature()
        )
        print(t("{name} can sign in now, as: {roles}.", name=account.name, roles=_words(account.roles)))


@user_app.command("list")
def list_users(as_json: AsJson = False) -> None:
    """List the accounts: name, roles, and whether they are open."""
    from unionboard.cli_json import describe_account
    from unionboard.services.account_list import list_accounts

    with database() as session:
        rows = list_accounts(session)
    if as_json:
        print_json([describe_account(row) for row in rows])
        return
    if not rows:
        print(t("There are no accounts yet: the program opens on this computer only."))
    for row in rows:
        print(row.name, _words(row.roles), "" if row.is_active else t("account closed"), sep="\t")


@user_app.command("reset")
def reset(name: Name) -> None:
    """Give an account a new password that is good for one sign-in; it is signed out everywhere."""
    from unionboard.services import accounts
    from unionboard.services.account_list import named_account

    with database(writes=True) as session:
        account = named_account(session, name)
        password = accounts.reset_password(session, account.id or 0, **signature())
    print(password)
    print(t("Hand this password to {name}. Another one is asked for at the first sign-in.", name=account.name), file=sys.stderr)


@user_app.command("email")
def set_email(
    name: Name,
    address: Annotated[
        str, typer.Argument(metavar="ADDRESS", help=mark("Its address at the sign-in service; empty for none."), show_default=False)
    ],
) -> None:
    """Set the address by which the sign-in service knows an account."""
    from unionboard.services import accounts
    from unionboard.services.account_list import named_account

    with database(writes=True) as session:
        account = named_account(session, name)
        accounts.change_account(session, account.id or 0, version=account.version, email=address, **signature())
        told = account.email
    print(t("{name} is known to the sign-in service as {address}.", name=account.name, address=told) if told else t("Saved."))


@user_app.command("disable")
def disable(name: Name) -> None:
    """Close an account: it is signed out everywhere, and what it did stays."""
    from unionboard.services import accounts
    from unionboard.services.account_list import named_account

    with database(writes=True) as session:
        account = named_account(session, name)
        accounts.disable_account(session, account.id or 0, version=account.version, **signature())
    print(t("{name} can no longer sign in.", name=account.name))


@user_app.command("enable")
def enable(name: Name) -> None:
    """Open a closed account again, with the password it had."""
    from unionboard.services import accounts
    from unionboard.services.account_list import named_account

    with database(writes=True) as session:
        account = named_account(session, name)
        accounts.enable_account(session, account.id or 0, version=account.version, **signature())
    print(t("{name} can sign in again.", name=account.name))


def _words(roles: list[str]) -> str:
    return tell_roles(LANGUAGE.get(), roles)


def _read_password(*, ask: bool) -> str:
    """Typed twice at a terminal, else the first line of standard input. Raises: PasswordsDiffer."""
    from unionboard.errors.sign_ins import PasswordsDiffer

    if not ask:
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass(t("Password") + ": ")
    if getpass(t("The password again") + ": ") != password:
        raise PasswordsDiffer
    return password
