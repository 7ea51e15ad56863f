"""How often somebody may fail: counted in memory where one process has the data, in the database where several may (``shared_tries``)."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address
from math import ceil
from threading import Lock
from typing import Protocol

from unionboard.errors.sign_ins import TooManyAttempts
from unionboard.services.shared_tries import opening_shared, uses_server

WINDOW_S = 15 * 60
PER_NAME, PER_ADDRESS = 5, 20
KEPT = 10_000
"""Names and addresses remembered in memory; beyond them the longest quiet are forgotten."""
Key = tuple[str, str]


class Tries(Protocol):
    """Failures under keys, open to one caller at a time; moments in seconds."""

    def recent(self, key: Key, *, since: float) -> list[float]:
        """When it failed after ``since``, the oldest first."""

    def add(self, key: Key, now: float) -> None:
        """One more."""

    def drop(self, key: Key) -> None:
        """All of them are forgotten."""

    def drop_last(self, key: Key) -> None:
        """Only the last one is."""


class Throttle:
    """Counts failures under keys: five a name, twenty an address, in a quarter of an hour.

    An attempt counts as failed from its start until ``forgive``: a hundred at once are not a hundred looks at an empty counter.
    ``clock``: of this process, one that nobody can set back. ``purpose``: what is counted apart from all else.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, *, purpose: str = "", per_address: int = PER_ADDRESS) -> None:
        self._clock, self._purpose, self._per_address = clock, purpose, per_address
        self._memory = _Memory()
        self._lock = Lock()

    def enter(self, *, name: str = "", address: str = "") -> None:
        """One more attempt. Raises: TooManyAttempts, and then it is not looked at whether the password were right."""
        with self._open() as (tries, now):
            keys = self._keys(name, address)
            waits = [wait for key, most in keys if (wait := _wait_s(tries.recent(key, since=now - WINDOW_S), most, now)) > 0]
            if waits:
                raise TooManyAttempts(minutes=ceil(max(waits) / 60))
            for key, _ in keys:
                tries.add(key, now)

    def forgive(self, *, name: str = "", address: str = "") -> None:
        """The attempt was right: the name's failures are forgotten, of the address' only this one, so that whoever has an account of their
        own cannot go on trying others'."""
        with self._open() as (tries, _):
            tries.drop((f"{self._purpose}name", name))
            tries.drop_last((f"{self._purpose}address", _network(address)))

    def forget(self) -> None:
        """Every count of this process begins anew."""
        with self._lock:
            self._memory = _Memory()

    def _keys(self, name: str, address: str) -> list[tuple[Key, int]]:
        told = (("name", name, PER_NAME), ("address", _network(address), self._per_address))
        return [((f"{self._purpose}{kind}", key), most) for kind, key, most in told if key]

    @contextmanager
    def _open(self) -> Iterator[tuple[Tries, float]]:
        if uses_server():
            with opening_shared(window_s=WINDOW_S) as (shared, now):
                yield shared, now
        else:
            with self._lock:
                yield self._memory, self._clock()


class _Memory:
    """The tries of this process."""

    def __init__(self) -> None:
        self._moments: OrderedDict[Key, list[float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._moments)

    def recent(self, key: Key, *, since: float) -> list[float]:
        return [moment for moment in self._moments.get(key, []) if moment > since]

    def add(self, key: Key, now: float) -> None:
        self._moments[key] = [*self.recent(key, since=now - WINDOW_S), now]
        self._moments.move_to_end(key)
        while len(self._moments) > KEPT:
            self._moments.popitem(last=False)

    def drop(self, key: Key) -> None:
        self._moments.pop(key, None)

    def drop_last(self, key: Key) -> None:
        if self._moments.get(key):
            self._moments[key].pop()


def _wait_s(recent: list[float], most: int, now: float) -> float:
    return recent[-most] + WINDOW_S - now if len(recent) >= most else 0


def _network(address: str) -> str:
    """An IPv6 address by its network: one machine has as many of them as it likes."""
    try:
        told = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(IPv6Address(int(told) >> 64 << 64)) if isinstance(told, IPv6Address) and not told.ipv4_mapped else str(told)


attempts = Throttle()
"""What everybody here counts with: signing in, unlocking, the set-up code."""
unknown_tokens = Throttle(purpose="token ", per_address=200)
"""Secret addresses and tokens that open nothing: apart, since a revoked calendar in twenty telephones of a school asks on and must keep
nobody there from signing in; and more of them, since 256 bits are not guessed."""
