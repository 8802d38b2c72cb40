"""A shopper with WhatsApp, as the fake of Meta's cloud brings their messages."""

import httpx

from .whatsapp import APP_SECRET, message, signed, webhook


class WhatsAppCustomer:
    """A shopper with WhatsApp; `hook` is the address that Meta knows."""

    def __init__(self, cloud, hook, number):
        self.cloud, self.hook, self.chat = cloud, hook, str(number)
        self.statuses, self.last = [], b""

    def send(self, type, content, **more):
        id = f"wamid.IN{next(self.cloud.ids)}"
        self.bring(self.written(type, content, id=id, **more))
        return id

    def written(self, type, content, **more):
        """A webhook with one message of this shopper."""
        return webhook(message(type, content, shopper=self.chat, **more), shopper=self.chat)

    def held(self, text):
        """What was written and is still on its way; `bring` brings it."""
        return self.written("text", {"body": text}, id=f"wamid.IN{next(self.cloud.ids)}")

    def again(self):
        """Let the app bring the last update again."""
        self.statuses.append(self.post(self.last))

    def say(self, text):
        return self.send("text", {"body": text})

    def start(self):
        return self.send("request_welcome", {})

    def press(self, button):
        reply = {"type": "list_reply", "list_reply": {"id": button, "title": "x"}}
        return self.send("interactive", reply)

    def photo(self, content, caption=""):
        id = self.cloud.keep(content, "image/jpeg")
        return self.send("image", {"id": id, "mime_type": "image/jpeg", "caption": caption})

    def document(self, content, caption=""):
        id = self.cloud.keep(content, "application/pdf")
        told = {"id": id, "mime_type": "application/pdf", "filename": "رسید.pdf"}
        return self.send("document", {**told, "caption": caption})

    def voice(self, content):
        id = self.cloud.keep(content, "audio/ogg")
        return self.send("audio", {"id": id, "mime_type": "audio/ogg", "voice": True})

    def share(self, *, own=True):
        """Share one's own number, or a card of somebody else; the number."""
        number = self.chat if own else "966501234567"
        phones = [{"phone": f"+{number}", "wa_id": number}]
        self.send("contacts", {}, contacts=[{"phones": phones}])
        return f"+{number}"

    def unheard_of(self):
        """Let the app tell what is nobody's message."""
        self.send("reaction", {"message_id": "wamid.0", "emoji": "👍"})
        self.send("system", {"body": "changed number"})
        other = webhook(message("text", {"body": "x"}, id="wamid.X"), phone="999")
        self.bring(other.replace(b'"messages"', b'"account_update"', 1))

    def edit(self, id, text):
        now = {"type": "text", "text": {"body": text}}
        return self.send("edit", {"original_message_id": id, "message": now})

    def remove(self, id):
        return self.send("revoke", {"original_message_id": id})

    def sticker(self):
        return self.send("sticker", {"id": "9", "mime_type": "image/webp"})

    def location(self):
        return self.send("location", {"latitude": 35.7, "longitude": 51.4})

    def odd(self):
        return self.send("order", {"catalog_id": "1"})

    def bring(self, body):
        self.last = body
        self.statuses.append(self.post(body))

    def post(self, body, *, wrong=False):
        headers = signed(body, "guessed" if wrong else APP_SECRET)
        return httpx.post(self.hook, content=body, headers=headers, trust_env=False).status_code

    @property
    def body(self):
        """The last update as it goes over the wire."""
        return self.last

    @property
    def said(self):
        return [each for each in self.cloud.sent if each.get("to") == self.chat]

    @property
    def texts(self):
        return [_words(each) for each in self.said]

    @property
    def buttons(self):
        shown = [each["interactive"]["action"] for each in self.said if "interactive" in each]
        action = shown[-1] if shown else {}
        replies = [each["reply"] for each in action.get("buttons", ())]
        rows = [row for section in action.get("sections", ()) for row in section["rows"]]
        return {each["title"]: each["id"] for each in replies + rows}


def _words(sent):
    content = sent[sent["type"]]
    words = content["body"] if "body" in content else content.get("caption", "")
    return words["text"] if isinstance(words, dict) else words
