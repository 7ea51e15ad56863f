"""What keeps a screen reader, a keyboard or weak eyes out, as axe-core finds it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = {"resultTypes": ["violations"]}


def find_barriers(page: Page) -> list[str]:
    """Rule and place of what axe-core calls serious or critical."""
    page.wait_for_function("() => !document.querySelector('[data-stale=\"true\"]')")  # what is being drawn anew is pale
    violations = Axe().run(page, options=AXE).response["violations"]
    return [
        f"{found['id']}: {node['target']}" for found in violations if found["impact"] in ("serious", "critical") for node in found["nodes"]
    ]
