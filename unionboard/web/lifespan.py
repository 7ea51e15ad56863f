"""What is done once: before the first visitor the database is brought up to date; when the first may have been served, the imports other
pages and files need are paid, and what is loaded is frozen out of the garbage collector's sight. At the end, sharing with phones is closed.

Streamlit would end every script run with a full collection, which costs more than the run (``runner.postScriptGC``, off in
.streamlit/config.toml). Python's own come seldom, and spare what is frozen. Nothing is frozen while a file watcher reloads modules: that
would leak the stale ones.
"""

import asyncio
import gc
import importlib
import os
import pkgutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from streamlit import App
from streamlit import config as streamlit_config
from streamlit.runtime.pages_manager import PagesManager

from unionboard import i18n, secrecy, ui
from unionboard.config import read_config
from unionboard.log import keep_words_out
from unionboard.services import condition
from unionboard.services.keys import NEW_KEY
from unionboard.web.housekeeping import keeping_house
from unionboard.web.set_up import announce
from unionboard.web.sharing import sharing

PRELOADED = ("docx", "openpyxl")
"""Libraries the pages need; our own page modules are loaded with them, so that hardly a visitor waits for an import. Not pandas: what only
tables that are typed into need would be a third of all memory."""
HEAD_START_S = 2
"""So long the first visitor has the process to themselves."""


@asynccontextmanager
async def prepare(app: App) -> AsyncIterator[None]:
    """Start-up of the server process; runs before it answers."""
    had_key = secrecy.has_key()
    found = condition.open_data()
    if not had_key and secrecy.has_key():
        print(i18n.translate(i18n.choose_language(os.environ.get("UNIONBOARD_LANG")), NEW_KEY, place=read_config().key_path), flush=True)  # noqa: T201
    if found.refusal is not None:  # the pages say it too, and offer the way back
        print(i18n.tell_refusal(i18n.choose_language(os.environ.get("UNIONBOARD_LANG")), found.refusal), file=sys.stderr)  # noqa: T201
    elif (told := announce(i18n.choose_language(os.environ.get("UNIONBOARD_LANG")))) is not None:
        print(told, flush=True)  # noqa: T201 -- read on the console, and nowhere else
    keep_words_out()
    PagesManager.uses_pages_directory = False  # else the first visitor of /fund gets pages/fund.py bare, without the frame
    sharing.attach(app)
    preloading = asyncio.create_task(_preload())
    async with keeping_house():
        yield
    preloading.cancel()
    with suppress(asyncio.CancelledError):
        await preloading
    await sharing.aclose()


async def _preload() -> None:
    """One module after the other: a visitor waits for one of them at most. Collecting garbage is off since ``app.py`` began."""
    try:
        await asyncio.sleep(HEAD_START_S)
        for name in (*PRELOADED, *(module.name for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."))):
            await asyncio.to_thread(importlib.import_module, name)
        if streamlit_config.get_option("server.fileWatcherType") == "none":
            gc.collect()
            gc.freeze()
    finally:
        gc.enable()
