"""A browser's side of the wire: opens a session on a running server and measures script runs through a real websocket."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.cards import list_acts

PATIENCE_S = 120


class BrokenPage(Exception):
    """The page said that it could not be drawn: nothing of it is worth measuring."""


@dataclass(frozen=True, slots=True)
class Run:
    """One script run: milliseconds from request to finished, and what was received meanwhile."""

    ms: float
    received_bytes: int


class Visitor:
    """One session. ``rerun`` runs the script as a click without effect would, ``click`` as one on a button; both as often as the script
    itself asks for.

    It answers as Streamlit's browser side does: with the address the script last wrote, and with the hashes of the large messages it
    holds, which the server then names instead of sending them again.
    """

    def __init__(self, port: int, page: str = "", query: str = "", *, headers: Mapping[str, str] | None = None) -> None:
        address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self._socket: ClientConnection = connect(address, max_size=None, open_timeout=PATIENCE_S, additional_headers=headers)
        self._page, self._query, self._page_hash = page, query, ""
        self._held: dict[str, ForwardMsg] = {}
        self._buttons: dict[str, tuple[str, str]] = {}
        self._cards: tuple[BidiComponent, str] | None = None

    def rerun(self) -> Run:
        return self._run(ClientState())

    def open(self, page: str, query: str = "") -> Run:
        """Go to another page, as by the menu."""
        self._page, self._page_hash, self._query = page, "", query
        return self.rerun()

    def click(self, key: str) -> Run:
        """Click the first button on the page, or on the cards of the check-offs, whose key begins with ``key``.

        Raises: KeyError when there is none.
        """
        acts, name = self._list_acts(), self.find(key)
        if name is None:
            raise KeyError(f"no button {key}… among {sorted({**self._buttons, **acts})}")
        asked = ClientState()
        state = asked.widget_states.widgets.add()
        if self._cards and name in acts:
            state.id, asked.fragment_id, state.json_value = self._cards[0].id, self._cards[1], json.dumps({"acts": [acts[name]]})
        else:
            state.id, asked.fragment_id = self._buttons[name]
            state.trigger_value = True
        return self._run(asked)

    def find(self, key: str) -> str | None:
        """The whole key of the first button on the page whose key begins with ``key``; None when there is none."""
        return next((name for name in (*self._buttons, *self._list_acts()) if name.startswith(key)), None)

    def _list_acts(self) -> dict[str, dict[str, Any]]:
        """What may be pressed on the cards; read when it is asked for, not while a run is timed."""
        return list_acts(json.loads(json.loads(self._cards[0].json)["json"])) if self._cards else {}

    def _run(self, asked: ClientState) -> Run:
        asked.query_string, asked.page_name, asked.page_script_hash = self._query, "" if self._page_hash else self._page, self._page_hash
        asked.cached_message_hashes.extend(self._held)
        if not asked.fragment_id:
            self._buttons, self._cards = {}, None  # those of the run before are drawn anew, or gone
        request = BackMsg(rerun_script=asked).SerializeToString()
        began = time.perf_counter()
        self._socket.send(request)
        received = 0
        while True:
            data = self._socket.recv(timeout=PATIENCE_S)
            assert isinstance(data, bytes)
            received += len(data)
            if self._take(ForwardMsg.FromString(data)):
                return Run((time.perf_counter() - began) * 1000, received)

    def _take(self, answer: ForwardMsg) -> bool:
        """Whether the run is over with this message."""
        kind = answer.WhichOneof("type")
        if kind == "script_finished":
            return answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if kind == "new_session":
            self._page_hash = answer.new_session.page_script_hash
        elif kind == "navigation":
            self._page_hash = answer.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = answer.page_info_changed.query_string
        elif kind == "ref_hash":
            self._look_at(self._held[answer.ref_hash])
        elif kind == "delta":
            self._look_at(answer)
        return False

    def _look_at(self, answer: ForwardMsg) -> None:
        if answer.metadata.cacheable:
            self._held[answer.hash] = answer
        element = answer.delta.new_element
        shown = element.WhichOneof("type")
        if shown == "button":
            self._buttons[element.button.id.split("-", 2)[-1]] = element.button.id, answer.delta.fragment_id
        elif shown == "bidi_component" and element.bidi_component.component_name == "unionboard_cards":
            self._cards = element.bidi_component, answer.delta.fragment_id
        elif shown == "exception" or (shown == "alert" and element.alert.format == Alert.ERROR):
            raise BrokenPage(element.exception.message or element.alert.body)

    def close(self) -> None:
        self._socket.close()

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
