"""WhatsApp's webhooks as `Incoming`.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from jawab.channels.contract import Incoming, Kind, RemoteFile
from jawab.channels.fields import mapping, mappings, parsed, place, string
from jawab.channels.whatsapp_problems import problem

_MEDIA = ("image", "video", "audio", "voice", "document")
# What shoppers do that asks for no answer.
_SILENT = frozenset(("reaction", "system"))
_NAME_LENGTH = 120
# WhatsApp has no commands; who knows the other apps writes it all the same.
_START = "/start"


def updates(body: bytes, phone: str) -> tuple[Incoming, ...]:
    """Everything in one webhook that concerns the phone number with this id; never raises."""
    found = parsed(body)
    if found.get("object") != "whatsapp_business_account":
        return ()
    return tuple(
        incoming
        for entry in mappings(found, "entry")
        for change in mappings(entry, "changes")
        if change.get("field") == "messages"
        for incoming in _change(mapping(change, "value"), phone)
    )


def _change(value: Mapping[str, Any], phone: str) -> Iterator[Incoming]:
    if string(mapping(value, "metadata"), "phone_number_id") != phone:
        return
    names = {
        key: string(mapping(contact, "profile"), "name")
        for contact in mappings(value, "contacts")
        for key in (string(contact, "wa_id"), string(contact, "user_id"))
        if key
    }
    for message in mappings(value, "messages"):
        if (incoming := _message(message, names)) is not None:
            yield incoming
    for status in mappings(value, "statuses"):
        if (incoming := _status(status)) is not None:
            yield incoming


def _message(message: Mapping[str, Any], names: Mapping[str, str]) -> Incoming | None:
    id = string(message, "id")
    number = string(message, "from")
    chat = number or string(message, "from_user_id")
    if not (id and chat):
        return None
    known = number.isascii() and number.isdecimal() and len(number) < 20
    base = Incoming(
        Kind.UNSUPPORTED,
        id,
        chat,
        id=id,
        sender=chat,
        name=" ".join(names.get(chat, "").split())[:_NAME_LENGTH],
        phone=f"+{number}" if known else None,
        own_phone=known,  # WhatsApp itself has checked who writes from it
        reply_to=string(mapping(message, "context"), "id") or None,
        group=bool(string(message, "group_id")),
    )
    return _content(base, message)


def _content(base: Incoming, message: Mapping[str, Any]) -> Incoming:
    kind = string(message, "type")
    content = mapping(message, kind)
    if kind in _SILENT:
        return replace(base, kind=Kind.NOTHING)
    if kind == "request_welcome":
        return replace(base, kind=Kind.START)
    if kind == "text" and (said := string(content, "body")):
        greets = said.strip().lower() == _START
        return replace(base, kind=Kind.START if greets else Kind.TEXT, text=said)
    if kind == "interactive":
        return _reply(base, content)
    if kind == "button" and (said := string(content, "text")):  # of our template
        return replace(base, kind=Kind.TEXT, text=said)
    if kind in _MEDIA:
        return _file(base, kind, content)
    if kind == "sticker":
        return replace(base, kind=Kind.STICKER)
    if kind == "location":
        return replace(base, kind=Kind.LOCATION, text=place(content))
    if kind == "contacts":
        return _contact(base, message)
    if kind == "edit":
        return _edited(base, content)
    if kind == "revoke":
        original = string(content, "original_message_id") or None
        return replace(base, kind=Kind.REMOVED, reply_to=original)
    return base


def _reply(base: Incoming, content: Mapping[str, Any]) -> Incoming:
    pressed = mapping(content, "button_reply") or mapping(content, "list_reply")
    if button := string(pressed, "id"):
        said = string(pressed, "title")
        return replace(base, kind=Kind.BUTTON, button=button[:256], text=said)
    return base


def _file(base: Incoming, kind: str, content: Mapping[str, Any]) -> Incoming:
    id, said = string(content, "id"), string(content, "caption")
    if not id:
        return replace(base, text=said)
    found = RemoteFile(
        id,
        name=string(content, "filename")[:200],
        type=string(content, "mime_type").partition(";")[0][:100],
        voice=kind == "voice" or content.get("voice") is True,
    )
    return replace(base, kind=Kind.FILES, files=(found,), text=said)


def _contact(base: Incoming, message: Mapping[str, Any]) -> Incoming:
    """The first number of the first card; WhatsApp vouches for it only where it is the sender's."""
    phones = (phone for card in mappings(message, "contacts") for phone in mappings(card, "phones"))
    first = next(phones, {})
    number = string(first, "phone")[:32] or string(first, "wa_id")[:32]
    own = bool(base.phone) and f"+{string(first, 'wa_id')}" == base.phone
    return replace(base, kind=Kind.CONTACT, phone=number or None, own_phone=own)


def _edited(base: Incoming, content: Mapping[str, Any]) -> Incoming:
    """An edited message holds the whole new one; of it only the words matter."""
    original = string(content, "original_message_id") or None
    now = mapping(content, "message")
    inner = mapping(now, string(now, "type"))
    said = string(inner, "body") or string(inner, "caption")
    return replace(base, kind=Kind.EDITED, text=said, reply_to=original)


def _status(status: Mapping[str, Any]) -> Incoming | None:
    id, state = string(status, "id"), string(status, "status")
    chat = string(status, "recipient_id") or string(status, "recipient_user_id")
    if not (id and state and chat):
        return None
    incoming = Incoming(Kind.NOTHING, f"{id}:{state}"[-255:], chat, reply_to=id)
    if state in ("delivered", "read"):
        return replace(incoming, kind=Kind.REACHED, state=state)
    if state != "failed":
        return incoming
    code = next(iter(mappings(status, "errors")), {}).get("code")
    said = problem(code) if isinstance(code, int) else "not delivered"
    return replace(incoming, kind=Kind.UNDELIVERED, problem=said)
