"""Unions on the command line: a database may hold those of a whole county or group."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from unionboard.cli.shell import MOST, AsJson, app, database, print_json, signature, t
from unionboard.i18n import mark

union_app = typer.Typer(help=mark("Unions: one database may hold those of a county or a group."), no_args_is_help=True)
app.add_typer(union_app, name="union")
Number = Annotated[int, typer.Argument(metavar="NUMBER", max=MOST, help=mark("The union's number; see union list."), show_default=False)]


class KindName(StrEnum):
    """``UnionKind`` without the models, whose import every command would pay."""

    SCHOOL = "school"
    HOSPITAL = "hospital"
    ENTERPRISE = "enterprise"
    OFFICE = "office"
    OTHER = "other"


@union_app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help=mark("What the union is called."), show_default=False)],
    chair: Annotated[str, typer.Option("--chair", metavar="NAME", help=mark("Its chair, who gets the first account."))],
    kind: Annotated[KindName, typer.Option("--kind", help=mark("What the union belongs to."))] = KindName.SCHOOL,
    under: Annotated[int | None, typer.Option("--under", metavar="NUMBER", max=MOST, help=mark("The union above it."))] = None,
) -> None:
    """Add a union with an account of its chair; prints a password that is good for one sign-in."""
    from unionboard.models import UnionKind
    from unionboard.services.union_tree import add_union

    with database(writes=True) as session:
        new = add_union(session, name=name, kind=UnionKind(kind), above=under, chair=chair, **signature())
    print(new.password)
    told = {"union": new.name, "number": new.number, "name": new.chair}
    sentence = t("{union} is number {number}. Hand this password to {name}; another one is asked for at the first sign-in.", **told)
    print(sentence, file=sys.stderr)


@union_app.command("list")
def list_all(as_json: AsJson = False) -> None:
    """List the unions: number, name, the one above, kind, accounts."""
    from unionboard.cli_json import describe_union
    from unionboard.services.union_tree import list_unions

    with database() as session:
        rows = list_unions(session)
    if as_json:
        print_json([describe_union(row) for row in rows])
        return
    for row in rows:
        print(row.number, row.name, row.above or "—", row.kind.value, row.accounts, sep="\t")


@union_app.command("name")
def give_name(name: Annotated[str, typer.Argument(metavar="NAME", help=mark("What the union is called."), show_default=False)]) -> None:
    """Name the union it is about: the first, or the one that --union names."""
    from unionboard.services.unions import ensure_union, save_union

    with database(writes=True) as session:
        union = ensure_union(session, name=name, **signature())
        if union.id is not None:
            save_union(session, union.id, version=union.version, name=name, **signature())
    print(t("Saved."))


@union_app.command("under")
def put(
    number: Number,
    above: Annotated[
        int | None, typer.Argument(metavar="[ABOVE]", max=MOST, help=mark("The union above it; none when left out."), show_default=False)
    ] = None,
) -> None:
    """Put a union under another one, which sees its figures from then on."""
    from unionboard.services.union_tree import put_under

    with database(writes=True) as session:
        put_under(session, number, above, **signature())
    print(t("Saved."))


@union_app.command("overview")
def overview(
    year: Annotated[int | None, typer.Option("--year", metavar="YYYY", max=9999, help=mark("This year when left out."))] = None,
    as_json: AsJson = False,
) -> None:
    """Show the year of the unions below: done, late, proven, spent and handed in."""
    from unionboard import clock
    from unionboard.cli_json import describe_overview
    from unionboard.money import yuan_text
    from unionboard.services.below import seeing_below
    from unionboard.services.overview import read_overview

    today = clock.today()
    with database() as own, seeing_below(own) as session:
        told = read_overview(session, today.year if year is None else year, today=today)
    if as_json:
        print_json(describe_overview(told))
        return
    for one in told.unions:
        spent = f"{yuan_text(one.money.spent_fen)}/{yuan_text(one.money.budget_fen)}" if one.money else ""
        figures = (f"{one.year.done}/{one.year.due}", str(one.year.late), f"{one.proven}/{one.held}", spent)
        print(one.union_id, one.name, *figures, one.handed_in_at_utc.date() if one.handed_in_at_utc else "—", sep="\t")
