"""Where the data live and how the program is set: from the environment, with defaults that need no configuration."""

import os
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from platformdirs import user_data_path

_PACKAGE_DIR = Path(__file__).resolve().parent
_SHIPPED_DIR = _PACKAGE_DIR / "_app"
IS_INSTALLED = _SHIPPED_DIR.is_dir()
"""By a wheel, not as the folder of the project: hatch_build.py lays what stands beside the package there into it."""
PROJECT_DIR = _SHIPPED_DIR if IS_INSTALLED else _PACKAGE_DIR.parent
"""Holds app.py, pages/, .streamlit/, data/samples/, data/templates/ and docs/guide/, in both cases."""
COMMAND = "unionboard" if IS_INSTALLED else "python -m unionboard"  # what people type
TIME_ZONE = "Asia/Shanghai"
DEFAULT_LANGUAGE = "zh_CN"
WRITTEN_LANGUAGES = (DEFAULT_LANGUAGE, "en")
"""What names, days, papers and summaries are written in; each has wording of its own in ``drafting`` and ``writing``."""
_CATALOGUES = sorted({file.parent.parent.name for file in (_PACKAGE_DIR / "locale").glob("*/LC_MESSAGES/unionboard.po")})
LANGUAGES = (*WRITTEN_LANGUAGES, *(code for code in _CATALOGUES if code not in WRITTEN_LANGUAGES))
"""What pages can speak: those, and whichever language has a catalogue. See docs/languages.md."""
UPLOAD_LIMIT_MB = 20
FROM_HEADER = "x-unionboard-from"  # set by the gate on everything it lets in: local, phone or network
ADDRESS_HEADER = "x-unionboard-address"
SESSION_COOKIE = "unionboard"
UNION_COOKIE = "unionboard_union"  # whose form to sign in was sent here last; it opens nothing
COMMAND_LINE = "command line"  # who signs there, and from where: whoever has the files, not the chair
HOME_UNION = 1  # the union of a database that holds one, and the one commands are about where none is named
LOCAL_USER = "chair"  # as long as there are no accounts, whoever sits at this computer acts as the chair


@dataclass(frozen=True, slots=True)
class Config:
    """``data_dir`` holds the SQLite file, evidence/, forms/ and backups/; ``fixed_today`` replaces the clock for rehearsals and tests.

    ``key_path``: what personal fields are sealed with; it may lie elsewhere than the data. ``union_id``: whose data are meant where nobody
    is signed in. ``evidence_url``: the bucket for papers and photos; empty: they lie in ``evidence_dir``.
    """

    data_dir: Path
    database_url: str
    fixed_today: date | None
    key_path: Path
    union_id: int = HOME_UNION
    evidence_url: str = ""

    @property
    def evidence_dir(self) -> Path:
        return self.data_dir / "evidence"

    @property
    def form_dir(self) -> Path:
        """The union's own templates."""
        return self.data_dir / "forms"

    @property
    def backup_dir(self) -> Path:
        return self.data_dir / "backups"

    @property
    def log_path(self) -> Path:
        return self.data_dir / "unionboard.log"


def read_config() -> Config:
    """The settings of this process: ``UNIONBOARD_DATA_DIR``, ``UNIONBOARD_DATABASE_URL``, ``UNIONBOARD_KEY_FILE``, ``UNIONBOARD_TODAY``
    (YYYY-MM-DD), ``UNIONBOARD_UNION`` (the number of a union; the command line takes its name, too), ``UNIONBOARD_EVIDENCE_URL``."""
    asked = os.environ.get
    return _understand(
        asked("UNIONBOARD_DATA_DIR"),
        asked("UNIONBOARD_DATABASE_URL"),
        asked("UNIONBOARD_KEY_FILE"),
        asked("UNIONBOARD_TODAY"),
        asked("UNIONBOARD_UNION"),
        asked("UNIONBOARD_EVIDENCE_URL"),
    )


def _choose_data_dir() -> Path:
    """``data`` in the project's folder; installed, the user's own folder for data, which no update and no uninstalling touches."""
    if not IS_INSTALLED:
        return PROJECT_DIR / "data"
    return user_data_path("unionboard", appauthor=False)


@lru_cache(maxsize=32)
def _understand(
    data: str | None, database_url: str | None, key: str | None, today: str | None, union: str | None, evidence_url: str | None
) -> Config:
    """Once for the same words: pages ask dozens of times a run."""
    data_dir = Path(data or _choose_data_dir()).absolute()
    return Config(
        data_dir=data_dir,
        database_url=database_url or f"sqlite:///{(data_dir / 'unionboard.sqlite3').as_posix()}",
        fixed_today=date.fromisoformat(today) if today else None,
        key_path=Path(key or data_dir / "unionboard.key").absolute(),
        union_id=int(union) if union and union.isdecimal() else HOME_UNION,
        evidence_url=evidence_url or "",
    )
