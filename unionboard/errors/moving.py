"""Carrying the data to another place."""

from unionboard.errors import Refusal


class TargetUnknown(Refusal):
    sentence = "“{place}” is no address of a database. Give one as postgresql://user@host/name or sqlite:////folder/unionboard.sqlite3."


class TargetNotEmpty(Refusal):
    sentence = "There are data at “{place}” already. Name an empty place; nothing was changed."


class TargetUnusable(Refusal):
    sentence = "“{place}” cannot be written: {told}. Check the address, the rights and that it is there; nothing was changed."


class SourceFaulty(Refusal):
    sentence = "Something is wrong with the data ({told}), so they were not moved. Run verify and put it right first; nothing was changed."


class SourceOld(Refusal):
    sentence = "The data at “{place}” are of an older version of the program. Bring them up to date with migrate; nothing was changed."


class MoveFailed(Refusal):
    sentence = (
        "What arrived at “{place}” is not what was sent ({told}). It was taken away again, and the data stay where they are. Try once more."
    )


class NothingToMove(Refusal):
    sentence = "Say where to: --to for the database, --to-folder for the data folder."
