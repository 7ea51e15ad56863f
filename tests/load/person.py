"""Somebody at a meeting: signs in through nginx, keeps a session by websocket, looks around, ticks off and takes back.

What the page confirmed is written down, to be looked for in the database afterwards. Whose session breaks off comes back as a browser does.
"""

import http.client
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.bench.wire import Run, Visitor
from tests.load.year import PASSWORD
from unionboard.cluster.proxy import COOKIE
from unionboard.config import SESSION_COOKIE

LOOKS = ("", "fund", "timeline", "summary")
TICKS_PER_LOOK = 2
"""Of three turns two are ticks or their way back."""
BACK_S = 60
BROKEN = (ConnectionClosed, InvalidStatus, OSError, http.client.HTTPException)


@dataclass(frozen=True, slots=True)
class Deed:
    """What a page confirmed: that an activity was ticked, or the tick taken back."""

    activity_id: int
    is_tick: bool


@dataclass(slots=True)
class Notes:
    """What one person met with. ``waits_ms``: of every rerun; ``away_s``: from a broken session to the first page of the next."""

    waits_ms: list[float] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    unsure: list[Deed] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    away_s: list[float] = field(default_factory=list)


class Person:
    """One browser of one account. ``think_s``: the mean pause between two clicks."""

    def __init__(self, port: int, name: str, *, think_s: float) -> None:
        self.name, self.notes, self.think_s = name, Notes(), think_s
        self._port, self._chance = port, random.Random(name)
        self._cookies: dict[str, str] = {}
        self._visitor: Visitor | None = None
        self._tick: Deed | None = None

    @property
    def process(self) -> str:
        """The letter of the process that has the session."""
        return self._cookies.get(COOKIE, "")[:1]

    def sign_in(self) -> None:
        """By the form, as everybody."""
        status = self._ask("POST", "/login", {"name": self.name, "password": PASSWORD})
        assert (status, SESSION_COOKIE in self._cookies) == (303, True), f"{self.name} is not let in: {status}"

    def arrive(self) -> None:
        """Open the check-offs, as a browser does: what it asks before the websocket says which process it will be."""
        for path in ("/checkoffs", "/_stcore/health", "/_stcore/host-config"):
            status = self._ask("GET", path)
            if status != 200:
                raise http.client.HTTPException(f"{path}: {status}")
        told = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._visitor = Visitor(self._port, "checkoffs", self._query, headers={"Cookie": told})
        self._run(self._visitor.rerun)

    def work(self, is_over: Callable[[], bool]) -> None:
        """Until it is over; comes back when the session breaks off."""
        while not is_over():
            try:
                self._take_turn()
            except BROKEN:
                self._come_back()
            except Exception as error:
                self.notes.errors.append(f"{self.name}: {type(error).__name__}: {str(error)[:200]}")
                self._come_back()
            time.sleep(self._chance.expovariate(1 / self.think_s) if self.think_s else 0)

    def leave(self) -> None:
        if self._visitor is not None:
            self._visitor.close()

    @property
    def _query(self) -> str:
        return urlencode({"owner": self.name})

    def _take_turn(self) -> None:
        assert self._visitor is not None
        if self._chance.randrange(1 + TICKS_PER_LOOK) == 0:
            page = self._chance.choice(LOOKS)
            self._run(lambda visitor=self._visitor: visitor.open(page))  # type: ignore[misc]
            self._run(lambda visitor=self._visitor: visitor.open("checkoffs", self._query))  # type: ignore[misc]
            return
        undo, tick = self._visitor.find("undo_"), self._visitor.find("tick_")
        key = undo or tick
        if key is None:
            raise LookupError("nothing to tick")
        activity_id, is_tick = int(key.rpartition("_")[2]), undo is None
        self._tick = Deed(activity_id, is_tick)
        self._run(lambda visitor=self._visitor: visitor.click(key))  # type: ignore[misc]
        if self._visitor.find(f"undo_{activity_id}" if is_tick else f"tick_{activity_id}") is None:
            raise LookupError(f"{key} was clicked and the page does not show it")
        self.notes.deeds.append(self._tick)
        self._tick = None

    def _run(self, ask: Callable[[], Run]) -> None:
        self.notes.waits_ms.append(ask().ms)

    def _come_back(self) -> None:
        """What was clicked and not confirmed may be done or not; what was confirmed must be there."""
        began = time.monotonic()
        if self._tick is not None:
            self.notes.unsure.append(self._tick)
            self._tick = None
        self.leave()
        while True:
            try:
                self.arrive()
            except BROKEN as error:
                if time.monotonic() - began > BACK_S:
                    self.notes.errors.append(f"{self.name} does not get back: {error}")
                    return
                time.sleep(0.5)  # Streamlit's browser side tries again after half a second
            else:
                self.notes.away_s.append(time.monotonic() - began)
                return

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> int:
        """One request with the browser's cookies, which are kept."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        headers = {"Accept": "text/html", "Origin": f"http://127.0.0.1:{self._port}"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, urlencode(form) if form else None, headers)
            answer = connection.getresponse()
            answer.read()
            for name, told in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, value = told.partition(";")[0].partition("=")
                    self._cookies[key] = value
        finally:
            connection.close()
        return answer.status
