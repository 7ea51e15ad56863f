"""How often a token may ask: counted in this process' memory; several processes behind one address each count their own."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from math import ceil
from threading import Lock

from unionboard.errors.api import TooManyRequests

PER_MINUTE, MINUTE_S = 120, 60
KEPT = 1000


class Rate:
    """``PER_MINUTE`` requests a minute under each key; ``clock`` in seconds, one that nobody can set back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._moments: OrderedDict[int, deque[float]] = OrderedDict()
        self._lock = Lock()

    def enter(self, key: int) -> None:
        """One more request. Raises: TooManyRequests; such a one does not count."""
        with self._lock:
            now = self._clock()
            moments = self._moments.setdefault(key, deque())
            self._moments.move_to_end(key)
            while len(self._moments) > KEPT:
                self._moments.popitem(last=False)
            while moments and moments[0] <= now - MINUTE_S:
                moments.popleft()
            if len(moments) >= PER_MINUTE:
                raise TooManyRequests(seconds=ceil(moments[0] + MINUTE_S - now))
            moments.append(now)

    def forget(self) -> None:
        """Every count begins anew."""
        with self._lock:
            self._moments.clear()


rate = Rate()
