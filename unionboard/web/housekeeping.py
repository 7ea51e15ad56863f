"""What the running program does by itself, at its start and every hour: the day's backup, and erasing what has been in the bin
too long and where people were signed in long ago. Of several processes on the same data one does it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from unionboard import clock, db
from unionboard.config import read_config
from unionboard.log import record
from unionboard.services import condition, sign_ins
from unionboard.services.alone import alone
from unionboard.services.backup_schedule import back_up_daily
from unionboard.services.evidence_store import evidence_place
from unionboard.services.trash_expiry import expire_now

EVERY_S = 3600


def _back_up() -> None:
    back_up_daily(now_utc=clock.now_utc())


def _empty_bin() -> None:
    expire_now(now_utc=clock.now_utc(), folder=evidence_place())


def _forget_sign_ins() -> None:
    with db.within(None), db.writing() as session:
        sign_ins.drop_old(session, now_utc=clock.now_utc())


CHORES: tuple[Callable[[], object], ...] = (_back_up, _empty_bin, _forget_sign_ins)


@asynccontextmanager
async def keeping_house() -> AsyncIterator[None]:
    """While the block runs the chores are done, in a thread of their own: nobody waits for them."""
    task = asyncio.create_task(_do_chores())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


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
