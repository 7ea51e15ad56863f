"""What somebody may not do."""

from unionboard.errors import Refusal


class NotYours(Refusal):
    """``roles``: codes of those who may."""

    sentence = "Your account may not do this. It is for: {roles}."


class SignedForAnother(Refusal):
    sentence = "You are signed in as {name}, so nothing can be recorded in another's name. Sign out, and let them sign in themselves."


class Locked(Refusal):
    sentence = "Personal details are locked. Unlock them first; they stay open for 10 minutes."


class SignedOut(Refusal):
    sentence = "You are signed out. Sign in again; nothing was changed."
