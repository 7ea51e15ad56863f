"""A dataclass -> bytes or text: Word, Excel, Markdown. Pure."""
