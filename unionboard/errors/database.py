"""The database itself."""

from unionboard.errors import Refusal


class DatabaseBusy(Refusal):
    sentence = "Somebody else is saving at this moment. Nothing was changed; try again."


class DatabaseTooNew(Refusal):
    sentence = "The database was last used by a newer version of the program. Start that version, or go back to a backup."


class DatabaseUnusable(Refusal):
    sentence = "The database “{place}” cannot be used. Check UNIONBOARD_DATA_DIR and UNIONBOARD_DATABASE_URL, and that you may write there."
