"""A browser's side of the wire: opens a session on a running server and measures script runs through a real websocket."""

import time
from dataclasses import dataclass
from types import TracebackType

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

PATIENCE_S = 120


class BrokenPage(Exception):
    """The page said that it could not be drawn: nothing of it is worth measuring."""


@dataclass(frozen=True, slots=True)
class Run:
    """One script run: milliseconds from request to finished, and what was received meanwhile."""

    ms: float
    received_bytes: int
    messages: int


class Visitor:
    """One session. ``rerun`` runs the script as a click without effect would, and as often as the script itself asks for.

    It answers as Streamlit's browser side does: with the address the script last wrote, and with the hashes of the large messages it
    holds, which the server then names instead of sending them again.
    """

    def __init__(self, port: int, page: str = "", query: str = "") -> None:
        self._socket: ClientConnection = connect(f"ws://127.0.0.1:{port}/_stcore/stream", max_size=None, open_timeout=PATIENCE_S)
        self._page, self._query, self._page_hash = page, query, ""
        self._held: set[str] = set()

    def rerun(self) -> Run:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_name, asked.page_script_hash = self._query, "" if self._page_hash else self._page, self._page_hash
        asked.cached_message_hashes.extend(self._held)
        data = message.SerializeToString()
        began = time.perf_counter()
        self._socket.send(data)
        received = messages = 0
        while True:
            data = self._socket.recv(timeout=PATIENCE_S)  # type: ignore[assignment]
            received += len(data)
            messages += 1
            answer = ForwardMsg.FromString(data)
            if self._take(answer):
                return Run((time.perf_counter() - began) * 1000, received, messages)

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
        elif kind == "delta":
            if answer.metadata.cacheable:
                self._held.add(answer.hash)
            element = answer.delta.new_element
            shown = element.WhichOneof("type")
            if shown == "exception" or (shown == "alert" and element.alert.format == Alert.ERROR):
                raise BrokenPage(element.exception.message or element.alert.body)
        return False

    def close(self) -> None:
        self._socket.close()

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
