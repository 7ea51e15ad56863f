"""A further language of the pages is one catalogue: the program finds it, speaks it, and stays English where it says nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from unionboard.config import PROJECT_DIR

FRENCH = {
    "Welcome": "Bienvenue",
    "{n} backup": "{n} sauvegarde",
    "{n} backups": "{n} sauvegardes",
    "Chair": "Présidente",
    "this computer": "cet ordinateur",
}
PAGE = """
from streamlit.runtime.context import ContextProxy, StreamlitCookies, StreamlitHeaders
from streamlit.testing.v1 import AppTest
from unionboard.config import FROM_HEADER, LANGUAGES, LOCAL_USER
from unionboard.i18n import name_language, tell_origin, tell_roles, tell_who, translate_count
ContextProxy.headers = property(lambda _: StreamlitHeaders([(FROM_HEADER, "local")]))
ContextProxy.cookies = property(lambda _: StreamlitCookies({}))
at = AppTest.from_file("app.py", default_timeout=30)
at.query_params["lang"] = "fr"
at.run()
print([name_language(code) for code in LANGUAGES])
print([translate_count("fr", "{n} backup", "{n} backups", n) for n in (0, 1, 2)])
print(tell_who("fr", LOCAL_USER), tell_roles("fr", ["chair", "audit"]), tell_origin("fr", "this computer"), sep="; ")
print(at.session_state["language"], at.title[0].value, at.button(key="go_welcome_read").label, sep="; ")
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program with a small French catalogue."""
    for part in ("unionboard", "pages", ".streamlit"):
        shutil.copytree(PROJECT_DIR / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT_DIR / "app.py", tmp_path)
    catalogue = Catalog(locale="fr")
    for english, french in FRENCH.items():
        catalogue.add(english, french)
    folder = tmp_path / "unionboard" / "locale" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "unionboard.po").open("wb") as file:
        write_po(file, catalogue)
    return tmp_path


def test_a_catalogue_is_all_a_language_needs(program: Path, migrated_file: Path) -> None:
    data = program / "data"
    data.mkdir()
    shutil.copy(migrated_file, data / "unionboard.sqlite3")
    env = os.environ | {"PYTHONPATH": str(program), "UNIONBOARD_DATA_DIR": str(data)}
    env.pop("UNIONBOARD_DATABASE_URL", None)

    told = subprocess.run([sys.executable, "-c", PAGE], cwd=program, env=env, capture_output=True, text=True, timeout=120, check=True)

    assert told.stdout.splitlines() == [
        "['中文', 'English', 'français']",
        "['0 sauvegarde', '1 sauvegarde', '2 sauvegardes']",
        "Présidente; Présidente, Audit committee; cet ordinateur",
        "fr; Bienvenue; Read a plan",
    ]
