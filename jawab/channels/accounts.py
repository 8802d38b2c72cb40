"""The file of channels: which accounts of which apps there are, with their secrets. Nobody else may read it.

```yaml
accounts:
  digikala-telegram:
    app: telegram
    shop: digikala
    token: ${JAWAB_TELEGRAM_TOKEN}   # or the token itself
    secret: 0f3a…                    # made by `jawab channel add`
    updates: poll                    # or webhook
    username: digikala_bot
    base_url: https://…              # only where the app is not reached at its own address
    proxy: http://…
```
"""

import os
import re
import stat
from collections.abc import Collection, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import yaml

from jawab.channels.account import Account
from jawab.channels.apps import APPS
from jawab.channels.contract import Channel, ChannelError

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")
UPDATES = ("webhook", "poll")
_COMMON = ("app", "shop", "base_url", "proxy", "updates")
_VARIABLE = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
PATIENCE = timedelta(seconds=15)
_LIMITS = httpx.Limits(max_connections=32, max_keepalive_connections=8)


def load(
    path: Path, *, shops: Collection[str], environment: Mapping[str, str] = os.environ
) -> tuple[Account, ...]:
    """The accounts of the file, none when there is no file; `ChannelError` says what in it is wrong."""
    return tuple(
        account_of(path, name, written, shops=shops, environment=environment)
        for name, written in read(path).items()
    )


def read(path: Path) -> dict[str, Any]:
    """What stands in the file, by the accounts' names."""
    try:
        mode = path.stat().st_mode
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ChannelError(f"{path}: cannot be read ({type(error).__name__})") from error
    if mode & _OTHERS:
        raise ChannelError(f"{path}: others may read the secrets in it; run: chmod 600 {path}")
    try:
        found = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        raise ChannelError(f"{path}: no YAML in line {line}") from None
    accounts = found.get("accounts", {}) if isinstance(found, dict) else None
    if not isinstance(accounts, dict):
        raise ChannelError(f"{path}: write `accounts:` and the accounts' names below it")
    return accounts


def write(path: Path, accounts: Mapping[str, Any]) -> None:
    """Write the file anew, for its owner's eyes alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        yaml.safe_dump({"accounts": dict(accounts)}, file, allow_unicode=True, sort_keys=False)
    draft.replace(path)


def account_of(
    path: Path,
    name: str,
    written: Any,
    *,
    shops: Collection[str],
    environment: Mapping[str, str] = os.environ,
) -> Account:
    """One account as it stands in the file, checked."""
    where = f"{path}: {name}"
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise ChannelError(f"{where}: a name has small letters, digits and dashes, 48 at most")
    if not isinstance(written, dict):
        raise ChannelError(f"{where}: write app:, shop: and the app's secrets below it")
    values = {key: _value(where, key, value, environment) for key, value in written.items()}
    app = APPS.get(values.get("app", ""))
    if app is None:
        raise ChannelError(f"{where}: app: is one of {', '.join(APPS)}")
    if values.get("shop") not in shops:
        raise ChannelError(f"{where}: shop: is one of {', '.join(shops)}")
    if unknown := set(values) - {*_COMMON, *app.secrets, *app.options}:
        raise ChannelError(f"{where}: {sorted(unknown)[0]}: is nothing that {values['app']} has")
    if values.get("updates", UPDATES[0]) not in UPDATES:
        raise ChannelError(f"{where}: updates: is one of {', '.join(UPDATES)}")
    account = Account(
        name=name,
        app=values["app"],
        shop=values["shop"],
        secrets={key: values[key] for key in app.secrets if values.get(key)},
        options={key: values[key] for key in app.options if values.get(key)},
        base_url=values.get("base_url"),
        proxy=values.get("proxy"),
        updates=values.get("updates", UPDATES[0]),
    )
    for secret in app.secrets:
        account.secret(secret)
    return account


def client_of(account: Account, *, patience: timedelta = PATIENCE) -> httpx.AsyncClient:
    """The account's own connections, through its own proxy if it has one; each call is waited for as long as this."""
    seconds = patience.total_seconds()
    try:
        return httpx.AsyncClient(
            limits=_LIMITS, proxy=account.proxy, trust_env=False, timeout=seconds
        )
    except ValueError as error:
        raise ChannelError(f"{account.name}: proxy: {error}") from error


def open_channel(account: Account, client: httpx.AsyncClient) -> Channel:
    """The account, ready to be spoken with."""
    return APPS[account.app].build(account, client)


def _value(where: str, key: Any, value: Any, environment: Mapping[str, str]) -> str:
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise ChannelError(f"{where}: {key}: write a text")
    named = _VARIABLE.fullmatch(str(value).strip())
    if named is None:
        return str(value)
    if not (found := environment.get(named[1])):
        raise ChannelError(f"{where}: {key}: the variable {named[1]} is not set")
    return found
