"""What the documents say holds: their links, pictures, commands, labels and licences, and that both languages tell the same."""

import json
import os
import re
import shlex
from email.message import Message
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, cast

import click
import pytest
import typer
from sqlalchemy import Engine
from typer.testing import CliRunner

from tests.conftest import Run
from unionboard.cli.shell import app
from unionboard.config import PROJECT_DIR
from unionboard.i18n import load_catalogue, load_sentences
from unionboard.web.guide_text import DOCS, FOLDERS, list_tasks, make_anchor

FILES = sorted([*PROJECT_DIR.glob("*.md"), *DOCS.rglob("*.md")])
IDS = [file.relative_to(PROJECT_DIR).as_posix() for file in FILES]
GUIDES = {language: sorted((DOCS / "guide" / folder).glob("*.md")) for language, folder in FOLDERS.items()}
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<(?:img|a)[^>]* (?:src|href)=\"([^\"]+)\"")
FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
VARIABLE = re.compile(r"\bUNIONBOARD_[A-Z_]+\b")
BEFORE = re.compile(r"^$|(?:^|\s)(?:&&|exec|\w+=\S*|\S*/bin|-u \w+|\S+ exec \w+)$")
"""What may stand before a command of ours: nothing, another command, a setting, a folder."""
OURS = re.compile(r"(?:^|[ /\\])unionboard(?= )")
MAKE_FILE = (PROJECT_DIR / "Makefile").read_text(encoding="utf-8")
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("unionboard", "tests", "deploy")
    for path in (PROJECT_DIR / folder).rglob("*")
    if path.suffix in {".py", ".yaml", ".conf", ".service", ".ps1", ".cmd", ".bat"} or path.name in {"Dockerfile", "Containerfile"}
)
PAPER_SIZES = {"A4", "A3"}
QUOTED = {"zh_CN": re.compile(r"「([^」]+)」"), "en": re.compile(r"“([^”]+)”")}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def list_links(path: Path) -> list[str]:
    """What a file's links and pictures point at; what stands in code is none."""
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", read(path)))
    return [first or second for first, second in LINK.findall(text)]


@cache
def anchors(path: Path) -> frozenset[str]:
    return frozenset(make_anchor(heading) for heading in re.findall(r"^#+ (.+)$", FENCE.sub("", read(path)), re.MULTILINE))


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_links_lead_somewhere(path: Path) -> None:
    lost = []
    for link in list_links(path):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        place, _, anchor = link.partition("#")
        target = (path.parent / place).resolve() if place else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)

    assert lost == []


def list_commands(text: str) -> list[str]:
    """Commands of ours in code: everything after ``unionboard`` in a line of a block, or between backquotes."""
    text = text.replace("python -m unionboard", "unionboard")
    code = [line for block in FENCE.findall(text) for line in block.splitlines()]
    code += [line[4:] for line in text.splitlines() if line.startswith("    ") and not line.lstrip().startswith(("-", "*"))]
    code += re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
    found = [(line, match) for line in code for match in list(OURS.finditer(line.strip()))[-1:]]
    return [line.strip()[match.end() :] for line, match in found if BEFORE.search(line.strip()[: match.start()])]


def split_words(command: str) -> list[str]:
    """The words of a command up to a comment, a pipe or the next command, without what stands in for a file or a number."""
    command = re.split(r"  +|\s#|\s*&&|\s*\||\s·|；|;", command.strip(), maxsplit=1)[0]
    try:
        return [word for word in shlex.split(command) if word not in {"…", "[…]"}]
    except ValueError:
        return command.split()


@cache
def root() -> Any:
    return typer.main.get_command(app)


