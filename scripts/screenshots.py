"""Takes the pictures of docs/screenshots: of the widget from a running system (`make run` in one terminal, `make screenshots` in
another), of the desk's pages from a desk of its own (desk_screenshots.py). `python -m scripts.screenshots desk` takes those alone.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from scripts.desk_screenshots import demo_desk, take_all
from tests.chromium import CHROMIUM, QUIET

ADDRESS = f"http://127.0.0.1:{os.environ.get('JAWAB_PORT', '8000')}"
FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
LARGEST = 150_000  # bytes of a picture
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


def keep(page: Any, name: str) -> None:
    """Write the picture of a page with 256 colours: a third of the size, and nobody sees the difference."""
    with Image.open(BytesIO(page.screenshot())) as taken:
        few = taken.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    file = FOLDER / f"{name}.png"
    few.save(file, optimize=True)
    if (size := file.stat().st_size) > LARGEST:
        sys.exit(f"{file.name} has {size} bytes; {LARGEST} are allowed")
    print(name)


def take_widget(browser: Any) -> None:
    """Let one picture a shop, language and size be kept, and one of each page of questions."""
    for size, viewport in SIZES.items():
        for shop, questions in QUESTIONS.items():
            for lang, question in questions.items():
                page = browser.new_context(viewport=viewport).new_page()
                widget(page, shop, lang, question)
                keep(page, f"widget-{lang}-{size}")
                page.goto(f"{ADDRESS}/faq/{shop}?lang={lang}")
                keep(page, f"faq-{lang}-{size}")


def main() -> None:
    """Take the pictures that are asked for: `desk`, `widget`, or all."""
    if CHROMIUM is None:
        sys.exit("Debian's chromium is not installed (apt install chromium)")
    asked = sys.argv[1:] or ["widget", "desk"]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo_desk() as desk, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        if "widget" in asked:
            take_widget(browser)
        if "desk" in asked:
            take_all(browser, desk, SIZES, keep)
        browser.close()


if __name__ == "__main__":
    main()
