"""Everything the doctor looks at, in the order in which one mends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from jawab.doctor import machine, outside, processes, project, storage
from jawab.doctor.finding import Finding, Look, looked
from jawab.knowledge import KnowledgeError, load
from jawab.knowledge.shop import Shop
from jawab.settings import PROJECT, Settings


def examined(settings: Settings, *, now: datetime, ask: bool) -> Iterator[Finding]:
    """What there is to say of this installation; `ask`: apps and mail servers too."""
    shops = _shops(settings)
    root, var = settings.root, settings.var
    kept = (var / "secret.key", settings.channels_file, PROJECT / ".env")
    looks: list[tuple[str, Look]] = [
        ("python", machine.python),
        ("packages", partial(machine.packages, PROJECT / "requirements.txt")),
        ("disk", partial(machine.disk, var)),
        ("secrets", partial(machine.secrets, kept)),
        ("clock", lambda: _clock(settings, now)),
        ("time zones", partial(machine.zones, [each.zone.key for each in shops])),
        ("data", partial(project.data, root)),
        ("model", partial(project.model, root)),
        ("database", partial(storage.database, settings)),
        ("tracker store", partial(storage.tracker, settings)),
        ("redis", partial(storage.redis, settings)),
        ("addresses", partial(processes.places, settings)),
        ("processes", partial(processes.desk, settings)),
        ("mail", partial(outside.mail, settings, ask=ask)),
    ]
    if shops:
        ids = [each.id for each in shops]
        looks.append(("channels", partial(outside.channels, settings, shops=ids, ask=ask)))
    return looked(looks)


def _shops(settings: Settings) -> tuple[Shop, ...]:
    """The shops; none while data/ is broken, which a look of its own says."""
    try:
        return tuple(load(settings.root).shops.values())
    except KnowledgeError:
        return ()


def _clock(settings: Settings, now: datetime) -> Iterator[Finding]:
    latest = storage.latest_moment(settings)
    return machine.clock(now, latest=latest, synchronised=machine.is_synchronised())
