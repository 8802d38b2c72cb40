"""How values are written in `JAWAB_…` variables: durations, lists and addresses, each checked as it is read."""

import ipaddress
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode


def _number(value: Any) -> Any:
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        return value


_RATE = re.compile(r"[1-9][0-9]*/([1-9][0-9]* )?(second|minute|hour|day)s?")


def _rate(value: str) -> str:
    """Check a rate, in the notation of the library `limits`."""
    if not _RATE.fullmatch(value):
        raise ValueError("write a number and a time, as 120/minute or 10/2 seconds")
    return value


def _networks(value: Any) -> Any:
    found = value.split(",") if isinstance(value, str) else value
    networks = tuple(part.strip() for part in found if part.strip())
    for network in networks:
        try:
            ipaddress.ip_network(network)
        except ValueError:
            raise ValueError(
                "write addresses or networks with commas between, as 127.0.0.1,10.0.0.0/8"
            ) from None
    return networks


_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")


def _origins(value: Any) -> Any:
    found = value.split(",") if isinstance(value, str) else value
    origins = tuple(part.strip().lower().rstrip("/") for part in found if part.strip())
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ValueError("write whole origins with commas between, as https://shop.example")
    return origins


# In seconds ("2.5") or in ISO 8601 ("PT2.5S", "P30D").
Duration = Annotated[timedelta, BeforeValidator(_number), Field(ge=timedelta(0))]
# How many within which time.
Rate = Annotated[str, AfterValidator(_rate)]
# With commas between.
Networks = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_networks)]
Origins = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_origins)]


def _webhook(address: str) -> str:
    """Check an address that the shop's events go to: nobody on the way may read them."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https" and host:
        return address
    if parts.scheme == "http" and _is_inside(host):
        return address
    raise ValueError("write an https address, or http to a host of your own network")


def _is_inside(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return bool(host) and "." not in host


_ADDRESS = re.compile(r"([a-z0-9_-]+)=([A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+)")


def _mail_addresses(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = [_ADDRESS.fullmatch(part.strip()) for part in value.split(",") if part.strip()]
    if not all(found):
        raise ValueError("write shops and their addresses, as souq=help@souq.example,…")
    return tuple((one[1], one[2].lower()) for one in found if one)


_SECRET = re.compile(r"([a-z0-9_-]+)=(\S{32,})")


def _identity_secrets(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = [_SECRET.fullmatch(part) for part in value.split()]
    if not all(found):
        raise ValueError(
            "write shops and their secrets of 32 characters or more with blanks between, as souq=…"
        )
    return {one[1]: one[2] for one in found if one}


# Secret by shop.
IdentitySecrets = Annotated[Mapping[str, SecretStr], NoDecode, BeforeValidator(_identity_secrets)]
# Pairs of shop and address.
MailAddresses = Annotated[tuple[tuple[str, str], ...], NoDecode, BeforeValidator(_mail_addresses)]
# Read by nobody on its way.
WebhookAddress = Annotated[str, AfterValidator(_webhook)]


_KEPT = re.compile(r"(?:([a-z0-9_-]+)=)?([1-9][0-9]{0,4})")


def _kept(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = [_KEPT.fullmatch(part.strip()) for part in value.split(",") if part.strip()]
    if not all(found):
        raise ValueError("write days, as 365, or shops and theirs too, as 365,souq=90")
    return tuple((one[1] or "", int(one[2])) for one in found if one)


# Pairs of shop and days; the shop without a name is every other one.
DaysKept = Annotated[tuple[tuple[str, int], ...], NoDecode, BeforeValidator(_kept)]
