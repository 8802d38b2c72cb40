"""A message that is asked about as soon as it is stored: once, whoever else looks for open turns meanwhile."""

import asyncio
from datetime import datetime, timedelta, timezone

from sqlalchemy import delete

from jawab.desk.app import build_app
from jawab.desk.endings import Endings
from jawab.settings import Settings
from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Arrival, Draft
from jawab.support.conversations.turn import Hold
from jawab.support.tables import conversations, messages
from jawab.text.language import Lang

from .running import eventually


def test_a_turn_that_is_just_being_begun_is_not_taken_by_who_looks_for_open_ones(
    tmp_path, rasa, knowledge
):
    settings = Settings(
        _env_file=None, var=tmp_path, rasa_url=rasa.url, rasa_token="inside", secret_key="k" * 40
    )
    app = build_app(settings, knowledge=knowledge)

    def opened(services):
        made = begin(shop="digikala", lang=Lang.FA, now=services.clock())
        services.store.open_conversation(made, Draft("سلام", Lang.FA))
        return made.id

    def stored(services, chat, text):
        now, hold = services.clock(), services.holds.begin()
        return services.store.accept(chat, Arrival("c1", text=text), now=now, hold=hold)

    async def answered(store, message):
        while store.outcome(message.id) is None:
            await asyncio.sleep(0.01)

    async def scenario():
        async with app.router.lifespan_context(app):
            services = app.state.services
            here, there = opened(services), opened(services)
            with services.worker.expecting(here):
                mine = stored(services, here, "اینجا")
                services.worker.wake(here)
                other = stored(services, there, "آنجا")
                services.worker.wake(there)
                await answered(services.store, other.message)
                assert rasa.texts == ["آنجا"]
                services.worker.wake(here, mine.begun)
            await answered(services.store, mine.message)
            await asyncio.wait_for(services.worker.stop(), timeout=10)
            assert rasa.texts == ["آنجا", "اینجا"]

    asyncio.run(asyncio.wait_for(scenario(), timeout=30))


def test_a_begun_turn_whose_desk_died_is_looked_for_in_the_tracker_before_it_is_asked(
    start_desk, rasa
):
    desk = start_desk(desk_name="one")
    chat = desk.begin()
    long_ago = datetime.now(timezone.utc) - timedelta(minutes=5)
    died = Hold("another", long_ago, long_ago + timedelta(seconds=20))
    arrival = Arrival("c1", text="یک")
    left = desk.store.accept(chat.id, arrival, now=datetime.now(timezone.utc), hold=died)
    assert [reply["text"] for reply in chat.ask("دو")] == ["پاسخ: دو"]
    assert rasa.looked_up == [chat.id]
    assert rasa.texts == ["یک", "دو"]
    assert len(desk.store.outcome(left.message.id)) == 1


def test_a_conversation_that_is_gone_takes_no_message_though_its_shop_is_known(desk):
    chat = desk.begin()
    with desk.services.database.writing() as connection:
        connection.execute(delete(messages).where(messages.c.conversation_id == chat.id))
        connection.execute(delete(conversations).where(conversations.c.id == chat.id))
    assert chat.send("سلام").status_code == 404


def test_a_conversation_of_another_process_is_found_with_its_shop(start_desk):
    one, two = start_desk(desk_name="one"), start_desk(desk_name="two")
    chat = one.begin()
    assert chat.at(two).ask("سلام")[0]["text"] == "پاسخ: سلام"
    eventually(lambda: len(chat.messages()) == 3)


def test_only_an_ending_that_is_awaited_is_kept():
    endings = Endings()
    endings.over(7, ())
    with endings.awaited(7) as ending:
        assert ending() is None
        endings.over(7, ())
        assert ending() == ()
    with endings.awaited(7) as ending:
        assert ending() is None
