"""Every change, by whom and from where."""


def show() -> None:
    """The tab."""
