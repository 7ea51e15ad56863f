"""What the wheel needs beyond the package: the files beside it that the program reads, and the versions that were tested.

``streamlit run app.py`` wants app.py with pages/ beside it, so they stay at the root of the project. In a wheel the same files lie in
unionboard/_app, under the same names: ``unionboard.config`` knows both places, and nothing else needs to.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

PLACE = "unionboard/_app"
SHIPPED = ("app.py", "pages", ".streamlit/config.toml", "data/samples", "data/templates", "docs/guide", "docs/*.md")
EXTRAS = ("oidc", "postgresql", "s3")


def read_requirements(path: Path) -> list[str]:
    """The pinned packages of a requirements file, without those of files it names."""
    lines = (line.partition("  #")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


def list_shipped(root: Path) -> list[Path]:
    """Files and folders of the project that stand in ``SHIPPED``."""
    return [path for pattern in SHIPPED for path in sorted(root.glob(pattern))]


class Requirements(MetadataHookInterface):
    """An installation holds the versions that were tested together, not what came out since."""

    def update(self, metadata: dict[str, Any]) -> None:
        """From the files that ``make run`` installs from."""
        root = Path(self.root)
        metadata["dependencies"] = read_requirements(root / "requirements.txt")
        metadata["optional-dependencies"] = {extra: read_requirements(root / f"requirements-{extra}.txt") for extra in EXTRAS}


class Shipped(BuildHookInterface[Any]):
    """An editable installation reads the files where they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Lay what is shipped into the package."""
        if version != "editable":
            root = Path(self.root)
            build_data["force_include"] |= {str(path): f"{PLACE}/{path.relative_to(root).as_posix()}" for path in list_shipped(root)}
