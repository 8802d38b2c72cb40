"""WhatsApp's Cloud API on loopback, from its public reference: it checks what Meta checks and refuses as Meta refuses.

https://developers.facebook.com/documentation/business-messaging/whatsapp/reference
"""

import hashlib
import hmac
import itertools
import json

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .forms import form
from .silence import silence

PHONE, TOKEN, APP_SECRET, VERIFY = "106540352242922", "EAAG-token", "app-secret", "verify-me"
SHOPPER = "989121234567"
_SIZES = {"image": 5_000_000, "video": 16_000_000, "audio": 16_000_000, "document": 100_000_000}
_TYPES = {
    "image": {"image/jpeg", "image/png"},
    "video": {"video/mp4", "video/3gpp"},
    "audio": {"audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/amr"},
}
_UPLOADS = {*itertools.chain(*_TYPES.values()), "application/pdf", "text/plain", "image/webp"}


class FakeWhatsApp:
    """Keeps what was sent in `sent`; `then(...)` lines up answers to all but the typing sign: an error's code,
    `(status, body)`, "hang up", "lost" (sent, but the answer never arrives) or "hang" (not sent, and never answered).
    """

    def __init__(self, *, first=1):
        self.url = ""
        self.ids = itertools.count(first)
        self.reset()
        self.app = Starlette(
            routes=[
                Route("/{version}/{phone}/messages", self._messages, methods=["POST"]),
                Route("/{version}/{phone}/media", self._upload, methods=["POST"]),
                Route("/files/{id}", self._file),
                Route("/{version}/{id}", self._node, methods=["GET", "POST"]),
            ]
        )

    def reset(self):
        self.sent, self.seen, self.media, self.fetched = [], [], {}, []
        self.webhook = None
        self.blocked = set()
        self.window_open = True
        self.templates = {("answer_waiting", "fa"), ("answer_waiting", "ar")}
        self.file_address = None
        self._next = []

    def then(self, *answers):
        self._next += answers

    def keep(self, content, type):
        """A shopper's file; its media id."""
        id = str(next(self.ids))
        self.media[id] = (content, type)
        return id

    async def _messages(self, request):
        told = await request.json()
        if self._next[:1] == ["hang"] and "status" not in told:
            self._next.pop(0)
            return await silence(request)
        if (refused := self._refusal(request, told)) is not None:
            return refused
        if told.get("messaging_product") != "whatsapp":
            return _error(100, "(#100) The parameter messaging_product is required.")
        if told.get("status") == "read":
            self.seen.append(told["message_id"])
            return JSONResponse({"success": True})
        wrong = self._wrong(told)
        if wrong is not None:
            return wrong
        self.sent.append(told)
        id = f"wamid.OUT{next(self.ids)}"
        return JSONResponse(
            {
                "messaging_product": "whatsapp",
                "contacts": [{"input": told.get("to"), "wa_id": told.get("to")}],
                "messages": [{"id": id, "message_status": "accepted"}],
            }
        )

    def _wrong(self, told):
        kind = told.get("type")
        content = told.get(kind)
        if not isinstance(content, dict) or not (told.get("to") or told.get("recipient")):
            return _error(100, "(#100) Invalid parameter")
        if told.get("to") in self.blocked:
            return _error(131026, "(#131026) Message undeliverable")
        if kind != "template" and not self.window_open:
            return _error(131047, "(#131047) Re-engagement message")
        if kind == "template":
            wanted = (content["name"], content["language"]["code"])
            return None if wanted in self.templates else _error(132001, "(#132001)", 404)
        if kind == "text":
            fits = 0 < len(content["body"]) <= 4096
            return None if fits else _error(100, "(#100) Param text['body'] must be at most 4096")
        if kind == "interactive":
            return (
                None if _fits(content) else _error(131009, "(#131009) Parameter value is not valid")
            )
        if kind in _SIZES:
            return self._wrong_media(kind, content)
        return _error(131051, "(#131051) Unsupported message type")

    def _wrong_media(self, kind, content):
        body, type = self.media.get(content.get("id"), (b"", ""))
        if type not in _TYPES.get(kind, _UPLOADS) or len(body) > _SIZES[kind]:
            return _error(131053, "(#131053) Media upload error")
        if len(content.get("caption", "")) > 1024 or (kind == "audio" and "caption" in content):
            return _error(100, "(#100) Invalid parameter")
        return None

    async def _upload(self, request):
        if (refused := self._refusal(request)) is not None:
            return refused
        values, files = await form(request)
        content, type = files["file"].read(), files["file"].mimetype
        if values.get("messaging_product") != "whatsapp" or values.get("type") != type:
            return _error(100, "(#100) Invalid parameter")
        if type not in _UPLOADS:
            return _error(100, "(#100) Param file must be a file with one of the following types")
        return JSONResponse({"id": self.keep(content, type)})

    async def _node(self, request):
        if (refused := self._refusal(request)) is not None:
            return refused
        id = request.path_params["id"]
        if request.method == "POST":
            self.webhook = (await request.json())["webhook_configuration"]
            return JSONResponse({"success": True})
        if id == PHONE:
            shown = {
                "display_phone_number": "+98 21 9100 0100",
                "verified_name": "دیجی‌کالا",
                "id": id,
            }
            return JSONResponse(shown)
        if id not in self.media:
            return _error(100, "(#100) Unsupported get request. Object does not exist", 400)
        content, type = self.media[id]
        return JSONResponse(
            {
                "url": self.file_address or f"{self.url}/files/{id}",
                "mime_type": type,
                "sha256": hashlib.sha256(content).hexdigest(),
                "file_size": str(len(content)),
                "id": id,
                "messaging_product": "whatsapp",
            }
        )

    async def _file(self, request):
        self.fetched.append(request.headers.get("authorization"))
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Response(status_code=401)
        content, type = self.media[request.path_params["id"]]
        return Response(content, media_type=type)

    def _refusal(self, request, told=None):
        if self._next and "status" not in (told or {}):
            answer = self._next.pop(0)
            if answer == "lost":
                self.sent.append(told)
                return Response("", 504)
            if answer == "hang up":
                raise ConnectionAbortedError
            if isinstance(answer, int):
                return _error(answer, f"(#{answer}) as told", 429 if answer in (4, 80007) else 400)
            status, body, *headers = answer
            return Response(body, status, headers=headers[0] if headers else None)
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return _error(190, "Invalid OAuth access token.", 401)
        if request.path_params.get("phone", PHONE) != PHONE:
            return _error(100, "Unsupported post request. Object does not exist", 400)
        return None


