"""What a shopper in several apps does, and what may be told where."""

import re

from sqlalchemy import select

from jawab.support.apps.tables import chats

from ...unit.desk.running import eventually

TOKENS = {
    "digikala-telegram": "1:digikala",
    "souq-telegram": "2:souq",
    "digikala-bale": "3:digikala",
}
LINK = re.compile(r"https://(t\.me|ble\.ir)/(\w+)\?start=([A-Za-z0-9_-]{1,64})")
YES, NO = "بله، خودم بودم", "نه"


def conversation(desk, customer):
    """The id of this chat's conversation."""
    with desk.services.database.reading() as connection:
        here = chats.c.chat == str(customer.chat)
        return connection.execute(select(chats.c.conversation_id).where(here)).scalar_one()


def link(chat, app="digikala-telegram"):
    """Ask for a link on the site; its parts."""
    (reply,) = chat.ask(app=app)
    return LINK.search(reply["text"]).groups()


def share(customer, phone="989121234567", *, owner=None):
    """Share a number by the app's own means, one's own unless another owner is named."""
    before = len(customer.texts)
    card = {"phone_number": phone, "first_name": "x", "user_id": owner or abs(customer.chat)}
    customer.send(contact=card)
    eventually(lambda: len(customer.texts) > before)


def open_(customer, token):
    """Open the link; the words that come."""
    before = len(customer.texts)
    customer.say(f"/start {token}")
    eventually(lambda: len(customer.texts) > before)
    return customer.texts[-1]


def press(customer, title):
    before = len(customer.texts)
    customer.press(customer.buttons[title])
    eventually(lambda: len(customer.texts) > before)
    return customer.texts[-1]


def told(desk, customer_or_id):
    """The conversations whose tickets may be told here."""
    id = customer_or_id if isinstance(customer_or_id, str) else conversation(desk, customer_or_id)
    return set(desk.services.persons.told_to(id))
