"""Everything taken out as open formats, and brought in again."""

from unionboard.errors import Refusal


class NotEmptyHere(Refusal):
    sentence = "There are records here already, so nothing was brought in. Start the program with an empty data folder and do it there."


class ExportUnreadable(Refusal):
    sentence = "“{file}” is no export of Unionboard, or it is damaged. Choose the .zip that was made with “Take everything with you”."


class ExportIsBackup(Refusal):
    sentence = "“{file}” is a backup. Go back to it under “Data safety”, or with restore on the command line; nothing was changed."


class ExportTooNew(Refusal):
    sentence = "“{file}” was made by a newer version of the program. Bring the program up to date first; nothing was changed."


class ExportDamaged(Refusal):
    sentence = "“{part}” in “{file}” is not what was taken out: the file is damaged or was changed. Take it out again; nothing was changed."


class ExportForeign(Refusal):
    sentence = "“{part}” in “{file}” does not belong into an export, so nothing was brought in. Take everything out again."


class ExportTooLarge(Refusal):
    sentence = "“{part}” in “{file}” is packed as no union's data are, so it was not unpacked. Take it out again; nothing was changed."


class RowsUnreadable(Refusal):
    sentence = "There are values in “{table}” that nobody can read, so nothing was taken out. Run verify and go back to a good backup."


class BringingFailed(Refusal):
    sentence = "What arrived is not what was in “{file}” ({told}). It was taken away again, and nothing was changed. Try once more."
