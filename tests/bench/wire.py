"""A browser's side of the wire: opens a session on a running server and measures script runs through a real websocket."""

import time
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


@dataclass(frozen=True, slots=True)
class Run:
    """One script run: milliseconds from request to finished, and bytes received meanwhile."""

    ms: float
    received_bytes: int


class Visitor:
    """One session. ``visit`` opens a page, ``rerun`` runs the script again as a click without effect would."""

    def __init__(self, port: int) -> None:
        self._socket: ClientConnection = connect(f"ws://127.0.0.1:{port}/_stcore/stream", max_size=None)

    def rerun(self, page: str = "", query: str = "") -> Run:
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        began = time.perf_counter()
        self._socket.send(message.SerializeToString())
        received = 0
        while True:
            data = self._socket.recv(timeout=60)
            assert isinstance(data, bytes)
            received += len(data)
            answer = ForwardMsg()
            answer.ParseFromString(data)
            if answer.WhichOneof("type") == "script_finished":
                return Run(ms=(time.perf_counter() - began) * 1000, received_bytes=received)

    def close(self) -> None:
        self._socket.close()
