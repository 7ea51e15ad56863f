"""Backups, and going back to one."""

from unionboard.errors import Refusal


class NoRoom(Refusal):
    sentence = (
        "There is not enough room at {place}: {needed} are needed, {free} are free. Free some room and try again; nothing was changed."
    )


class DataDamaged(Refusal):
    sentence = "The database is damaged, so no backup was made of it: the good ones stay as they are. Go back to the last good backup."


class BackupUnreadable(Refusal):
    sentence = "“{file}” is no backup of this program, or it is damaged. Choose another one; nothing was changed."


class BackupTooNew(Refusal):
    sentence = "“{file}” was made by a newer version of the program. Start that version to restore it; nothing was changed."


class BackupDamaged(Refusal):
    sentence = "“{file}” is damaged: what is in it is not what was backed up. Choose another one; nothing was changed."


class BackupNotThere(Refusal):
    sentence = "There is no backup “{file}” any more. Choose another one."


class DataInUse(Refusal):
    sentence = "The data are in use by another program, so they cannot be replaced now. Stop the program and try again."


class KeyNotFitting(Refusal):
    sentence = "The key {file} does not open the names in this backup. Choose the key that was kept with it; nothing was changed."


class NotForServer(Refusal):
    sentence = "The data are kept by a database server: its keeper restores them with the server's own tools. Nothing was changed."


class NotConfirmed(Refusal):
    sentence = "Nothing was restored. Say --yes to go back to this backup without being asked."


class FolderNotThere(Refusal):
    sentence = "There is no folder {folder} that can be written. Plug the stick in, or type the whole path of another folder."


class FolderNotApart(Refusal):
    sentence = "{folder} belongs to the data themselves. Choose a folder on another disk, a stick or a share."
