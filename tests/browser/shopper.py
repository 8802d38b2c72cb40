"""What a shopper does with the widget and sees of it."""

import json


class Shopper:
    """One page with the widget; locators pierce the open shadow root."""

    def __init__(self, page):
        self.page = page
        self.context = page.context
        self.root = page.locator("jawab-widget .root")
        self.launcher = page.locator("jawab-widget .launcher")
        self.panel = page.locator("jawab-widget .panel")
        self.field = page.locator("jawab-widget .field")
        self.notice = page.locator("jawab-widget .notice")
        self.typing = page.locator("jawab-widget .typing")
        self.sheet = page.locator("jawab-widget .sheet")
        self.badge = page.locator("jawab-widget .count")

    def open(self):
        """Press the corner button and wait for the greeting."""
        self.launcher.click()
        self.message("bot").first.wait_for()

    def message(self, author, text=None):
        """Messages of "shopper", "bot" or "agent"."""
        return self.page.locator(f"jawab-widget .message.{author}", has_text=text)

    def say(self, text):
        """Type and send."""
        self.field.fill(text)
        self.field.press("Enter")

    def answered(self, text):
        """Wait for the fake Rasa's echo of this text."""
        self.message("bot", f"پاسخ: {text}").first.wait_for()

    def ask(self, text):
        """Say and wait for the answer."""
        self.say(text)
        self.answered(text)

    def texts(self, author):
        """What was said, in order."""
        return self.message(author).locator(".bubble").all_inner_texts()

    def find(self, selector, text=None):
        """A part of the widget."""
        return self.page.locator(f"jawab-widget {selector}", has_text=text)

    @property
    def kept(self):
        """What the widget keeps in the browser, by key."""
        stored = self.page.evaluate("() => ({ ...localStorage })")
        return {key.split(".", 2)[2]: json.loads(value) for key, value in stored.items()}

    @property
    def conversation(self):
        """Id and token of the conversation."""
        return self.kept["conversation"]