def find_fault(words: list[str]) -> str:
    """What the command line would not understand of it: a command or an option there is none of. Empty: all is understood."""
    command, context, rest = root(), click.Context(root()), list(words)
    known = {option for parameter in command.params for option in parameter.opts}
    while rest:
        word = rest.pop(0).strip("[]()")
        if word.startswith("-"):
            name = word.partition("=")[0]
            if name not in known | {"--help"}:
                return f"no option {name}"
            takes_value = any(name in p.opts and not getattr(p, "is_flag", False) for p in command.params)
            if takes_value and "=" not in word and rest and not rest[0].startswith("-"):
                rest.pop(0)
        elif isinstance(command, click.Group) or hasattr(command, "commands"):
            found = command.get_command(context, word)
            if found is None:
                return f"no command {word}"
            command, known = found, {option for parameter in found.params for option in parameter.opts}
    return ""


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_commands_are_understood(path: Path) -> None:
    faults = {command: fault for command in list_commands(read(path)) if (fault := find_fault(split_words(command)))}

    assert faults == {}


def list_harmless() -> list[tuple[str, ...]]:
    """Commands of the documents that only look, word for word."""
    looks = (("verify",), ("activities",), ("templates",), ("union", "list"), ("user", "list"), ("trash", "list"))
    told = {tuple(split_words(command)) for path in FILES if path.name != "commands.md" for command in list_commands(read(path))}
    return sorted(words for words in told for look in looks if words[: len(look)] == look and set(words[len(look) :]) <= {"--json"})


def test_commands_that_only_look_succeed(demo: Engine, run: Run) -> None:
    assert len(list_harmless()) > 1
    assert {words: run(*words)[0] for words in list_harmless()} == dict.fromkeys(list_harmless(), 0)


def test_an_option_that_is_none_is_found() -> None:
    told = "Run `python -m unionboard fund --yaer 2026`, then `unionboard fnud`, then `unionboard fund --year 2026 --json`."

    assert [find_fault(split_words(command)) for command in list_commands(told)] == ["no option --yaer", "no command fnud", ""]


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_make_has_the_targets_that_are_named(path: Path) -> None:
    code = "\n".join([*FENCE.findall(read(path)), *re.findall(r"`([^`\n]+)`", read(path))])
    named = set(re.findall(r"(?:^|&& |\s)make ([a-z]+)\b", code, re.MULTILINE))

    assert named <= set(re.findall(r"^([a-z]+):", MAKE_FILE, re.MULTILINE))


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_environment_variables_exist(path: Path) -> None:
    assert {name for name in VARIABLE.findall(read(path)) if name not in CODE} == set()


def list_plurals() -> set[str]:
    """The second forms of ``tn``, which only English has."""
    return set(re.findall(r'\btn\(\s*"[^"]*",\s*"([^"]*)"', CODE))


@cache
def labels(language: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """What the program may say: word for word, and with anything in the place of its slots. The guide writes no emphasis or icons."""
    english = {*(str(message.id) for message in load_catalogue("en")), *list_plurals()}
    said = {*load_sentences("zh_CN").values()} if language == "zh_CN" else english
    plain = {re.sub(r"\*\*|:material/\w+:", "", one).strip() for one in said} | PAPER_SIZES
    with_slots = (one for one in plain if "{" in one and len(one) < 80 and len(re.findall(r"\w", re.sub(r"\{\w+\}", "", one))) > 3)
    return frozenset(plain), tuple(re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(one)) + "$") for one in with_slots)


@pytest.mark.parametrize("language", FOLDERS)
def test_guide_quotes_words_that_stand_on_the_screen(language: str) -> None:
    words, patterns = labels(language)
    quoted = {(path.stem, word) for path in GUIDES[language] for word in QUOTED[language].findall(read(path))}

    assert sorted(one for one in quoted if one[1] not in words and not any(pattern.match(one[1]) for pattern in patterns)) == []


def test_both_languages_tell_the_same_tasks_in_the_same_order() -> None:
    chinese, english = ([task.name for task in list_tasks(language)] for language in FOLDERS)

    assert chinese == english
    for language, paths in GUIDES.items():
        assert {path.stem for path in paths} == {"README", *(task.name for task in list_tasks(language))}


