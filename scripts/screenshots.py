"""Takes the pictures of docs/screenshots from a running system: `make run` in one terminal, `make screenshots` in another."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ADDRESS = f"http://127.0.0.1:{os.environ.get('JAWAB_PORT', '8000')}"
FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}
QUESTIONS = {
    "digikala": {"fa": "چجوری جنسی که خریدم رو پس بدم"},
    "souq": {"ar": "متى تفتحون خدمة العملاء؟", "en": "how do I return an item?"},
}


def widget(page: Any, shop: str, lang: str, question: str) -> None:
    """Ask one question in the widget on the demo shop's page and wait for the answer."""
    page.goto(f"{ADDRESS}/demo/{shop}?lang={lang}")
    page.locator("jawab-widget .launcher").click()
    page.locator("jawab-widget .message.bot").first.wait_for()
    page.locator("jawab-widget .field").fill(question)
    page.locator("jawab-widget .field").press("Enter")
    page.locator("jawab-widget .message.bot").nth(1).wait_for(timeout=30_000)
    page.wait_for_timeout(600)  # let the panel's movement end before the picture


def main() -> None:
    """Write one picture a shop, language and size, and one of each page of questions."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Debian's chromium is not installed (apt install chromium)")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        for size, viewport in SIZES.items():
            for shop, questions in QUESTIONS.items():
                for lang, question in questions.items():
                    page = browser.new_context(viewport=viewport).new_page()
                    widget(page, shop, lang, question)
                    page.screenshot(path=FOLDER / f"widget-{lang}-{size}.png")
                    page.goto(f"{ADDRESS}/faq/{shop}?lang={lang}")
                    page.screenshot(path=FOLDER / f"faq-{lang}-{size}.png")
                    print(f"{shop} {lang} {size}")
        browser.close()


if __name__ == "__main__":
    main()
