"""The command line: a thin shell over the services, for scripts, checks and people who like typing. One module a noun."""

# ruff: noqa: I001 -- in the order in which help lists the commands
from unionboard.cli import run, documents, plan, year, fund, imports, verify, exports, meeting, summary, paper, data, user, backup, trash
from unionboard.cli import handover, everything, move, cluster, union, remind, token
from unionboard.cli.shell import main

__all__ = [
    "backup",
    "cluster",
    "data",
    "documents",
    "everything",
    "exports",
    "fund",
    "handover",
    "imports",
    "main",
    "meeting",
    "move",
    "paper",
    "plan",
    "remind",
    "run",
    "summary",
    "token",
    "trash",
    "union",
    "user",
    "verify",
    "year",
]
