"""Rubika's Bot API on loopback, from its public documentation and clients: https://rubika.ir/botapi"""

import itertools
import json
import time

import httpx
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .forms import form
from .silence import silence

TOKEN, SECRET = "BCDFG0TOKEN", "a-secret-nobody-can-guess"
BUTTONS = {"Simple", "AskMyPhoneNumber"}
KINDS = {"File", "Image", "Voice", "Music", "Gif", "Video"}


class FakeRubika:
    """Keeps what was sent in `sent`; `then(...)` lines up answers to messages: one of Rubika's words, `(status, body)`,
    "lost" (sent, but the answer never arrives) or "hang" (not sent, and never answered). So many files as `unready` are
    not to be had at once.
    """

    def __init__(self, *, first=204216801381244279):
        self.url = ""
        self._first = first
        self.reset()
        self.app = Starlette(
            routes=[
                Route("/v3/{token}/{method}", self._call, methods=["POST"]),
                Route("/upload/{id}", self._upload, methods=["POST"]),
                Route("/files/{id}", self._file),
            ]
        )

    def reset(self):
        self.sent, self.uploads, self.files, self.updates = [], {}, {}, []
        self.endpoints, self.blocked, self.asked = {}, set(), []
        self.upload_address, self.unready = None, 0
        self._next = []
        self._ids = itertools.count(self._first)

    def then(self, *answers):
        self._next += answers

    def number(self):
        return str(next(self._ids))

    async def _call(self, request):
        if request.path_params["token"] != TOKEN:
            return JSONResponse({"status": "INVALID_ACCESS", "dev_message": "invalid token"})
        values = await request.json()
        method = request.path_params["method"]
        self.asked.append((method, values))
        known = {
            "getMe": self._me,
            "sendMessage": self._message,
            "sendFile": self._message,
            "requestSendFile": self._place,
            "getFile": self._address,
            "getUpdates": self._updates,
            "updateBotEndpoints": self._endpoint,
        }
        if method not in known:
            return JSONResponse({"status": "INVALID_INPUT"})
        if known[method] == self._message and self._next[:1] == ["hang"]:
            self._next.pop(0)
            return await silence(request)
        return known[method](values)

    def _me(self, values):
        bot = {"bot_id": "b0", "bot_title": "دیجی‌کالا", "username": "jawab_bot"}
        return _ok(bot=bot)

    def _message(self, values):
        lost = self._next[:1] == ["lost"]
        if self._next:
            answer = self._next.pop(0)
            if lost:
                self.sent.append(values)
                return Response("", 504)
            if isinstance(answer, str):
                return JSONResponse({"status": answer})
            return Response(answer[1], answer[0])
        text, chat = values.get("text", ""), values.get("chat_id")
        if chat in self.blocked:
            return JSONResponse({"status": "INVALID_ACCESS"})
        file = values.get("file_id")
        rows = values.get("chat_keypad", {}).get("rows", ())
        buttons = [button for row in rows for button in row["buttons"]]
        whole = all(b["id"] and b["button_text"] and b["type"] in BUTTONS for b in buttons)
        shown = not buttons or values.get("chat_keypad_type") == "New"
        if not chat or len(text) > 4096 or not (text or file) or not whole or not shown:
            return JSONResponse({"status": "INVALID_INPUT"})
        if file is not None and file not in self.files:
            return JSONResponse({"status": "INVALID_INPUT"})
        self.sent.append(values)
        return _ok(message_id=self.number())

    def _place(self, values):
        if values.get("type") not in KINDS:
            return JSONResponse({"status": "INVALID_INPUT"})
        id = self.number()
        self.uploads[id] = values["type"]
        return _ok(upload_url=self.upload_address or f"{self.url}/upload/{id}")

    async def _upload(self, request):
        if request.path_params["id"] not in self.uploads:
            return JSONResponse({"status": "INVALID_INPUT"})
        _, files = await form(request)
        return _ok(file_id=self.keep(files["file"].read()))

    def keep(self, content):
        id = f"file{self.number()}"
        self.files[id] = content
        return id

    def _address(self, values):
        if values.get("file_id") not in self.files:
            return JSONResponse({"status": "INVALID_INPUT"})
        return _ok(download_url=f"{self.url}/files/{values['file_id']}")

    async def _file(self, request):
        if self.unready:
            self.unready -= 1
            return Response(status_code=503)
        return Response(self.files[request.path_params["id"]])

    def _updates(self, values):
        """Those after the offset, which is the place of the last one that was given."""
        start = int(values.get("offset_id", "0"))
        end = min(start + int(values["limit"]), len(self.updates))
        return _ok(updates=self.updates[start:end], next_offset_id=str(end))

    def _endpoint(self, values):
        if values["type"] not in ("ReceiveUpdate", "ReceiveInlineMessage"):
            return JSONResponse({"status": "INVALID_INPUT"})
        self.endpoints[values["type"]] = values["url"]
        return _ok(status="Done")


