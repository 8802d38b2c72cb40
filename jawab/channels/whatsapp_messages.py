"""What is sent to WhatsApp, as its Graph API wants it written.

https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from jawab.channels.contract import Outgoing, OutgoingButton, OutgoingFile
from jawab.channels.splitting import units
from jawab.text.language import Lang

REPLY_BUTTONS, REPLY_TITLE = 3, 20
LIST_ROWS, LIST_TITLE = 10, 24
# What opens a list of answers; 20 characters at most.
LIST_LABEL: Mapping[Lang, str] = MappingProxyType(
    {Lang.FA: "دیدن گزینه‌ها", Lang.AR: "عرض الخيارات", Lang.EN: "See the options"}
)
# What WhatsApp shows as such, by type, with the greatest size it takes; everything else goes as a document.
_SHOWN: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "image/jpeg": ("image", 5_000_000),
        "image/png": ("image", 5_000_000),
        "video/mp4": ("video", 16_000_000),
        "audio/ogg": ("audio", 16_000_000),
        "audio/mpeg": ("audio", 16_000_000),
        "audio/mp4": ("audio", 16_000_000),
    }
)


def words(outgoing: Outgoing) -> dict[str, Any]:
    """A text, with reply buttons where three with short titles are enough, otherwise with a list."""
    if not outgoing.buttons:
        return _to(outgoing.chat, "text", {"body": outgoing.text, "preview_url": False})
    few = len(outgoing.buttons) <= REPLY_BUTTONS
    if few and all(units(button.title) <= REPLY_TITLE for button in outgoing.buttons):
        kind, action = "button", _replies(outgoing.buttons)
    else:
        kind, action = "list", _rows(outgoing.buttons, outgoing.lang)
    body = {"text": outgoing.text or LIST_LABEL[outgoing.lang]}
    return _to(outgoing.chat, "interactive", {"type": kind, "body": body, "action": action})


def file(outgoing: Outgoing, sent: OutgoingFile, media: str) -> dict[str, Any]:
    """A file that was uploaded as `media`, with its caption; sounds have none, so a captioned one goes as a document."""
    kind, most = _SHOWN.get(sent.type, ("document", 0))
    if sent.size > most or (kind == "audio" and outgoing.text):
        kind = "document"
    values = {"id": media}
    if outgoing.text:
        values["caption"] = outgoing.text
    if kind == "document":
        values["filename"] = sent.name
    return _to(outgoing.chat, kind, values)


def template(chat: str, name: str, language: str) -> dict[str, Any]:
    """A message that was approved beforehand: all that may be sent when a shopper has not written for a day."""
    return _to(chat, "template", {"name": name, "language": {"code": language}})


def seen(message: str) -> dict[str, Any]:
    """That a message was read and is being answered: shows "typing…" for 25 seconds, or until the answer."""
    return {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": message,
        "typing_indicator": {"type": "text"},
    }


def _to(chat: str, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Shoppers with a user name and no visible number are known by an id that is no number."""
    receiver = "to" if chat.isdecimal() else "recipient"
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        receiver: chat,
        "type": kind,
        kind: dict(content),
    }


def _replies(buttons: Sequence[OutgoingButton]) -> dict[str, Any]:
    replies = [{"id": each.id, "title": each.title} for each in buttons]
    return {"buttons": [{"type": "reply", "reply": reply} for reply in replies]}


def _rows(buttons: Sequence[OutgoingButton], lang: Lang) -> dict[str, Any]:
    rows = [{"id": each.id, "title": each.title} for each in buttons]
    return {"button": LIST_LABEL[lang], "sections": [{"rows": rows}]}
