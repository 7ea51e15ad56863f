"""Which backups are kept: 7 days, 4 weeks, 12 months, and always the newest of sound data. Nothing else in the folder is touched."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from unionboard.clock import local_day
from unionboard.services.backup_files import BackupFile, list_backups

YOUNG = timedelta(hours=24)


def _day(day: date) -> object:
    return day


def _week(day: date) -> object:
    return day.isocalendar()[:2]


def _month(day: date) -> object:
    return day.year, day.month


_KEPT: Sequence[tuple[Callable[[date], object], int]] = ((_day, 7), (_week, 4), (_month, 12))
"""Of so many periods in which there are backups the newest one each; days, weeks and months are those where the union is."""


def choose_kept(backups: Iterable[BackupFile], *, now_utc: datetime) -> frozenset[Path]:
    """The backups that stay. Copies of data with which something was wrong take no place from good ones.

    What is younger than a day stays, and so does what comes from the future: the clock was set back, and nobody knows which is right.
    """
    newest_first = sorted(backups, key=lambda backup: (backup.made_at_utc, backup.name), reverse=True)
    good = [backup for backup in newest_first if backup.is_good]
    kept = {backup.path for backup in newest_first if now_utc - backup.made_at_utc < YOUNG}
    for some in (newest_first, good):
        past = [backup for backup in some if backup.made_at_utc <= now_utc]
        for period, most in _KEPT:
            first = dict[object, Path]()
            for backup in past:
                first.setdefault(period(local_day(backup.made_at_utc)), backup.path)
            kept.update(list(first.values())[:most])
    if good:
        kept |= {good[0].path, max(good, key=lambda backup: backup.manifest.chain_id).path}
    return frozenset(kept)


def prune(folder: Path, *, now_utc: datetime) -> tuple[str, ...]:
    """Remove the backups in ``folder`` that are not kept; their names.

    One that cannot be read is left for people to look at, and so is for a day one that was only now put there.
    """
    backups = list_backups(folder)
    kept, gone = choose_kept(backups, now_utc=now_utc), []
    for backup in backups:
        with suppress(OSError):
            if backup.path not in kept and now_utc.timestamp() - backup.path.stat().st_mtime > YOUNG.total_seconds():
                backup.path.unlink()
                gone.append(backup.name)
    return tuple(gone)
