"""``make messages``: collect the English sentences of the code and bring the catalogues up to date with them.

New sentences are added without a translation; sentences no longer in the code are dropped. One that stands in a table of words and is
translated elsewhere is kept as long as its string is there; ``mark("…")`` makes sure that it is also missed when it lacks a translation.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from unionboard.config import LANGUAGES, PROJECT_DIR, WRITTEN_LANGUAGES

FUNCTIONS = {"t": 1, "tn": 1, "mark": 1}
"""Functions whose first so many arguments are msgids; the plural of ``tn`` is only English, Chinese has one form."""
COMMANDS = ("app.command", "app.callback")
"""Decorators of functions whose docstring is shown as help."""


def python_files() -> list[Path]:
    """All files that may hold sentences."""
    return sorted([PROJECT_DIR / "app.py", *(PROJECT_DIR / "pages").glob("*.py"), *(PROJECT_DIR / "unionboard").rglob("*.py")])


def find_sentences(path: Path) -> Iterator[tuple[str, int]]:
    """(msgid, line) of ``t("…")``, ``tn("…", …)``, ``mark("…")``, of ``sentence = "…"`` in a refusal and of a command's docstring."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and any(name in ast.unparse(it) for it in node.decorator_list for name in COMMANDS):
            yield ast.get_docstring(node) or "", node.lineno
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for argument in node.args[: FUNCTIONS.get(name, 0)]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value, node.lineno
        elif isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == "sentence" for target in targets):
                yield str(node.value.value), node.lineno


def collect_sentences() -> dict[str, list[tuple[str, int]]]:
    """Every msgid of the code with the places it stands in."""
    found: dict[str, list[tuple[str, int]]] = {}
    for path in python_files():
        for msgid, line in find_sentences(path):
            found.setdefault(msgid, []).append((path.relative_to(PROJECT_DIR).as_posix(), line))
    return found


def collect_plurals() -> list[str]:
    """What ``tn`` says of many: for catalogues of languages with more than one form."""
    calls = (
        node for path in python_files() for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    )
    told = (node.args[1] for node in calls if ast.unparse(node.func).split(".")[-1] == "tn" and len(node.args) > 1)
    return sorted({str(one.value) for one in told if isinstance(one, ast.Constant)})


def collect_strings() -> set[str]:
    """Every string of the code, whatever it is for."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in python_files())
    return {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def catalogue_path(language: str) -> Path:
    """Where the catalogue of ``language`` stands."""
    return PROJECT_DIR / "unionboard" / "locale" / language / "LC_MESSAGES" / "unionboard.po"


def main() -> None:
    """Rewrite the catalogues in place."""
    found, strings = collect_sentences(), collect_strings()
    for language in LANGUAGES:
        path = catalogue_path(language)
        with path.open("rb") as file:
            old = read_po(file, locale=language)
        known = {str(message.id): str(message.string) for message in old if message.id and message.string}
        new = Catalog(
            locale=language,
            project="unionboard",
            version=old.version,
            header_comment="# Unionboard: every sentence of the program; `make messages` keeps the list up to date.",
            creation_date=old.creation_date,
            fuzzy=False,
        )
        of_many = [] if language in WRITTEN_LANGUAGES else [msgid for msgid in collect_plurals() if msgid not in found]
        for msgid in [*found, *of_many, *(msgid for msgid in known if msgid in strings and msgid not in found)]:
            places = sorted({place for place, _ in found.get(msgid, [])})
            new.add(msgid, known.get(msgid, ""), locations=[(place, 0) for place in places])
        with path.open("wb") as file:
            write_po(file, new, width=120, sort_output=True, include_lineno=False)
        missing = [msgid for msgid in found if language != "en" and msgid not in known]
        print(f"{language}: {len(new)} sentences, {len(missing)} without a translation")
        for msgid in missing:
            print("  ", msgid)


if __name__ == "__main__":
    main()
