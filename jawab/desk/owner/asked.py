"""What the page of figures is asked for: what stands in its address, and what that means for this visitor."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query

from jawab.channels.apps import APPS
from jawab.desk.failures import Refusal
from jawab.desk.owner import period as periods
from jawab.desk.owner.access import Visit
from jawab.desk.owner.period import Period
from jawab.desk.services import Services
from jawab.knowledge import Shop
from jawab.support.conversations.conversation import EMAIL, SITE
from jawab.support.figures.figures import Scope
from jawab.text.language import Lang

CHANNELS = (SITE, *(name for name, app in APPS.items() if not app.sends_only), EMAIL)
Short = Annotated[str, Query(max_length=64)]


@dataclass(frozen=True)
class Typed:
    """The address's query as it came."""

    days: Short = ""
    first: Annotated[str, Query(alias="from", max_length=64)] = ""
    last: Annotated[str, Query(alias="to", max_length=64)] = ""
    shop: Short = ""
    spoken: Short = ""
    channel: Short = ""


@dataclass(frozen=True)
class Asked:
    """A period; a shop, a language, a channel, or all of them that the visitor serves (empty).

    `understood` is false where the dates could not be read and the usual period is shown.
    """

    period: Period
    shops: tuple[Shop, ...]
    shop: str
    spoken: str
    channel: str
    understood: bool

    @property
    def scope(self) -> Scope:
        """What is counted."""
        lang = next((each for each in Lang if each.value == self.spoken), None)
        shops = tuple(shop.id for shop in self.shops)
        return Scope(self.period.start, self.period.end, shops, lang, self.channel or None)

    def address(self, lang: Lang) -> str:
        """The query that asks for the same."""
        asked = {
            "lang": lang.value,
            "shop": self.shop,
            "spoken": self.spoken,
            "channel": self.channel,
        }
        if self.period.days is not None:
            return urlencode({**asked, "days": self.period.days})
        dates = {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}
        return urlencode({**asked, **dates})


def asked_for(desk: Services, guest: Visit, typed: Typed) -> Asked:
    """What the visitor asks for; what is not theirs or is not known is left out."""
    served = served_by(desk, guest)
    chosen = tuple(one for one in served if one.id == typed.shop) or served
    now, zone = desk.clock(), chosen[0].zone
    period = periods.read(typed.days, typed.first, typed.last, now=now, zone=zone)
    return Asked(
        period or periods.usual(now=now, zone=zone),
        chosen,
        typed.shop if chosen[0].id == typed.shop else "",
        typed.spoken if typed.spoken in {each.value for each in Lang} else "",
        typed.channel if typed.channel in CHANNELS else "",
        period is not None,
    )


def served_by(desk: Services, guest: Visit) -> tuple[Shop, ...]:
    """The shops that are the visitor's business; refuses (403) who has none of those there are."""
    found = tuple(one for one in desk.knowledge.shops.values() if guest.agent.serves(one.id))
    if not found:
        raise Refusal(403, "forbidden")
    return found
