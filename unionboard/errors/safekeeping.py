"""Keys, backups and what became of the data."""

from unionboard.errors import Refusal


class KeyMissing(Refusal):
    sentence = "The key to names and private papers is missing. Put its copy back at {place}; until then no new names can be kept."


class KeyFits(Refusal):
    sentence = "The key is in its place and fits these data. There is no need for a new one."


class KeyUnreadable(Refusal):
    sentence = "The key at {place} does not fit these data or cannot be read. Put the right copy back; nothing was changed."
