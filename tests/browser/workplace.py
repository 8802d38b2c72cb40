"""An agent in front of the workplace."""

import base64
from datetime import datetime, timezone

from jawab.desk.agents.pages import desk_words

from .axe import violations

PASSWORD = "صندلی-سبز-پنجره"
TEN = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)  # within the chat's hours in both shops
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Agent:
    """One page of an agent."""

    def __init__(self, page, lang):
        self.page = page
        self.words = desk_words(lang)
        self.notice = page.locator("#notice")
        self.reply = page.get_by_label(self.words["reply"], exact=True)

    def sign_in(self, login="sara", password=PASSWORD):
        self.page.locator("#login").fill(login)
        self.page.locator("#password").fill(password)
        self.press("sign_in")

    def press(self, word):
        self.page.get_by_role("button", name=self.words[word], exact=True).click()

    def write(self, word, text):
        self.page.get_by_label(self.words[word]).fill(text)
        self.page.get_by_label(self.words[word]).press("Enter")

    def wait_for(self, text):
        self.page.get_by_text(text).first.wait_for()

    def entry(self, conversation_id, within="#desk"):
        """The conversation's entry in the lists."""
        return self.page.locator(f"{within} .entry[data-id='{conversation_id}']")

    def open(self, conversation_id):
        """Open a conversation and wait until it stands in the middle."""
        self.entry(conversation_id).click()
        self.page.locator(f".entry[data-id='{conversation_id}'][aria-current]").wait_for()

    def take(self, conversation_id):
        """Open a conversation of the queue and take it."""
        self.entry(conversation_id, "#waiting").click()
        self.press("take")
        self.reply.wait_for()
        self.entry(conversation_id, "#mine").wait_for(state="attached")

    def message(self, author, text):
        """A message of the transcript: of shopper, bot, agent, or an internal note."""
        return self.page.locator(f".transcript .{author}", has_text=text)


def waits(desk, shop="souq", lang="en"):
    """A shopper who waits for a person."""
    chat = desk.begin(shop, lang=lang)
    chat.ask("a person please")
    return chat


def breaches(one):
    """What axe finds on the page of one agent."""
    return violations(one.page)
