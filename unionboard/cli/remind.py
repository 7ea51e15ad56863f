"""Reminders on the command line, for cron."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from unionboard import clock
from unionboard.cli.shell import LANGUAGE, MOST, AsJson, app, database, is_union_named, print_json, t
from unionboard.errors.messages import MessagesFailed
from unionboard.i18n import mark

if TYPE_CHECKING:
    from unionboard.messaging.rounds import Planned, Sent


class EventName(StrEnum):
    """What goes out by itself, without the models, whose import every command would pay."""

    DUE_THIS_WEEK = "due_this_week"
    LATE = "late"
    BUDGET_NEAR_END = "budget_near_end"


@app.command()
def remind(
    dry_run: Annotated[bool, typer.Option("--dry-run", help=mark("Show what would be sent; send nothing."))] = False,
    event: Annotated[
        list[EventName] | None, typer.Option("--event", help=mark("Only this, whatever its weekday and time; may be repeated."))
    ] = None,
    channel: Annotated[int | None, typer.Option("--channel", metavar="N", max=MOST, help=mark("Only this group."))] = None,
    as_json: AsJson = False,
) -> None:
    """Send the messages that are due: to all unions' groups, or to those of --union. Nothing is sent twice, nor in quiet hours."""
    from unionboard import db
    from unionboard.messaging.rounds import list_unions_to_serve, local_now, plan_round, send_due
    from unionboard.models import MessageEvent
    from unionboard.services.message_policy import is_quiet, read_policy

    only = tuple(MessageEvent(one.value) for one in event or ())
    today, now_utc = clock.today(), clock.now_utc()
    with database() as session:  # brings the data up to date, and says what is wrong with them
        unions = [int(session.info["union"])] if is_union_named() else list_unions_to_serve()
    told: list[dict[str, Any]] = []
    failed: list[Sent] = []
    is_any_quiet = False
    for union in unions:
        with db.within(union):
            local = local_now(today=today, now_utc=now_utc)
            with db.reading() as session:
                is_any_quiet |= is_quiet(read_policy(session), local)
                planned = plan_round(session, local=local, only=only, channel_id=channel) if dry_run else []
            told += [_describe_planned(union, one) for one in planned]
            sent = [] if dry_run else send_due(today=today, now_utc=now_utc, only=only, channel_id=channel)
            told += [_describe_sent(one) for one in sent]
            failed += [one for one in sent if one.outcome.failure is not None]
    _print(told, as_json=as_json, is_dry=dry_run, is_quiet=is_any_quiet)
    if failed:
        from unionboard.messaging.failure_words import tell_failure

        first = failed[0]
        why = tell_failure(LANGUAGE.get(), first.outcome.failure, first.outcome.number) if first.outcome.failure else ""
        raise MessagesFailed(failed=len(failed), all=len(told), channel=first.channel, why=why)


def _print(told: list[dict[str, Any]], *, as_json: bool, is_dry: bool, is_quiet: bool) -> None:
    if as_json:
        print_json(told)
        return
    for one in told:
        print(one["union"], one["channel"], one["event"], one["title"], sep="\t")
        for line in one.get("text", ()):
            print(f"\t{line}")
    if is_quiet and not is_dry:
        print(t("Quiet hours: nothing was sent."))
    elif not told:
        print(t("Nothing is due."))


def _describe_planned(union: int, one: "Planned") -> dict[str, Any]:
    return {
        "union": union,
        "channel_id": one.channel.id,
        "channel": one.channel.name,
        "event": one.facts.occasion.event.value,
        "title": one.message.title,
        "text": list(one.message.lines),
        "sent": False,
    }


def _describe_sent(one: "Sent") -> dict[str, Any]:
    return {
        "union": one.union,
        "channel_id": one.channel_id,
        "channel": one.channel,
        "event": one.event.value,
        "title": one.title,
        "sent": one.outcome.failure is None,
        "failure": one.outcome.failure.value if one.outcome.failure else None,
        "number": one.outcome.number,
    }