def _ok(**data):
    return JSONResponse({"status": "OK", "data": data})


class RubikaCustomer:
    """A shopper with Rubika; without a `hook` the updates wait to be polled."""

    def __init__(self, api, hook, number, *, group=False):
        self.api, self.hook = api, hook
        self.chat = f"{'g' if group else 'b'}0chat{number}"
        self.statuses, self.last = [], b""

    def message(self, id=None, **content):
        return {
            "message_id": id or self.api.number(),
            "time": str(int(time.time())),
            "is_edited": False,
            "sender_type": "User",
            "sender_id": f"u{self.chat}",
            **content,
        }

    def send(self, **content):
        message = self.message(**content)
        self.bring(self.update("NewMessage", new_message=message))
        return message["message_id"]

    def update(self, type, **content):
        at = time.time_ns() // 1_000_000
        return {"type": type, "chat_id": self.chat, "update_time": at, **content}

    def say(self, text):
        return self.send(text=text)

    def start(self, payload=None):
        return self.send(text="/start", aux_data={"start_id": payload, "button_id": None})

    def held(self, text):
        """What was written and is still on its way; `bring` brings it."""
        return self.update("NewMessage", new_message=self.message(text=text))

    def again(self):
        """Let the app bring the last update again."""
        self.statuses.append(self.post(self.last))

    def press(self, button):
        return self.send(text="x", aux_data={"start_id": None, "button_id": button})

    def press_inline(self, button, id="77"):
        pressed = {
            "sender_id": f"u{self.chat}",
            "text": "x",
            "aux_data": {"start_id": None, "button_id": button},
            "message_id": id,
            "chat_id": self.chat,
        }
        self.statuses.append(self.post(json.dumps({"inline_message": pressed}).encode()))

    def photo(self, content, caption=""):
        file = {"file_id": self.api.keep(content), "file_name": "a.jpg", "size": str(len(content))}
        return self.send(file=file, text=caption)

    def document(self, content, caption=""):
        file = {"file_id": self.api.keep(content), "file_name": "رسید.pdf"}
        return self.send(file=file, text=caption)

    def voice(self, content):
        return self.send(file={"file_id": self.api.keep(content), "file_name": "voice.ogg"})

    def unheard_of(self):
        """Let the app tell what is nobody's message."""
        self.bring(self.update("StartedBot"))
        self.bring(self.update("UpdatedPayment", updated_payment={"payment_id": "1"}))

    def edit(self, id, text):
        edited = self.message(id=id, text=text, is_edited=True)
        self.bring(self.update("UpdatedMessage", updated_message=edited))

    def remove(self, id):
        self.bring(self.update("RemovedMessage", removed_message_id=id))

    def sticker(self):
        return self.send(sticker={"sticker_id": "1", "emoji_character": "😀"})

    def location(self):
        return self.send(location={"latitude": "35.7", "longitude": "51.4"})

    def odd(self):
        return self.send(poll={"question": "?"})

    def bring(self, update):
        if self.hook is None:
            self.api.updates.append(update)
            return
        self.last = json.dumps({"update": update}).encode()  # ASCII: half letters travel too
        self.statuses.append(self.post(self.last))

    def post(self, body, *, wrong=False):
        address = self.hook[:-1] if wrong else self.hook
        return httpx.post(address, content=body, trust_env=False).status_code

    @property
    def body(self):
        """The last update as it goes over the wire."""
        return self.last

    @property
    def said(self):
        return [each for each in self.api.sent if each["chat_id"] == self.chat]

    @property
    def texts(self):
        return [each.get("text", "") for each in self.said]

    @property
    def buttons(self):
        shown = [each["chat_keypad"] for each in self.said if "chat_keypad" in each]
        rows = shown[-1]["rows"] if shown else ()
        return {b["button_text"]: b["id"] for row in rows for b in row["buttons"]}
