"""Several processes behind one address, on the command line; docs/cluster.md tells the whole of it."""

import os
from pathlib import Path
from typing import Annotated

import typer

from unionboard.cli.shell import app, t
from unionboard.config import COMMAND, read_config
from unionboard.i18n import mark


@app.command("cluster")
def run_cluster(
    *,
    processes: Annotated[int, typer.Option("--processes", metavar="N", min=1, max=26, help=mark("How many; one for each core."))] = max(
        2, os.cpu_count() or 2
    ),
    address: Annotated[str, typer.Option("--address", help=mark("Where nginx listens; 0.0.0.0 for the whole network."))] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", max=65_000, help=mark("The port people open; the processes take those after it."))] = 8600,
    database_port: Annotated[int, typer.Option("--database-port", max=65_535, help=mark("The port of the PostgreSQL it starts."))] = 5433,
    name: Annotated[list[str] | None, typer.Option("--name", help=mark("A name under which people open it."))] = None,
    certificate: Annotated[Path | None, typer.Option("--certificate", help=mark("A certificate, for https."), show_default=False)] = None,
    certificate_key: Annotated[Path | None, typer.Option("--certificate-key", help=mark("Its key."), show_default=False)] = None,
) -> None:
    """Run several processes behind nginx on one PostgreSQL, until Ctrl-C."""
    from unionboard.cluster.launcher import ENVIRONMENT, Cluster
    from unionboard.cluster.proxy import Address

    folder = cluster_folder()
    certificates = [one.absolute() if one else None for one in (certificate, certificate_key)]

    def tell_ready(opened: str) -> None:
        print(t("{n} processes work behind {address}. Ctrl-C ends them.", n=processes, address=opened), flush=True)
        print(
            t(
                "Commands work on the same data after “. {environment}”. Through nginx nobody counts as this computer: without accounts, "
                "make the first one with “{command} user add NAME --role chair”.",
                environment=folder / ENVIRONMENT,
                command=COMMAND,
            ),
            flush=True,
        )

    Cluster(
        folder,
        Address(address, port, *certificates),
        processes,
        database_port,
        names=tuple(name or ()),
        tell=lambda told: print(told, flush=True),
        tell_ready=tell_ready,
    ).run()


@app.command("upgrade")
def upgrade_cluster() -> None:
    """Replace a running cluster's processes, one after the other, by those of the version this command belongs to."""
    from unionboard.cluster.launcher import Release, ask_to_upgrade

    ask_to_upgrade(cluster_folder(), Release())
    print(t("All processes are of this version now."))


def cluster_folder() -> Path:
    """What the cluster of the configured data runs on: beside them."""
    return read_config().data_dir / "cluster"
