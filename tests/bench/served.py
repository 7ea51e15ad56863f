"""The program with an empty page beside it, for measuring: ``python -m tests.bench.served 8610`` serves the launcher as it is, and at
``/?empty`` the floor of every page: one button, through the same launcher, with the same modules loaded, and without a line of ours.

It lives here so that no user ever meets it. With ``BENCH_PROFILE`` set, the script runs are profiled, and a visit of ``/?profile`` writes
what was gathered to that file.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from tests.bench.empty import draw_empty
from unionboard.config import PROJECT_DIR


def main() -> None:
    from app import app
    from unionboard.ui import frame

    addresses = {"empty": draw_empty}
    draw = frame.show_app
    if to := os.environ.get("BENCH_PROFILE"):
        draw, addresses["profile"] = profiled(draw, Path(to))

    def show() -> None:
        next((addresses[name] for name in addresses if name in st.query_params), draw)()

    frame.show_app = show
    app.run(config={"server.port": int(sys.argv[1]), "server.headless": True})


def profiled(draw: Callable[[], None], to: Path) -> tuple[Callable[[], None], Callable[[], None]]:
    """``draw`` with its calls gathered in one profile, and what writes that to ``to`` and begins anew."""
    from pyinstrument import Profiler

    profiler = Profiler(interval=0.0005)

    def run() -> None:
        with profiler:
            draw()

    def write() -> None:
        if session := profiler.last_session:
            for stack, _ in session.frame_records:  # each run has a thread of its own: taken together they are one
                stack[0] = session.frame_records[0][0][0]
            lines = profiler.output_text(color=False).replace(f"{PROJECT_DIR}/", "").splitlines()
            to.write_text("\n".join(line.rstrip() for line in lines).strip() + "\n", encoding="utf-8")
            profiler.reset()  # type: ignore[no-untyped-call]

    return run, write


if __name__ == "__main__":
    main()
