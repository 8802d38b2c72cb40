"""Hearing a shopper: their message goes into the store, then to whoever is to answer it. The same for every way it comes by."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from jawab.desk.holds import Holds
from jawab.desk.hub import MESSAGE, Hub, News
from jawab.desk.people import People
from jawab.desk.survey import Survey
from jawab.desk.threads import in_thread
from jawab.desk.together import Together
from jawab.desk.worker import Worker
from jawab.support import cards
from jawab.support.conversations.conversation import Owner
from jawab.support.conversations.message import Arrival
from jawab.support.conversations.store import Accepted, Store
from jawab.support.overrides.current import Current


class Hearing:
    """Takes what a shopper sends, once for a client_id."""

    def __init__(
        self,
        store: Store,
        hub: Hub,
        people: People,
        survey: Survey,
        worker: Worker,
        together: Together,
        current: Current,
        holds: Holds,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._hub = hub
        self._people = people
        self._survey = survey
        self._worker = worker
        self._together = together
        self._current = current
        self._holds = holds
        self._clock = clock

    async def hear(self, conversation_id: str, arrival: Arrival) -> Accepted:
        """Store a message and queue it for the bot, or let the person who answers know; what `Store.accept` raises."""
        arrival = await self._without_cards(conversation_id, arrival)
        with self._worker.expecting(conversation_id):
            got = await self._together.write(
                self._store.accept,
                conversation_id,
                arrival,
                now=self._clock(),
                hold=self._holds.begin(),
            )
            if got.begun is not None:
                self._worker.wake(conversation_id, got.begun)
        if got.fresh:
            self._hub.publish(conversation_id, News(MESSAGE))
        if got.owner is Owner.HUMAN:
            await self._people.heed(got.message)
            if got.fresh:
                await in_thread(self._survey.overheard, got.message)
        if got.begun is None:
            self._worker.wake(conversation_id)
        return got

    async def _without_cards(self, conversation_id: str, arrival: Arrival) -> Arrival:
        """The same without numbers of bank cards, which are stored nowhere."""
        text = arrival.text or ""
        if cards.masked(text) == text:
            return arrival
        conversation = await in_thread(self._store.conversation, conversation_id)
        shop = self._current.knowledge.shop(conversation.shop)
        return replace(arrival, text=cards.masked(text, order_number=shop.order_number))
