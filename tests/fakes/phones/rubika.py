"""Rubika's phone: choices are a keypad below the chat."""

from dataclasses import replace

from .phone import Choice, Entry, Phone


class RubikaPhone(Phone):
    """A private chat with the bot."""

    app = "rubika"

    def _key(self, choice):
        return self.customer.press(choice.id)

    def _contact(self, number, *, own):
        contact = {"phone_number": number, "first_name": "سارا", "last_name": ""}
        return self.customer.send(contact_message=contact)

    def _shown(self, id, sent):
        content = self.customer.api.files.get(sent.get("file_id"))
        shown = Entry(id, False, sent.get("text", ""), content, "photo.jpg")
        if not sent.get("chat_keypad_type"):
            return shown
        keypad = sent.get("chat_keypad", {})
        keys = tuple(
            Choice(key["id"], key["button_text"], key["type"] == "AskMyPhoneNumber")
            for row in keypad.get("rows", ())
            for key in row["buttons"]
        )
        return replace(shown, keypad=keys, once=bool(keypad.get("on_time_keyboard")))

    def block(self, blocked=True):
        """Stop the bot; the app tells it."""
        super().block(blocked)
        api = self.customer.api
        (api.blocked.add if blocked else api.blocked.discard)(self.customer.chat)
        self.customer.bring(self.customer.update("StoppedBot" if blocked else "StartedBot"))
