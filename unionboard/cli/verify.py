"""Whether the books and their papers are in order, on the command line."""

import typer

from unionboard.cli.shell import app, database, t
from unionboard.config import read_config


@app.command()
def verify() -> None:
    """Check the books, the vouchers, closed months and every stored file; print what is wrong."""
    from unionboard.services.verification import verify_books

    with database() as session:
        faults = verify_books(session, evidence_folder=read_config().evidence_dir)
    for fault in faults:
        print(fault.tell(t))
    if faults:
        raise typer.Exit(1)
    print(t("The books and their papers are in order."))
