"""Who may come in: accounts, their roles, and where each is signed in."""


def show() -> None:
    """The tab."""
