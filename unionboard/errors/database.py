"""The database itself."""

from unionboard.errors import Refusal


class DatabaseBusy(Refusal):
    sentence = "Somebody else is saving at this moment. Nothing was changed; try again."


class DatabaseTooNew(Refusal):
    sentence = "The database was last used by a newer version of the program. Start that version, or go back to a backup."


class DatabaseUnusable(Refusal):
    sentence = "The database “{place}” cannot be used. Check UNIONBOARD_DATA_DIR and UNIONBOARD_DATABASE_URL, and that you may write there."


class ServerAway(Refusal):
    sentence = "The database server cannot be reached at this moment. Nothing was changed; try again in a minute."


class DatabaseReplaced(Refusal):
    sentence = "A backup was restored at this moment. Nothing was changed; look at the page again and repeat what you did."


class DatabaseDamaged(Refusal):
    sentence = "The data file “{place}” is damaged. Nothing is written to it any more; go back to the last good backup."


class DatabaseGone(Refusal):
    sentence = "The data file “{place}” is missing or empty, though there were data. Go back to the last good backup."


class DataReadOnly(Refusal):
    sentence = "The data can be read but not written. Allow writing to “{place}” and its folder, then try again. Nothing was changed."


class DiskFull(Refusal):
    sentence = "Nothing could be written: the disk may be full. Nothing was changed; make room and try again."