def _fits(content):
    body = content["body"]["text"]
    action = content["action"]
    if content["type"] == "button":
        replies = [button["reply"] for button in action["buttons"]]
        most, longest = 3, 20
    else:
        replies = [row for section in action["sections"] for row in section["rows"]]
        most, longest = 10, 24
        if not 0 < len(action["button"]) <= 20:
            return False
    unique = len({reply["id"] for reply in replies}) == len(replies)
    short = all(0 < len(reply["title"]) <= longest and len(reply["id"]) <= 200 for reply in replies)
    return 0 < len(body) <= 1024 and 0 < len(replies) <= most and unique and short


def _error(code, message, status=400):
    error = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "AbC"}
    return JSONResponse({"error": error}, status)


def webhook(*messages, statuses=(), phone=PHONE, name="سارا", shopper=SHOPPER):
    """A webhook's body with these messages of one shopper."""
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "982191000100", "phone_number_id": phone},
    }
    if messages:
        value["contacts"] = [{"profile": {"name": name}, "wa_id": shopper}]
        value["messages"] = list(messages)
    if statuses:
        value["statuses"] = list(statuses)
    change = {"value": value, "field": "messages"}
    entry = {"id": "1", "changes": [change]}
    # In ASCII, as Meta writes it: half letters travel too.
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def message(type, content, *, id="wamid.1", shopper=SHOPPER, **more):
    return {
        "from": shopper,
        "id": id,
        "timestamp": "1790000000",
        "type": type,
        type: content,
        **more,
    }


def signed(body, secret=APP_SECRET):
    """The header that Meta sends with this body."""
    return {
        "x-hub-signature-256": "sha256="
        + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    }
