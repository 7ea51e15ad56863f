"""What to do when the data cannot be opened: the newest good backup, and the command that goes back to it."""

from unionboard.cli.shell import t, tell_moment
from unionboard.config import COMMAND, read_config


def tell_way_back() -> str:
    """The way back from damaged or missing data, in this run's language. Reads a whole backup, or more where some are damaged: seconds."""
    from unionboard.services.backup_checks import find_sound

    config = read_config()
    backup = find_sound(config.backup_dir)
    if backup is None:
        place = config.data_dir
        return t("No good backup was found. Copy the whole folder {folder} before anything else, then ask for help.", folder=place)
    command = f'{COMMAND} restore "{backup.path}"'
    return t("The newest good backup is of {moment}. To go back to it: {command}", moment=tell_moment(backup.made_at_utc), command=command)
