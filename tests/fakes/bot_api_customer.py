"""A person in a chat with a bot of the fake Bot API: writes, presses, and reads what came."""

import json
import time

import httpx

SECRET = "X-Telegram-Bot-Api-Secret-Token"


class Customer:
    """A person with the app in hand, in a private chat or a group."""

    def __init__(self, api, bot, chat, *, name="سارا", lang="fa", group=False):
        self.api, self.bot, self.chat = api, bot, chat
        self.user = {"id": abs(chat), "is_bot": False, "first_name": name, "language_code": lang}
        self.described = {"id": chat, "type": "group" if group else "private"}
        api.chats[chat] = self.described
        self.statuses, self.last = [], {}

    def update(self, **content):
        """An update of this content, with the next number."""
        return {"update_id": self.api.number(), **content}

    def message(self, **content):
        """A message in this chat."""
        return {
            "message_id": self.api.message_number(),
            "date": int(time.time()),
            "from": self.user,
            "chat": self.described,
            **content,
        }

    def say(self, text, **more):
        """Write; returns the update."""
        return self.bring(self.update(message=self.message(text=text, **more)))

    def start(self, payload=None):
        """Press "Start", or open a deep link."""
        return self.say(f"/start {payload}" if payload else "/start")

    def held(self, text):
        """What was written and is still on its way; `bring` brings it."""
        return self.update(message=self.message(text=text))

    def again(self):
        """Let the app bring the last update again."""
        self.bring(self.last)

    def send(self, **content):
        """Send a message of any content."""
        return self.bring(self.update(message=self.message(**content)))

    def photo(self, content, **more):
        """Send a photo, which the app keeps in two sizes."""
        small, large = self.api.keep(b"small"), self.api.keep(content, "photo.jpg")
        sizes = [{**small, "width": 90, "height": 60}, {**large, "width": 900, "height": 600}]
        return self.send(photo=sizes, **more)

    def document(self, content, kind="document", **more):
        """Send a document, or a voice note."""
        told = {"file_name": "رسید.pdf", "mime_type": "application/pdf"}
        if kind == "voice":
            told = {"duration": 3, "mime_type": "audio/ogg"}
        return self.send(**{kind: {**self.api.keep(content, "x"), **told}}, **more)

    def voice(self, content):
        """Send a voice note."""
        return self.document(content, kind="voice")

    def album(self, *contents, caption=""):
        """Send photos as one message."""
        for content in contents:
            self.photo(content, media_group_id=f"g{self.chat}", caption=caption)
            caption = ""

    def share(self, *, own=True):
        """Share one's own number, or a card of somebody else; the number."""
        phone, owner = ("989127654321", abs(self.chat)) if own else ("989121234567", 1)
        self.send(contact={"phone_number": phone, "first_name": "x", "user_id": owner})
        return f"+{phone}"

    def sticker(self):
        return self.send(sticker={"file_id": "s", "emoji": "😀"})

    def location(self):
        return self.send(location={"latitude": 35.7, "longitude": 51.4})

    def odd(self):
        """Send something that nobody reads."""
        return self.send(dice={"value": 3})

    def unheard_of(self):
        """Let the app tell what is nobody's message."""
        self.bring(self.update(business_connection={"id": "1"}))
        self.bring(self.update(message_reaction={"chat": {"id": self.chat}}))
        self.bring(self.update(my_chat_member={"chat": {"id": self.chat}}))

    def press(self, button, *, id=None):
        """Press an inline button of a message."""
        id = id or f"2{self.api.number()}"
        last = self.said[-1] if self.said else self.message(text="")
        shown = {key: value for key, value in last.items() if key != "content"}
        query = {"id": id, "from": self.user, "message": shown, "chat_instance": "1"}
        return self.bring(self.update(callback_query={**query, "data": button}))

    def edit(self, update, text):
        """Edit a message that was sent."""
        edited = {**update["message"], "text": text, "edit_date": int(time.time())}
        return self.bring(self.update(edited_message=edited))

    def bring(self, update):
        """Bring an update to where the bot wants it; to a webhook as the app does, until it says 200."""
        self.last = update
        if not self.bot.webhook:
            self.bot.updates.append(update)
            return update
        self.statuses.append(self.post(json.dumps(update).encode()))
        return update

    def post(self, body, *, secret=None, path="", wrong=False):
        """POST to the webhook once, or as somebody who has not the secret; the status."""
        hook = self.bot.webhook
        if wrong:
            secret, path = ("guess", "") if hook["secret"] else ("", "x")
        given = hook["secret"] if secret is None else secret
        headers = {SECRET: given} if given else {}
        return httpx.post(
            hook["url"] + path,
            content=body,
            headers={"Content-Type": "application/json", **headers},
            timeout=15,
            trust_env=False,
        ).status_code

    @property
    def said(self):
        """What was sent to this chat, in order."""
        return [each for each in self.api.sent if each["chat"]["id"] == self.chat]

    @property
    def body(self):
        """The last update as it goes over the wire."""
        return json.dumps(self.last).encode()

    @property
    def texts(self):
        return [each.get("text") or each.get("caption", "") for each in self.said]

    @property
    def buttons(self):
        """The buttons of the last message that has some: their words and what pressing sends."""
        marked = [each for each in self.said if each.get("reply_markup")]
        rows = marked[-1]["reply_markup"]["inline_keyboard"] if marked else []
        return {button["text"]: button["callback_data"] for row in rows for button in row}
