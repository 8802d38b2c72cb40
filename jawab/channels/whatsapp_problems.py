"""What WhatsApp's error codes mean for a message.

https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from jawab.channels.contract import Result
from jawab.support.deliveries.delivery import Later, Never

# The shopper has not written for 24 hours: only a template may be sent.
WINDOW_CLOSED = 131047
_WORDS: Mapping[int, str] = MappingProxyType(
    {
        0: "the access token is wrong",
        3: "the access token lacks a permission",
        10: "the access token lacks a permission",
        33: "the phone number's id is wrong",
        190: "the access token has expired or was taken back",
        368: "the account is blocked for a breach of policy",
        130472: "the shopper is part of an experiment of WhatsApp",
        131005: "the access token lacks a permission",
        131021: "sender and receiver are the same",
        131026: "not reachable on WhatsApp",
        131030: "the number is not among the receivers allowed for tests",
        131031: "the account is locked",
        131042: "the account's payment method has a problem",
        131045: "the phone number is not registered",
        WINDOW_CLOSED: "the 24 hours are over",
        131050: "the shopper wants no marketing messages",
        131053: "WhatsApp does not take such a file",
        132000: "the template takes other values",
        132001: "there is no such template in this language",
        132005: "the template is too long",
        132007: "the template breaks a policy",
        132012: "the template takes other values",
        132015: "the template is paused",
        132016: "the template is disabled",
        133010: "the phone number is not registered",
    }
)
# How long to leave it alone when that is too much or not possible now.
_PAUSES: Mapping[int, timedelta] = MappingProxyType(
    {
        4: timedelta(minutes=10),
        80007: timedelta(minutes=10),
        130429: timedelta(minutes=1),
        131048: timedelta(hours=1),
        131049: timedelta(hours=24),
        131056: timedelta(seconds=10),
        131057: timedelta(minutes=10),
    }
)
_TRY_AGAIN = frozenset((1, 2, 131000, 131016, 133004, 135000))
_TOO_MANY, _SERVER = 429, 500


def problem(code: int) -> str:
    """The code in words for the desk; of one that is not known only the number.

    >>> problem(131026), problem(7)
    ('not reachable on WhatsApp', 'WhatsApp error 7')
    """
    return _WORDS.get(code, f"WhatsApp error {code}")


def outcome(code: int | None, status: int, *, rest: timedelta | None = None) -> Result:
    """What a refusal means: `code` is WhatsApp's own, None for a page that is not its; `rest` what `Retry-After` asks for."""
    if code is None:
        later = f"http {status}" if status else "network"
        return Later(later, rest)
    if code in _WORDS:
        return Never(problem(code))
    if code in _PAUSES:
        return Later(f"WhatsApp limit {code}", rest or _PAUSES[code])
    if status == _TOO_MANY:
        return Later(f"WhatsApp limit {code}", rest or timedelta(minutes=1))
    if code in _TRY_AGAIN or status >= _SERVER:
        return Later(problem(code), rest)
    return Never(problem(code))
