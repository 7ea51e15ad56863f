"""How often somebody may fail: in this process's memory, bounded, by a clock nobody can set back."""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from math import ceil
from threading import Lock

from unionboard.errors.sign_ins import TooManyAttempts

WINDOW_S = 15 * 60
PER_NAME, PER_ADDRESS = 5, 20
KEPT = 10_000
"""Names and addresses remembered; beyond them the longest quiet are forgotten."""


class Throttle:
    """Counts failures under keys: five a name, twenty an address, in a quarter of an hour.

    An attempt counts as failed from its start until ``forgive``: a hundred at once are not a hundred looks at an empty counter.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[tuple[str, str], list[float]] = OrderedDict()
        self._lock = Lock()

    def enter(self, *, name: str = "", address: str = "") -> None:
        """One more attempt. Raises: TooManyAttempts, and then it is not looked at whether the password were right."""
        now = self._clock()
        with self._lock:
            keys = _keys(name, address)
            waits = [wait for key, most in keys if (wait := self._wait_s(key, most, now)) > 0]
            if waits:
                raise TooManyAttempts(minutes=ceil(max(waits) / 60))
            for key, _ in keys:
                self._failures[key] = [*self._recent(key, now), now]
                self._failures.move_to_end(key)
            while len(self._failures) > KEPT:
                self._failures.popitem(last=False)

    def forgive(self, *, name: str = "", address: str = "") -> None:
        """The attempt was right: the name's failures are forgotten, of the address' only this one, so that whoever has an account of their
        own cannot go on trying others'."""
        with self._lock:
            self._failures.pop(("name", name), None)
            tries = self._failures.get(("address", _network(address)), [])
            if tries:
                tries.pop()

    def forget(self) -> None:
        """Every count begins anew."""
        with self._lock:
            self._failures.clear()

    def _recent(self, key: tuple[str, str], now: float) -> list[float]:
        return [moment for moment in self._failures.get(key, []) if now - moment < WINDOW_S]

    def _wait_s(self, key: tuple[str, str], most: int, now: float) -> float:
        recent = self._recent(key, now)
        return recent[-most] + WINDOW_S - now if len(recent) >= most else 0


def _keys(name: str, address: str) -> list[tuple[tuple[str, str], int]]:
    told = (("name", name, PER_NAME), ("address", _network(address), PER_ADDRESS))
    return [((kind, key), most) for kind, key, most in told if key]


def _network(address: str) -> str:
    """An IPv6 address by its network: one machine has as many of them as it likes."""
    try:
        told = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(IPv6Address(int(told) >> 64 << 64)) if isinstance(told, IPv6Address) and not told.ipv4_mapped else str(told)


attempts = Throttle()
"""The counts of this process: signing in, unlocking, the set-up code."""
