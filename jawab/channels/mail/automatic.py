"""Mails that no person waits behind: bounces, automatic replies, lists. Answering one begins a loop.

RFC 3834 (Auto-Submitted), RFC 3464 (delivery status), RFC 2919 (List-Id), and what was customary before them.
"""

import re
from email.message import Message

from jawab.channels.mail.headers import addresses, body, header, ids, inside, parameter, raw
from jawab.channels.mail.letter import Automatic

_ROBOTS = ("mailer-daemon@", "postmaster@")
_REPLY_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-AutoReply-From")
_LIST_HEADERS = ("List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID")
_SUBJECTS = re.compile(
    r"(?:auto(?:matic)?[\s-]?(?:reply|response)|autoreply|out of (?:the )?office|on vacation"
    r"|پاسخ (?:خودکار|اتوماتیک)|خارج از دفتر|در مرخصی|رد (?:تلقائي|آلي)|خارج المكتب|في إجازة)\b",
    re.IGNORECASE,
)
_STATUS = re.compile(r"(?im)^status:\s*([245])\.\d{1,3}\.\d{1,3}")
_MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*(<[^<>\s]{1,250}>)")


def automatic(mail: "Message", *, envelope_sender: str | None) -> Automatic | None:
    """What kind of automatic mail this is; None for a person's. `envelope_sender` is empty for bounces, None when unknown."""
    sender = next((address for _, address in addresses(mail, "From")), "")
    if _is_report(mail) or sender.startswith(_ROBOTS):
        return Automatic.BOUNCE
    submitted = raw(mail, "Auto-Submitted").lower()
    precedence = raw(mail, "Precedence").lower()
    if (submitted and not submitted.startswith("no")) or any(
        raw(mail, name) for name in _REPLY_HEADERS
    ):
        return Automatic.REPLY
    if precedence.startswith(("auto_reply", "auto-reply")):
        return Automatic.REPLY
    if _SUBJECTS.match(header(mail, "Subject")):
        return Automatic.REPLY
    if precedence.startswith(("bulk", "junk", "list")) or any(
        raw(mail, name) for name in _LIST_HEADERS
    ):
        return Automatic.LIST
    if envelope_sender == "" or raw(mail, "Return-Path") == "<>":
        return Automatic.REPLY
    return None


def returned(mail: "Message") -> tuple[tuple[str, ...], bool]:
    """The Message-IDs of the mails that a bounce brings back, and whether they are lost for good."""
    found: dict[str, None] = dict.fromkeys((*ids(mail, "In-Reply-To"), *ids(mail, "References")))
    permanent = False
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            status = _STATUS.search("\n".join(str(one) for one in inside(part)))
            permanent = permanent or (status is not None and status[1] == "5")
        elif kind in ("message/rfc822", "text/rfc822-headers"):
            for inner in inside(part):
                found.update(dict.fromkeys(ids(inner, "Message-ID")))
            for id in _MESSAGE_ID.findall(body(part)):
                found[id.decode("ascii", "replace")] = None
    return tuple(found), permanent


def _is_report(mail: "Message") -> bool:
    if mail.get_content_type() != "multipart/report":
        return False
    return parameter(mail, "report-type").lower() in ("", "delivery-status")
