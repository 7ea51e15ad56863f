"""The rules: plain functions over a Session, one file a noun. They flush; the caller commits."""

from unionboard.services import guard as guard  # no service runs without it
