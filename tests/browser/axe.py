"""What axe-core finds on a page, by the rules of WCAG 2.0 to 2.2, levels A and AA."""

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page, **options):
    """One line for each place that breaks a rule."""
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}, **options)
    return [
        f"{violation['id']}: {node['html'][:120]} {node['failureSummary']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]
