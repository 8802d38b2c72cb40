"""What the page of groups is asked for: what stands in its address, and what that means for this visitor."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query

from jawab.desk.owner.access import Visit
from jawab.desk.owner.asked import served_by
from jawab.desk.owner.learner import Group
from jawab.desk.owner.period import LAST_DAYS, USUAL
from jawab.desk.services import Services
from jawab.knowledge import Shop
from jawab.support.learning.mark import Standing
from jawab.support.learning.missed import Why
from jawab.text.language import Lang

Short = Annotated[str, Query(max_length=64)]
UNDECIDED, DECIDED, ALL = "undecided", "decided", "all"
STATES = (UNDECIDED, DECIDED, ALL)


@dataclass(frozen=True)
class Typed:
    """The address's query as it came."""

    days: Short = ""
    shop: Short = ""
    spoken: Short = ""
    reason: Short = ""
    state: Short = ""
    part: Short = ""
    again: Short = ""


@dataclass(frozen=True)
class Asked:
    """How many days back, of which shops, and what of the groups is shown (empty: all of it)."""

    days: int
    served: tuple[Shop, ...]
    shops: tuple[str, ...]  # none where it is all there are
    shop: str
    spoken: str
    reason: str
    state: str
    part: int
    again: bool

    def address(self, lang: Lang, **other: str | int) -> str:
        """The query that asks for the same, or with something else in it."""
        asked = {
            "lang": lang.value,
            "days": self.days,
            "shop": self.shop,
            "spoken": self.spoken,
            "reason": self.reason,
            "state": self.state,
            **other,
        }
        return urlencode({key: value for key, value in asked.items() if value != ""})

    def wants(self, group: Group, standing: Standing) -> bool:
        """Whether a group is among what is asked for."""
        return (
            (not self.spoken or self.spoken in group.languages)
            and (not self.reason or self.reason in group.reasons)
            and (self.state == ALL or standing.decided is (self.state == DECIDED))
        )


def asked_for(desk: Services, guest: Visit, typed: Typed) -> Asked:
    """What the visitor asks for; what is not theirs or is not known is left out."""
    served = served_by(desk, guest)
    shop = typed.shop if typed.shop in {one.id for one in served} else ""
    everything = len(served) == len(desk.knowledge.shops)
    whole = () if everything else tuple(one.id for one in served)
    return Asked(
        next((each for each in LAST_DAYS if typed.days == str(each)), USUAL),
        served,
        (shop,) if shop else whole,
        shop,
        typed.spoken if typed.spoken in {each.value for each in Lang} else "",
        typed.reason if typed.reason in {each.value for each in Why} else "",
        typed.state if typed.state in STATES else UNDECIDED,
        int(typed.part) if typed.part.isascii() and typed.part.isdigit() else 0,
        bool(typed.again),
    )
