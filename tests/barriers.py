"""What bars people from a page, as far as a machine can tell: axe, run within the page that a browser shows."""

from axe_playwright_python.base import AXE_SCRIPT

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOUND = "options => axe.run(options).then(found => found.violations)"


def barriers(page, rules=RULES):
    """What axe finds wrong with the page as it is now: the rules that are broken, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(FOUND, {"runOnly": rules, "resultTypes": ["violations"], "selectors": False})
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def colour_barriers(page):
    """The same for colours alone, where nothing but the colours is another than it was."""
    return barriers(page, ["color-contrast", "link-in-text-block"])
