"""The knowledge as it is now: the files', with what owners have set at the desk on top."""

from dataclasses import dataclass

import structlog
from sqlalchemy.exc import SQLAlchemyError

from jawab.knowledge import Knowledge
from jawab.support.overrides.override import (
    NoticeSettings,
    Override,
    Part,
    Target,
    changed,
    notice_settings,
)
from jawab.support.overrides.store import OverrideStore

log = structlog.get_logger()

_NOTICES = Target(Part.NOTICES)


@dataclass(frozen=True)
class _State:
    version: int
    overrides: tuple[Override, ...]
    knowledge: Knowledge


class Current:
    """Knows what it saw at its last look; a look costs one small query while nothing has changed.

    Safe among threads: what it knows is replaced as a whole.
    """

    def __init__(self, files: Knowledge, store: OverrideStore) -> None:
        self.files = files
        self._store = store
        self._state = _State(0, (), files)

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge as of the last look."""
        return self._state.knowledge

    @property
    def overrides(self) -> tuple[Override, ...]:
        """What is set, as of the last look."""
        return self._state.overrides

    def look(self) -> Knowledge:
        """Look whether anything was set since; with the database away, what is known goes on to hold."""
        try:
            if self._store.version() != self._state.version:
                version, found = self._store.current()
                self._state = _State(version, found, self._with(found))
        except SQLAlchemyError as error:
            log.warning("overrides.unread", problem=type(error).__qualname__)
        return self.knowledge

    def notices(self, shop: str) -> NoticeSettings:
        """Which notices leave for this shop, as of the last look."""
        mine = (one for one in self.overrides if one.shop == shop and one.target == _NOTICES)
        return notice_settings(next((one.value for one in mine), None))

    def _with(self, overrides: tuple[Override, ...]) -> Knowledge:
        knowledge = self.files
        for shop in self.files.shops.values():
            mine = changed(shop, overrides)
            if mine is not shop:
                knowledge = knowledge.with_shop(mine)
        return knowledge
