"""WhatsApp's phone: up to three buttons under a message, or a list that a button opens."""

from .phone import Choice, Entry, Phone


class WhatsAppPhone(Phone):
    """A chat with the shop's number. WhatsApp vouches for the number that one writes from."""

    app = "whatsapp"

    @property
    def number(self):
        return self.customer.chat

    def _contact(self, number, *, own):
        phones = [{"phone": f"+{number}", "wa_id": number, "type": "CELL"}]
        card = {"name": {"formatted_name": "نورة", "first_name": "نورة"}, "phones": phones}
        return self.customer.send("contacts", [card])

    def _shown(self, id, sent):
        content = sent[sent["type"]]
        words = content.get("body", content.get("caption", content.get("name", "")))
        text = words["text"] if isinstance(words, dict) else words
        kept = self.customer.cloud.media.get(content.get("id"), (None, ""))[0]
        action = content.get("action", {})
        replies = [each["reply"] for each in action.get("buttons", ())]
        rows = [row for section in action.get("sections", ()) for row in section["rows"]]
        choices = tuple(Choice(each["id"], each["title"]) for each in replies + rows)
        label = action.get("button", "")
        name = content.get("filename", "photo.jpg")
        return Entry(id, False, text, kept, name, choices, label)

    def block(self, blocked=True):
        """Block the shop's number; Meta tells nobody, messages fail."""
        super().block(blocked)
        cloud, chat = self.customer.cloud, self.customer.chat
        (cloud.blocked.add if blocked else cloud.blocked.discard)(chat)
