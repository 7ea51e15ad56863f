"""Templates: plans of our own to start from, each read like any other document."""

from unionboard.config import PROJECT_DIR
from unionboard.errors.plans import NoSuchTemplate
from unionboard.reading.draft import Reading
from unionboard.reading.text import read_text
from unionboard.reference import Named

TEMPLATES_DIR = PROJECT_DIR / "data" / "templates"
_TEMPLATES = (
    Named("school", "学校", "School"),
    Named("hospital", "医院", "Hospital"),
    Named("company", "企业", "Company"),
    Named("community", "社区", "Community"),
)


def list_templates() -> tuple[Named, ...]:
    """The kinds of union there is a template for, with code and names."""
    return _TEMPLATES


def read_template(code: str, *, year: int) -> Reading:
    """The template ``code`` as a plan of ``year``, ready for the desk. Raises: NoSuchTemplate."""
    text = template_text(code, year=year)
    return read_text(text, filename=f"{text.splitlines()[0]}.md")


def template_text(code: str, *, year: int) -> str:
    """The text of template ``code`` for ``year``. Raises: NoSuchTemplate."""
    if code not in {template.code for template in _TEMPLATES}:
        raise NoSuchTemplate(code=code, codes=", ".join(template.code for template in _TEMPLATES))
    return (TEMPLATES_DIR / f"{code}.md").read_text(encoding="utf-8").replace("{year}", str(year))
