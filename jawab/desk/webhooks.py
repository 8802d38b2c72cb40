"""Webhooks to the owner's own systems: what happened, as JSON, signed."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime

import httpx

from jawab.desk.schemas import iso_utc
from jawab.support.deliveries.delivery import Arrived, Delivery, Later, Never, Outcome, Unwanted
from jawab.support.overrides.current import Current

TIMEOUT_SECONDS = 10.0
SIGNATURE = "Jawab-Signature"
EVENT = "Jawab-Event"
DELIVERY = "Jawab-Delivery"
_GONE = 410


class Webhooks:
    """Posts events to one address. Redirects are not followed, and nothing of the answer's body is read."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        url: str,
        *,
        secret: str,
        current: Current,
        clock: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._url = url
        self._secret = secret.encode()
        self._current = current
        self._clock = clock

    async def __call__(self, delivery: Delivery) -> Outcome:
        """Post the event of this delivery; any 2xx says that it has arrived, 410 that no more are wanted."""
        if not self._current.notices(_shop_of(delivery)).webhook:
            return Unwanted()
        body = payload(delivery)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Jawab",
            EVENT: delivery.parcel.event,
            DELIVERY: str(delivery.id),
            SIGNATURE: signature(self._secret, int(self._clock().timestamp()), body),
        }
        try:
            async with self._client.stream(
                "POST",
                self._url,
                content=body,
                headers=headers,
                timeout=TIMEOUT_SECONDS,
                follow_redirects=False,
            ) as response:
                status = response.status_code
        except httpx.HTTPError as error:
            return Later(f"http {type(error).__name__}")
        if 200 <= status < 300:
            return Arrived()
        return Never(f"http {status}") if status == _GONE else Later(f"http {status}")


def _shop_of(delivery: Delivery) -> str:
    """The shop of the ticket or conversation that is told of."""
    return next((str(told["shop"]) for told in delivery.parcel.data.values()), "")


def payload(delivery: Delivery) -> bytes:
    """The body of the request: the same bytes at each attempt."""
    parcel = delivery.parcel
    told = {
        "id": str(delivery.id),
        "event": parcel.event,
        "at": iso_utc(parcel.at),
        **parcel.data,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def signature(secret: bytes, timestamp: int, body: bytes) -> str:
    """`t=TIMESTAMP,v1=HEX`: HMAC-SHA256 by the secret over the timestamp, a dot and the body.

    >>> signature(b"secret", 1700000000, b"{}")[:20]
    't=1700000000,v1=8f11'
    """
    signed = hmac.new(secret, f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"t={timestamp},v1={signed.hexdigest()}"
