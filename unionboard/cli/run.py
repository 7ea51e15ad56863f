"""Starting the program on this computer, on the command line."""

from typing import Annotated

import typer

from unionboard.cli.shell import app, t
from unionboard.config import read_config
from unionboard.i18n import mark


@app.command("run")
def run_server(
    *,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="PORT", min=1, max=65_535, envvar="STREAMLIT_SERVER_PORT", help=mark("Where the browser finds it.")),
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(
            "--address", metavar="ADDRESS", envvar="STREAMLIT_SERVER_ADDRESS", help=mark("Where it listens; 0.0.0.0 for the whole network.")
        ),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help=mark("Open the browser when it is ready."))] = True,
) -> None:
    """Start the program and open it in the browser, until Ctrl-C. The database is brought up to date first."""
    from unionboard import server

    usual_address, first = server.read_place()
    listens = usual_address if address is None else address
    chosen, runs_already = server.choose_port(listens, port, first=first)
    url = _tell_url(server.reach(listens), chosen)
    if runs_already:
        print(
            t("Unionboard runs already: {url}. For a second one, on other data, name another port: --port {next}", url=url, next=chosen + 1)
        )
        if browser:
            server.open_browser(url)
        return
    if port is None and chosen != first:
        print(t("Another program uses port {port}; this is port {chosen}.", port=first, chosen=chosen), flush=True)
    print(t("Starting …"), flush=True)
    told = "\n".join(
        (
            t("Unionboard is ready: {url}", url=url),
            t("Your data are in {folder}", folder=read_config().data_dir),
            t("Ctrl-C, or closing this window, ends it. What was saved stays."),
        )
    )

    def tell_ready() -> None:
        print(told, flush=True)
        if browser:
            server.open_browser(url)

    server.serve(listens, chosen, ready=tell_ready)
    print(t("Unionboard has ended."), flush=True)


def _tell_url(host: str, port: int) -> str:
    if host == "127.0.0.1":
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
