"""deploy/compose.yaml, as far as it can be judged without running it."""

import re
from typing import Any

import pytest
import yaml

from hatch_build import SHIPPED
from unionboard.config import PROJECT_DIR

DEPLOY = PROJECT_DIR / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]


@pytest.mark.parametrize("name", ["database", "app", "proxy"])
def test_whatever_goes_on_is_looked_after(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_each_waits_for_what_it_stands_on() -> None:
    waits = {(name, on): told["condition"] for name, service in SERVICES.items() for on, told in service.get("depends_on", {}).items()}

    assert waits == {
        ("migrate", "database"): "service_healthy",
        ("app", "database"): "service_healthy",
        ("app", "migrate"): "service_completed_successfully",
        ("proxy", "app"): "service_healthy",
    }


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_every_value_without_a_default_stands_in_the_example() -> None:
    wanted = set(re.findall(r"\$\{(\w+):\?", (DEPLOY / "compose.yaml").read_text(encoding="utf-8")))
    named = set(re.findall(r"^(\w+)=", (DEPLOY / "example.env").read_text(encoding="utf-8"), re.MULTILINE))

    assert wanted <= named


def test_what_compose_mounts_and_builds_is_there() -> None:
    mounted = [volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"] if volume.startswith("./")]
    built = [SERVICES["app"]["build"]["dockerfile"].removeprefix("deploy/"), *(name.removeprefix("./") for name in mounted)]

    assert sorted(built) == ["Caddyfile", "Dockerfile", "database.sh"]
    assert all((DEPLOY / name).is_file() for name in built)


def test_what_the_image_copies_is_there() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)

    sources = [path for line in copied for path in line.split()]

    assert [path for path in sources if not list(PROJECT_DIR.glob(path))] == []
    assert [path for path in SHIPPED if path not in sources] == []


def test_image_is_let_see_what_it_copies() -> None:
    seen = [
        line.removeprefix("!") for line in (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"
    ]

    assert [path for path in SHIPPED if path not in seen] == []


def test_program_in_the_image_has_no_rights() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")

    assert re.findall(r"^USER (\S+)$", text, re.MULTILINE) == re.findall(r"useradd --system --uid (\d+)", text) == ["10001"]
    assert (SERVICES["app"]["cap_drop"], SERVICES["app"]["read_only"]) == (["ALL"], True)
