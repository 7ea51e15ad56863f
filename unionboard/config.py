"""Where the data live and how the program is set: from the environment, with defaults that need no configuration."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent
TIME_ZONE = "Asia/Shanghai"
DEFAULT_LANGUAGE = "zh_CN"
LANGUAGES = ("zh_CN", "en")
UPLOAD_LIMIT_MB = 20
FROM_HEADER = "x-unionboard-from"  # set by the gate on everything it lets in: local, phone or network
ADDRESS_HEADER = "x-unionboard-address"
SESSION_COOKIE = "unionboard"
COMMAND_LINE = "command line"  # who signs there, and from where: whoever has the files, not the chair
HOME_UNION = 1  # the union of a database that holds one, and the one commands are about where none is named
LOCAL_USER = "chair"  # as long as there are no accounts, whoever sits at this computer acts as the chair


@dataclass(frozen=True, slots=True)
class Config:
    """``data_dir`` holds the SQLite file, evidence/, forms/ and backups/; ``fixed_today`` replaces the clock for rehearsals and tests.

    ``key_path``: what personal fields are sealed with; it may lie elsewhere than the data. ``union_id``: whose data are meant where nobody
    is signed in.
    """

    data_dir: Path
    database_url: str
    fixed_today: date | None
    key_path: Path
    union_id: int = HOME_UNION

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
    (YYYY-MM-DD), ``UNIONBOARD_UNION`` (the number of a union)."""
    data_dir = Path(
        os.environ.get("UNIONBOARD_DATA_DIR") or PROJECT_DIR / "data"
    ).absolute()  # not resolve(): it asks the disk, dozens of times a page
    fixed = os.environ.get("UNIONBOARD_TODAY")
    return Config(
        data_dir=data_dir,
        database_url=os.environ.get("UNIONBOARD_DATABASE_URL") or f"sqlite:///{(data_dir / 'unionboard.sqlite3').as_posix()}",
        fixed_today=date.fromisoformat(fixed) if fixed else None,
        key_path=Path(os.environ.get("UNIONBOARD_KEY_FILE") or data_dir / "unionboard.key").absolute(),
        union_id=int(os.environ.get("UNIONBOARD_UNION") or HOME_UNION),
    )
