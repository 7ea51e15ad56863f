"""Secret addresses of calendars and tokens of the API on the command line."""

from enum import StrEnum
from typing import Annotated

import typer

from unionboard.cli.shell import LANGUAGE, AsJson, app, database, print_json, signature, t
from unionboard.errors.access_tokens import CalendarOfNobody
from unionboard.i18n import mark

token_app = typer.Typer(help=mark("Calendars to subscribe to and tokens for other programs."), no_args_is_help=True)
app.add_typer(token_app, name="token")


class Kind(StrEnum):
    """``TokenKind`` without the models, whose import every command would pay."""

    CALENDAR = "calendar"
    API = "api"


@token_app.command("add")
def add(
    kind: Annotated[Kind, typer.Argument(metavar="calendar|api", help=mark("What it opens."), show_default=False)],
    *,
    label: Annotated[str, typer.Option("--for", metavar="PROGRAM", help=mark("Which program gets the token of the API."))] = "",
    owner: Annotated[str, typer.Option("--owner", help=mark("The calendar of one owner, as the plan names them."))] = "",
    area: Annotated[str, typer.Option("--area", help=mark("The calendar of one work area, by its code."))] = "",
    as_json: AsJson = False,
) -> None:
    """Make a calendar's address, or a token of the API, and print it. A token is told this once."""
    from unionboard.cli_json import describe_token
    from unionboard.models import FeedScope
    from unionboard.services import access_tokens

    if owner and area:
        raise CalendarOfNobody
    language = LANGUAGE.get()
    with database(writes=True) as session:
        if kind is Kind.API:
            new = access_tokens.issue_api_token(session, label=label, language=language, **signature())
            told = new.token
        else:
            scope = FeedScope.OWNER if owner else FeedScope.AREA if area else FeedScope.ALL
            new = access_tokens.open_calendar(session, scope=scope, about=owner or area, language=language, **signature())
            told = f"/calendar/{new.token}.ics"
        if as_json:
            print_json({**describe_token(new.row), "secret": told})
        else:
            print(told)


@token_app.command("list")
def list_tokens(as_json: AsJson = False) -> None:
    """List what opens something: its number, what it is, when it was last used. Secrets are not told."""
    from unionboard.cli_json import describe_token
    from unionboard.services import access_tokens

    with database() as session:
        rows = access_tokens.list_tokens(session)
    if as_json:
        print_json([describe_token(row) for row in rows])
        return
    if not rows:
        print(t("There are no calendars and no tokens."))
    for row in rows:
        used = t("last used on {day}", day=row.used_on) if row.used_on else t("not used yet")
        print(row.id, row.kind, row.label or row.about or t("Everything"), used, sep="\t")


@token_app.command("revoke")
def revoke(number: Annotated[int, typer.Argument(metavar="NUMBER", help=mark("As list tells it."), show_default=False)]) -> None:
    """Revoke an address or a token: from now on it opens nothing."""
    from unionboard.services import access_tokens

    with database(writes=True) as session:
        access_tokens.revoke(session, number, **signature())
    print(t("Revoked. It opens nothing any more."))
