"""Telegram's and Bale's phones: buttons under a message, and keyboards below the chat."""

import time
from dataclasses import replace

from .phone import Choice, Entry, Phone


class BotApiPhone(Phone):
    """A private chat with the bot."""

    def __init__(self, app, customer, shop):
        super().__init__(customer, shop)
        self.app = app

    def _contact(self, number, *, own):
        contact = {"phone_number": number, "first_name": self.customer.user["first_name"]}
        owner = {"user_id": self.customer.user["id"]} if own else {}
        return self.customer.send(contact={**contact, **owner})

    def _shown(self, id, sent):
        markup = sent.get("reply_markup") or {}
        rows = markup.get("inline_keyboard", ())
        choices = tuple(Choice(key["callback_data"], key["text"]) for row in rows for key in row)
        text = sent.get("text") or sent.get("caption", "")
        name = sent.get("document", {}).get("file_name", "") if sent["content"] else ""
        shown = Entry(id, False, text, sent["content"], name or "photo.jpg", choices)
        if not {"keyboard", "remove_keyboard"} & set(markup):
            return shown
        keys = tuple(
            Choice(key["text"], key["text"], bool(key.get("request_contact")))
            for row in markup.get("keyboard", ())
            for key in row
        )
        return replace(shown, keypad=keys, once=bool(markup.get("one_time_keyboard")))

    def block(self, blocked=True):
        """Stop the bot; the app tells it."""
        super().block(blocked)
        customer = self.customer
        (customer.api.blocked.add if blocked else customer.api.blocked.discard)(customer.chat)
        bot = {"user": customer.bot.me}
        now, before = ("kicked", "member") if blocked else ("member", "kicked")
        member = {
            "chat": customer.described,
            "from": customer.user,
            "date": int(time.time()),
            "old_chat_member": {**bot, "status": before},
            "new_chat_member": {**bot, "status": now},
        }
        customer.bring(customer.update(my_chat_member=member))
