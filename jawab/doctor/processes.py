"""The three processes: whether each serves, where it listens, and whether something else sits in its place."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx

from jawab.doctor.finding import Finding, broken, note, warning, well
from jawab.settings import Settings

_SECONDS = 15.0  # the desk itself asks the others for three
_OTHER = "something else listens there; stop it, or choose another port with {variable}"
_REASONS = {
    "not_reached": "does not run; jawab run starts all three",
    "timeout": "does not answer in time; see its log under var/log",
    "no_model": "has no model; jawab train",
    "status_401": "wants another token; set JAWAB_RASA_TOKEN to Rasa's --auth-token",
    "not_migrated": "has not the tables of this version; start the desk again",
}


def places(settings: Settings) -> Iterator[Finding]:
    """Whether the inner processes are out of the world's reach, as they must be: they trust whoever asks."""
    for name, variable, url in (
        ("rasa", "JAWAB_RASA_URL", settings.rasa_url),
        ("actions", "JAWAB_ACTIONS_URL", settings.actions_url),
    ):
        host = urlsplit(url).hostname or ""
        if not _is_inside(host):
            yield broken(
                name,
                f"is asked for at {host}, where the world may reach it",
                f"let it listen on loopback or a private network, and set {variable}",
            )
    if settings.host in ("0.0.0.0", "::") and not settings.trusted_proxies:  # noqa: S104
        yield warning(
            "desk",
            "listens everywhere, and believes no proxy",
            "behind a proxy set JAWAB_TRUSTED_PROXIES, or all shoppers count as one address",
        )


def _is_inside(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return bool(host) and "." not in host  # a name of one's own network


def desk(settings: Settings) -> Iterator[Finding]:
    """Whether the desk serves, and what it says of the others; if it does not run, whether it could."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    url = f"http://{host}:{settings.port}/readyz"
    try:
        answer = httpx.get(url, timeout=_SECONDS, trust_env=False)
        told = answer.json()
        missing = dict(told["missing"])
    except httpx.ConnectError:
        yield from _resting(settings)
        return
    except httpx.TimeoutException:
        yield broken("desk", f"{url} does not answer in time", "see var/log/desk.log")
        return
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        yield broken(
            "desk",
            f"{url} answers, but it is no desk",
            _OTHER.format(variable="JAWAB_PORT"),
        )
        return
    yield well("desk", f"serves at port {settings.port}")
    for part in ("database", "rasa", "actions"):
        if part in missing:
            reason = str(missing[part])
            yield broken(part, reason, f"{part} {_REASONS.get(reason, 'fails; see var/log')}")
        else:
            yield well(part, "serves")
    for part, reason in dict(told.get("degraded", {})).items():
        yield warning(part, str(reason), f"{part} {_REASONS.get(reason, 'fails; see var/log')}")


def _resting(settings: Settings) -> Iterator[Finding]:
    """The desk does not run: say so, and whether the three ports are free for it."""
    yield note("desk", "does not run", "jawab run starts all three processes")
    for variable, name, host, port in (
        ("JAWAB_PORT", "desk", settings.host, settings.port),
        ("JAWAB_RASA_URL", "rasa", "127.0.0.1", _port(settings.rasa_url)),
        ("JAWAB_ACTIONS_URL", "actions", "127.0.0.1", _port(settings.actions_url)),
    ):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                yield broken(
                    "ports",
                    f"{port} of {name} cannot be used ({error.strerror})",
                    _OTHER.format(variable=variable),
                )
            else:
                yield well("ports", f"{port} is free for {name}")


def _port(url: str) -> int:
    return urlsplit(url).port or 80
