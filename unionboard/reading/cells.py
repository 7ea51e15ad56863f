"""What a document is made of before it is understood: lines, headings by style, and tables as grids of cells."""

from dataclasses import dataclass

MAX_ROWS = 3000  # a year's plan has a few dozen rows; what lies below is another register, and is named as left out
MAX_COLUMNS = 64


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as read; ``continued`` when a cell above is merged down over it."""

    text: str
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that is a heading by its style alone; ``level`` 0 is the highest."""

    text: str
    level: int

    def __str__(self) -> str:
        return self.text


Row = tuple[Cell, ...]
Block = str | Heading | list[Row]  # a line of text, or a table
