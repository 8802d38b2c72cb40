"""One account of a messaging app, as the owner has set it up."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jawab.channels.contract import ChannelError


@dataclass(frozen=True)
class Account:
    """`name` stands in the account's address; `secrets` are never shown; `options` are the app's own.

    `updates` is "webhook" (the app calls us) or "poll" (we ask it, behind NAT).
    """

    name: str
    app: str
    shop: str
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    options: Mapping[str, str] = field(default_factory=dict)
    base_url: str | None = None
    proxy: str | None = field(default=None, repr=False)
    updates: str = "webhook"

    def secret(self, name: str) -> str:
        """A secret that the app cannot do without; `ChannelError` when it is not there."""
        if found := self.secrets.get(name):
            return found
        raise ChannelError(
            f"{self.name}: no {name} is set; write `{name}:` under it in the file of channels, or ${{VARIABLE}} there"
        )
