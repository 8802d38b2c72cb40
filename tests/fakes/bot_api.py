"""A Bot API server on loopback, as Telegram and Bale document theirs: limits, errors, webhooks, polling, files.

https://core.telegram.org/bots/api · https://docs.bale.ai
"""

import asyncio
import itertools
import json
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from werkzeug.datastructures import FileStorage

from .bot_api_customer import Customer
from .forms import form
from .silence import silence

TEXT, CAPTION, CALLBACK_DATA, UP, DOWN = 4096, 1024, 64, 50_000_000, 20_000_000
PHOTO = 10_000_000


def units(text):
    return len(text.encode("utf-16-le")) // 2


class Refused(Exception):
    """An answer that is not ok."""

    def __init__(self, code, description, **parameters):
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass
class Bot:
    """One bot: where its updates go, and what it has sent."""

    token: str
    username: str
    webhook: dict = field(default_factory=dict)
    updates: list = field(default_factory=list)
    polls: int = 0

    @property
    def id(self):
        return int(self.token.partition(":")[0])

    @property
    def me(self):
        return {"id": self.id, "is_bot": True, "first_name": "Jawab", "username": self.username}


class FakeBotApi:
    """The server. `then(...)` lines up what happens to the next messages: (429, seconds), 500, 403, "page" (a proxy's HTML),
    "lost" (sent, but the answer never arrives), "hang" (not sent, and never answered).
    """

    def __init__(self, *, secrets=True, paced=False, first=1000):
        self.url = ""
        self.secrets = secrets  # whether a webhook carries one
        self.paced = paced  # one message a second to a chat, else 429
        self.bots = {}
        self.chats = {}
        self.reset()
        self._numbers = itertools.count(1)
        self._updates = itertools.count(first)
        self.app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self._download),
            ]
        )

    def reset(self):
        """Forget what was sent, and what was to happen; bots and chats stay."""
        self.blocked = set()
        self.files = {}
        self.sent = []
        self.answered = []
        self.typed = []
        self.behaviours = deque()
        self.asked = []
        self._last = defaultdict(float)
        for bot in self.bots.values():
            bot.webhook, bot.updates = {}, []

    def bot(self, token="4242:fake-token", username="jawab_bot"):
        """A bot with this token."""
        return self.bots.setdefault(token, Bot(token, username))

    def then(self, *behaviours):
        """Line up what happens to the next messages."""
        self.behaviours.extend(behaviours)

    # The server's side

    async def _call(self, request):
        bot = self.bots.get(request.path_params["token"])
        if bot is None:
            return _refusal(Refused(401, "Unauthorized"))
        method = getattr(self, f"_{_snake(request.path_params['method'])}", None)
        if method is None:
            return _refusal(Refused(404, "Not Found"))
        values = await _values(request)
        self.asked.append((request.path_params["method"], values))
        if "chat_id" in values and "action" not in values and self._hangs():
            return await silence(request)
        try:
            result = await method(bot, values)
        except Refused as refused:
            return _refusal(refused)
        return result if isinstance(result, Response) else _ok(result)

    def _hangs(self):
        hangs = bool(self.behaviours) and self.behaviours[0] == "hang"
        if hangs:
            self.behaviours.popleft()
        return hangs

    async def _get_me(self, bot, values):
        return bot.me

    async def _set_webhook(self, bot, values):
        url = values.get("url", "")
        if url and not url.startswith(("https://", "http://127.0.0.1")):
            raise Refused(
                400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
            )
        secret = values.get("secret_token", "") if self.secrets else ""
        bot.webhook = {"url": url, "secret": secret} if url else {}
        return True

    async def _delete_webhook(self, bot, values):
        bot.webhook = {}
        return True

    async def _get_webhook_info(self, bot, values):
        return {
            "url": bot.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(bot.updates),
        }

    async def _get_updates(self, bot, values):
        if bot.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        offset, limit = int(values.get("offset", 0)), int(values.get("limit", 100))
        end = time.monotonic() + min(float(values.get("timeout", 0)), 50)
        bot.polls += 1
        mine = bot.polls
        while True:
            bot.updates[:] = [each for each in bot.updates if each["update_id"] >= offset]
            if bot.updates or time.monotonic() >= end:
                return bot.updates[:limit]
            if bot.polls != mine:
                raise Refused(409, "Conflict: terminated by other getUpdates request")
            await asyncio.sleep(0.01)

    async def _send_message(self, bot, values):
        text = values.get("text", "")
        if not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if units(text) > TEXT:
            raise Refused(400, "Bad Request: message is too long")
        return await self._deliver(bot, values, {"text": text})

    async def _send_photo(self, bot, values):
        return await self._send_file(bot, values, "photo", PHOTO)

    async def _send_video(self, bot, values):
        return await self._send_file(bot, values, "video", UP)

    async def _send_document(self, bot, values):
        return await self._send_file(bot, values, "document", UP)

    async def _send_file(self, bot, values, kind, limit):
        upload = values.get(kind)
        if not isinstance(upload, FileStorage):
            raise Refused(400, "Bad Request: there is no file in the request")
        content = upload.read()
        if len(content) > limit:
            raise Refused(413, "Request Entity Too Large")
        caption = values.get("caption", "")
        if units(caption) > CAPTION:
            raise Refused(400, "Bad Request: message caption is too long")
        file = self.keep(content, upload.filename)
        shown = {**file, "file_name": upload.filename, "mime_type": upload.mimetype}
        told = {"caption": caption} if caption else {}
        shown = [{**file, "width": 1, "height": 1}] if kind == "photo" else shown
        return await self._deliver(bot, values, {**told, kind: shown}, content=content)

    async def _send_chat_action(self, bot, values):
        self.typed.append(values["chat_id"])
        return True

    async def _answer_callback_query(self, bot, values):
        self.answered.append(values["callback_query_id"])
        return True

    async def _get_file(self, bot, values):
        if values.get("file_id") not in self.files:
            raise Refused(400, "Bad Request: invalid file_id")
        content, name = self.files[values["file_id"]]
        if len(content) > DOWN:
            raise Refused(400, "Bad Request: file is too big")
        return {
            "file_id": values["file_id"],
            "file_unique_id": values["file_id"],
            "file_size": len(content),
            "file_path": f"files/{values['file_id']}/{name}",
        }

    async def _download(self, request):
        id = request.path_params["path"].split("/")[1]
        if request.path_params["token"] not in self.bots or id not in self.files:
            return _refusal(Refused(404, "Not Found"))
        behaviour = self.behaviours.popleft() if self.behaviours else None
        if isinstance(behaviour, int):
            return Response("no", behaviour)
        return Response(self.files[id][0], media_type="application/octet-stream")

    async def _deliver(self, bot, values, message, *, content=None):
        chat = int(values["chat_id"])
        if chat not in self.chats:
            raise Refused(400, "Bad Request: chat not found")
        behaviour = self.behaviours.popleft() if self.behaviours else None
        if behaviour == "page":
            return Response("<html>Bad gateway</html>", 502, media_type="text/html")
        if isinstance(behaviour, tuple):
            seconds = behaviour[1]
            raise Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        if isinstance(behaviour, int) and behaviour >= 500:
            raise Refused(behaviour, "Internal Server Error")
        if chat in self.blocked or behaviour == 403:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        now = time.monotonic()
        if self.paced and now - self._last[chat] < 0.95:
            raise Refused(429, "Too Many Requests: retry after 1", retry_after=1)
        self._last[chat] = now
        markup = values.get("reply_markup")
        markup = json.loads(markup) if isinstance(markup, str) else markup
        for row in (markup or {}).get("inline_keyboard", ()):
            for button in row:
                if not 0 < len(button["callback_data"].encode()) <= CALLBACK_DATA:
                    raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        keys = [key for row in (markup or {}).get("keyboard", ()) for key in row]
        if not all(key["text"].strip() for key in keys):
            raise Refused(400, "Bad Request: text buttons are unallowed to be empty")
        if any("request_contact" in key for key in keys) and self.chats[chat]["type"] != "private":
            raise Refused(400, "Bad Request: phone number can be requested in private chats only")
        sent = {
            "message_id": next(self._numbers),
            "date": int(time.time()),
            "from": bot.me,
            "chat": self.chats[chat],
            **message,
            **({"reply_markup": markup} if markup else {}),
        }
        self.sent.append({**sent, "content": content})
        if behaviour == "lost":
            return Response("", 504)
        return sent

    # The shopper's side

    def keep(self, content, name="file"):
        """A file that lies on the server."""
        id = f"file-{len(self.files) + 1}"
        self.files[id] = (content, name)
        return {"file_id": id, "file_unique_id": id, "file_size": len(content)}

    def customer(self, chat, *, bot=None, **more):
        """Somebody who uses the app."""
        return Customer(self, bot or self.bot(), chat, **more)

    def number(self):
        """The next update's id."""
        return next(self._updates)

    def message_number(self):
        return next(self._numbers)


async def _values(request):
    if "content-type" not in request.headers:
        return dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        return await request.json()
    values, files = await form(request)
    return {**values.to_dict(), **files.to_dict()}


def _snake(name):
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def _ok(result):
    return JSONResponse({"ok": True, "result": result})


def _refusal(refused):
    told = {"parameters": refused.parameters} if refused.parameters else {}
    body = {"ok": False, "error_code": refused.code, "description": refused.description, **told}
    return JSONResponse(body, refused.code)
