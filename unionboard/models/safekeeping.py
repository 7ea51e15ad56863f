"""What is known about the safety of the data themselves."""

from datetime import datetime

from sqlmodel import Field

from unionboard.models.base import Row, UtcDateTime


class Safekeeping(Row, table=True):
    """The one row (id 1) about keys and copies.

    ``key_id`` names the key that personal fields are sealed with, never the key; ``key_kept_at_utc``: somebody confirmed that a copy of it
    is kept elsewhere. ``drill_…``: the last backup that was restored on trial and found good.
    """

    id: int | None = Field(default=None, primary_key=True)
    key_id: str = Field(default="", max_length=16)
    key_kept_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    second_folder: str = Field(default="", max_length=300)  # where a copy of every backup goes: a USB stick, a share
    drill_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    drill_backup: str = Field(default="", max_length=120)
    version: int = Field(default=1)