@pytest.mark.parametrize("language", FOLDERS)
def test_a_task_is_a_title_a_reason_and_steps_on_one_page(language: str) -> None:
    for task in list_tasks(language):
        lines = read(DOCS / "guide" / FOLDERS[language] / f"{task.name}.md").splitlines()
        assert (lines[0], lines[1], lines[3]) == (f"# {task.title}", "", ""), task.name
        assert not lines[2].startswith(("#", "1.", "!", "|")), task.name
        assert lines[2] != "", task.name
        assert any(line.startswith(("1. ", "- ", "| ")) for line in lines), task.name
        assert len(lines) < 60, task.name


@pytest.mark.parametrize("task", [task.name for task in list_tasks("en")])
def test_both_languages_have_as_many_steps_and_pictures(task: str) -> None:
    counts = []
    for folder in FOLDERS.values():
        text = read(DOCS / "guide" / folder / f"{task}.md")
        counts.append((len(re.findall(r"^\d+\. ", text, re.MULTILINE)), len(re.findall(r"^\|", text, re.MULTILINE)), text.count("![")))

    assert counts[0] == counts[1]


def test_pictures_are_shown_and_what_is_shown_was_taken_by_the_tests() -> None:
    shown = {(path.parent / link).resolve() for path in FILES for link in list_links(path) if link.endswith(".png")}
    told = json.loads(read(DOCS / "pictures.json"))

    taken = {DOCS / "guide" / "pictures" / f"{name}.png" for name in told}
    there = set(DOCS.rglob("*.png"))

    assert {path.relative_to(DOCS).as_posix() for path in shown ^ taken} == set(), "run: make pictures"
    assert {path.relative_to(DOCS).as_posix() for path in taken ^ there} == set(), "run: make pictures"


def test_command_list_is_the_command_line_s_own() -> None:
    from tests.command_list import PATH, write_list

    assert read(PATH) == write_list(), "run: make commands"


def upper_block(path: Path) -> list[str]:
    """Names of what we chose ourselves in a requirements file."""
    chosen = read(path).partition("# needed by the above")[0].splitlines()
    return [re.split(r"[=\[;<> ]", line)[0] for line in chosen if line and line[0].isalpha()]


def tell_licence(name: str) -> str:
    """What the package's own metadata say: the SPDX expression, else the short licence field, else the classifiers."""
    told = cast(Message, distribution(name).metadata)
    short = (told.get("License") or "").strip()
    classifiers = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or [] if line.startswith("License ::")]
    return told.get("License-Expression") or (short if short and len(short) < 50 and "\n" not in short else "") or ", ".join(classifiers)


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-oidc.txt", "requirements-postgresql.txt", "requirements-s3.txt"])
def test_every_library_stands_in_the_table_with_reason_and_licence(file: str) -> None:
    rows: dict[str, tuple[str, bool]] = {}
    for line in read(DOCS / "dependencies.md").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 4:
            rows |= {name.lower(): (cells[3], bool(cells[1] and cells[2])) for name in re.findall(r"`([^`]+)`", cells[0])}

    wanted = {name.lower(): (tell_licence(name), True) for name in upper_block(PROJECT_DIR / file) if _is_installed(name)}

    assert {name: rows.get(name) for name in wanted} == wanted


def _is_installed(name: str) -> bool:
    return not (name == "uvloop" and os.name == "nt")


def test_help_of_every_command_can_be_asked_for() -> None:
    asked = [["--help"], *([name, "--help"] for name in root().commands)]

    assert {tuple(words): CliRunner().invoke(app, words).exit_code for words in asked} == {tuple(words): 0 for words in asked}


def test_api_s_page_names_every_path_there_is() -> None:
    from unionboard.web.api_door import load_api

    rows = [line.split("|")[1] for line in read(DOCS / "api.md").splitlines() if line.startswith("| `/")]

    named = sorted(path for row in rows for path in re.findall(r"`(/[^`]*)`", row))
    assert named == sorted(re.sub(r"\{\w+\}", "{id}", path) for path in load_api().openapi()["paths"])
