"""What the running program does by itself, at its start and every hour: the day's backup, and erasing what has been in the bin
too long and where people were signed in long ago. Of several processes on the same data one does it. Every minute it sends the messages
that are due; there each process takes messages of its own, see ``services.sent_messages``."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from unionboard import clock, db
from unionboard.config import read_config
from unionboard.log import record
from unionboard.messaging.clockwork import Clockwork
from unionboard.services import condition, sent_messages, sign_ins
from unionboard.services.alone import alone
from unionboard.services.backup_schedule import back_up_daily
from unionboard.services.evidence_store import evidence_place
from unionboard.services.trash_expiry import expire_now

EVERY_S = 3600
MESSAGES_EVERY_S = 60


def _back_up() -> None:
    back_up_daily(now_utc=clock.now_utc())


def _empty_bin() -> None:
    expire_now(now_utc=clock.now_utc(), folder=evidence_place())


def _forget_sign_ins() -> None:
    with db.within(None), db.writing() as session:
        sign_ins.drop_old(session, now_utc=clock.now_utc())


def _forget_messages() -> None:
    with db.within(None), db.writing() as session:
        sent_messages.forget_old(session, now_utc=clock.now_utc())


CHORES: tuple[Callable[[], object], ...] = (_back_up, _empty_bin, _forget_sign_ins, _forget_messages)
_clockwork = Clockwork()


@asynccontextmanager
async def keeping_house() -> AsyncIterator[None]:
    """While the block runs the chores are done, in a thread of their own: nobody waits for them."""
    tasks = [asyncio.create_task(_do_chores()), asyncio.create_task(_send_messages())]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _send_messages() -> None:
    while True:
        await asyncio.sleep(MESSAGES_EVERY_S)
        await asyncio.to_thread(send_messages)


def send_messages() -> None:
    """What is due to anybody by now. What goes wrong is written into the log; of damaged data nothing is touched."""
    try:
        if condition.look().trouble is None:
            _clockwork.tick(today=clock.today(), now_utc=clock.now_utc())
    except Exception as error:  # a folder or a server that is not there
        record(error, where="messages")


async def _do_chores() -> None:
    while True:
        await asyncio.to_thread(do_chores)
        await asyncio.sleep(EVERY_S)


def do_chores() -> None:
    """Each once, unless another process is at them. What goes wrong is written into the log, and the next one is done all the same; of
    damaged data nothing is touched."""
    try:
        with alone(db.current_engine(), read_config().data_dir) as is_alone:
            for chore in CHORES if is_alone else ():
                _do(chore)
    except Exception as error:  # a folder or a server that is not there
        record(error, where="housekeeping")


def _do(chore: Callable[[], object]) -> None:
    if condition.look().trouble is None:
        try:
            chore()
        except Exception as error:
            record(error, where="housekeeping")
