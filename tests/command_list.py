"""docs/commands.md: every command with its options, from the command line's own help. ``make commands`` writes it; a test keeps it true."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import typer

from unionboard.cli.shell import app
from unionboard.config import PROJECT_DIR
from unionboard.i18n import translate

PATH = PROJECT_DIR / "docs" / "commands.md"
_HEAD = """# Commands · 命令

Every command with its options, as `unionboard --help` tells them. Installed as a package the command is `unionboard`; from the folder it
is `python -m unionboard` with the environment's Python (`.venv/bin/python`, on Windows `.venv\\Scripts\\python`). `--lang en` before it
chooses the language of what is printed, `--union NAME` the union where there are several. Exit code 0: done; 1: refused, with one sentence;
2: wrong usage. `UNIONBOARD_DATA_DIR`, `UNIONBOARD_DATABASE_URL` and `UNIONBOARD_KEY_FILE` say where data, database and key are.

每个命令和选项，与 `unionboard --help` 一致。装成软件包后命令就是 `unionboard`；在程序文件夹里用 `.venv/bin/python -m unionboard`。
成功返回 0；被拒绝返回 1 并说一句原因；用法不对返回 2。

"""


def list_commands(group: Any, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command below ``group`` by its whole name, in the order of the help."""
    for name, command in group.commands.items():
        whole = f"{before} {name}".strip()
        if hasattr(command, "commands"):
            yield from list_commands(command, whole)
        else:
            yield whole, command


def write_list() -> str:
    """The page as it should stand."""
    root = typer.main.get_command(app)
    return _HEAD + "\n".join(_tell(name, command) for name, command in list_commands(root))


def _tell(name: str, command: click.Command) -> str:
    usage = " ".join(["unionboard", name, *(_usage(parameter) for parameter in command.params if _is_told(parameter))])
    told = " ".join((command.help or "").split())
    lines = [f"## {name}", "", f"{told}<br>{translate('zh_CN', command.help or '')}", "", f"    {usage}", ""]
    rows = [
        f"| `{'`, `'.join(_names(parameter))}` | {told}<br>{translate('zh_CN', told)} |"
        for parameter in command.params
        if _is_told(parameter) and (told := str(getattr(parameter, "help", "") or ""))
    ]
    return "\n".join([*lines, *(["| Option · 选项 | What it is · 说明 |", "|---|---|", *rows, ""] if rows else [])])


def _is_told(parameter: click.Parameter) -> bool:
    return not getattr(parameter, "hidden", False) and parameter.name != "help"


def _names(parameter: click.Parameter) -> list[str]:
    if parameter.param_type_name == "argument":
        return [str(parameter.metavar or (parameter.name or "").upper()).strip("[]")]
    return [*parameter.opts, *parameter.secondary_opts]


def _usage(parameter: click.Parameter) -> str:
    """``FILE``, ``[--year YYYY]``, ``[--json]``."""
    name = _names(parameter)[0]
    if parameter.param_type_name != "argument" and not getattr(parameter, "is_flag", False):
        name += f" {parameter.metavar or (parameter.name or '').upper()}"
    return name if parameter.required else f"[{name}]"


def main(path: Path = PATH) -> None:
    """Write the page."""
    path.write_text(write_list(), encoding="utf-8")


if __name__ == "__main__":
    main()
