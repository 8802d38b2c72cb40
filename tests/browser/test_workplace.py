"""A shopper with the widget and two agents at the workplace, in Chromium at once."""

import re

import pytest

from jawab.support.apps.chat import Chat
from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Arrival
from jawab.text.language import Lang

from .desk_and_shop import eventually
from .workplace import PICTURE, waits


@pytest.fixture
def desk(agents_desk):
    return agents_desk


def test_a_shopper_and_two_agents(visit, agent, desk):
    shopper = visit(shop="souq", lang="en")
    sara, ali = agent(), agent()
    sara.sign_in()
    ali.sign_in("ali")
    for one in (sara, ali):
        one.page.locator("#waiting .hint").wait_for()
    shopper.say("a person please")
    for one in (sara, ali):  # new in the queue, without reloading
        one.page.locator("#waiting .entry").click()
        one.message("shopper", "a person please").wait_for()
    assert re.match(r"\(1\) ", sara.page.title())

    take = [one.page.get_by_role("button", name="Take", exact=True) for one in (sara, ali)]
    for each in take:
        each.wait_for()
    # Both hands fall in the same moment: neither page has heard of the other.
    ali.page.route("**/api/v1/agent/conversations/*/claim", lambda route: held.append(route))
    held = []
    take[1].click()
    eventually(lambda: ali.page.wait_for_timeout(10) or held)
    take[0].click()
    sara.reply.wait_for()
    held[0].continue_()
    ali.notice.get_by_text("سارا").wait_for()
    ali.page.get_by_text("With سارا").wait_for()
    assert not ali.reply.is_visible()

    sara.reply.press_sequentially("He", delay=5)
    shopper.typing.wait_for()
    sara.reply.fill("Hello, how can I help?")
    sara.reply.press("Enter")
    shopper.message("agent", "Hello, how can I help?").wait_for()
    shopper.field.press_sequentially("It", delay=5)
    sara.page.locator(".talk .types", has_text="The shopper is typing").wait_for()
    sara.page.locator("#mine .types", has_text="The shopper is typing").wait_for()
    shopper.say("It is <b>late</b>")
    sara.message("shopper", "It is <b>late</b>").wait_for()
    eventually(lambda: not sara.page.locator(".talk .types").inner_text())

    sara.press("tab_note")
    sara.write("note", "Keep this among us")
    sara.message("internal", "Keep this among us").wait_for()
    sara.page.get_by_label("Transfer to").select_option(label="Ali")
    sara.press("transfer")
    ali.page.locator("#mine .entry").wait_for()
    ali.reply.wait_for()
    ali.message("internal", "Keep this among us").wait_for()
    assert shopper.find("*", "Keep this among us").count() == 0

    ali.press("close")
    shopper.find("button", "5 –").first.wait_for()  # what was it worth?
    ali.page.locator("#mine .hint").wait_for()
    shopper.say("thank you")
    shopper.message("bot", "ok").first.wait_for()  # the assistant answers again


def test_suggestions_and_ready_answers_go_into_the_reply_and_wait_there(agent, desk):
    sara = agent()
    sara.sign_in()
    chat = waits(desk)
    sara.take(chat.id)
    chat.send("How do I return it?")
    title = "How do I return"
    sara.page.locator(".suggestion", has_text=title).first.wait_for()
    sara.page.locator("h2", has_text="Souq").click()
    sara.page.keyboard.press("1")
    answer = desk.services.knowledge.answer(
        "returns_how", shop="souq", lang=Lang.EN, now=desk.services.clock()
    ).strip()
    assert sara.reply.input_value() == answer
    sara.reply.fill("/greet")
    sara.page.get_by_role("option", name="Greeting").wait_for()
    sara.reply.press("Enter")
    assert sara.reply.input_value().startswith("Hello, this is سارا from Souq")
    assert chat.said("agent") == []
    sara.reply.press("Enter")
    eventually(lambda: chat.said("agent"))


def test_one_who_waits_is_sent_to_a_colleague_and_a_closed_chat_is_reopened(agent, desk):
    sara, ali = agent(), agent()
    ali.sign_in("ali")
    ali.page.locator("#waiting .hint").wait_for()
    sara.sign_in()
    chat = waits(desk)
    sara.open(chat.id)
    sara.page.get_by_label("Transfer to").select_option(label="Ali")
    sara.press("transfer")
    sara.page.get_by_text("With Ali").wait_for()
    ali.entry(chat.id, "#mine").click()
    ali.reply.wait_for()
    ali.press("close")
    ali.page.locator("#mine .hint").wait_for()
    ali.press("reopen_chat")
    ali.reply.fill("One thing more")
    ali.reply.press("Enter")
    eventually(lambda: chat.said("agent") == ["One thing more"])


def test_a_message_that_never_reached_the_app_says_so_at_once(agent, desk):
    services, now = desk.services, desk.services.clock()
    made = begin(shop="souq", lang=Lang.EN, now=now, channel="telegram")
    chat = Chat("no-such-account", "42", made.id, "42", "", now)
    services.channels.chats.enter(chat, made)
    asked = services.store.accept(made.id, Arrival("1", text="a person please"), now=now).message
    turn = services.store.turn(asked.id).sent()
    services.store.keep(turn)
    call = services.people.call({"handover": {"reason": "asked"}}, made)
    services.store.finish(turn.answered({}), (), now=now, call=call)
    sara = agent()
    sara.sign_in()
    sara.take(made.id)
    sara.page.locator("#panel").get_by_text("Telegram").wait_for()
    sara.page.locator("#mine").get_by_text("waits for us").wait_for()
    sara.reply.fill("Hello")
    sara.reply.press("Enter")
    sara.message("agent", "Hello").locator(".fate.undelivered").wait_for()
    sara.page.locator("#mine").get_by_text("waits for the shopper").wait_for()
    sara.page.locator(".talk-head").get_by_text("waits for the shopper").wait_for()


def test_what_was_asked_stands_in_the_panel_in_words(agent, desk, rasa):
    asks = rasa.reply

    def reply(question):
        told = asks(question)
        told[-1]["custom"].update(intent="talk_to_human", confidence=0.9)
        return told

    rasa.reply = reply
    sara = agent(Lang.AR)
    sara.sign_in()
    chat = desk.begin("souq", lang="en")
    chat.ask("a person please, order 12345678, 200 SAR")
    sara.open(chat.id)
    panel = sara.page.locator("#panel")
    panel.get_by_text("التحدث إلى موظف").wait_for()
    panel.get_by_text("12345678").wait_for()
    assert "talk_to_human" not in panel.inner_text()


def test_files_go_both_ways(visit, agent, desk):
    shopper = visit(shop="souq", lang="en")
    sara = agent()
    sara.sign_in()
    shopper.say("a person please")
    sara.page.locator("#waiting .entry").click()
    sara.press("take")
    sara.reply.wait_for()
    photo = {"name": "shelf.png", "mimeType": "image/png", "buffer": PICTURE}
    sara.page.locator(".files input").set_input_files(photo)
    sara.page.locator(".chips").get_by_text("shelf.png").wait_for()
    sara.reply.press("Enter")
    sara.page.locator(".transcript .agent img").wait_for()
    shopper.message("agent").locator("img").first.wait_for()


def test_keys_do_what_they_say_and_nothing_while_one_types(agent, desk):
    sara = agent()
    sara.sign_in()
    chat = waits(desk)
    sara.entry(chat.id).wait_for()
    sara.page.keyboard.press("?")
    sara.page.get_by_role("dialog").get_by_text("Next conversation").wait_for()
    sara.page.keyboard.press("Escape")
    sara.page.get_by_role("dialog").wait_for(state="hidden")
    sara.page.keyboard.press("j")
    sara.message("shopper", "a person").wait_for()
    sara.page.keyboard.press("t")
    sara.reply.wait_for()
    sara.page.keyboard.press("r")
    sara.page.keyboard.type("b e r n")
    assert sara.reply.input_value() == "b e r n"
    sara.reply.press("Escape")
    sara.page.keyboard.press("b")
    sara.page.locator("#mine .hint").wait_for()
    assert chat.said("agent") == []


def test_keys_can_be_switched_off(agent, desk):
    sara = agent()
    sara.sign_in()
    chat = waits(desk)
    sara.entry(chat.id).wait_for()
    sara.page.get_by_role("button", name="Keyboard shortcuts").click()
    sara.page.get_by_label("Use keyboard shortcuts").uncheck()
    sara.page.get_by_role("dialog").get_by_role("button", name="Close").click()
    sara.page.get_by_role("dialog").wait_for(state="hidden")
    sara.page.keyboard.press("j")
    sara.page.keyboard.press("m")
    assert sara.page.get_by_role("button", name="Sound").get_attribute("aria-pressed") == "false"
    assert "#conversation" not in sara.page.url


def test_ten_open_conversations_stay_clear_and_drafts_stay_with_each(agent, desk):
    sara = agent()
    sara.sign_in()
    sara.page.locator("#waiting .hint").wait_for()
    chats = [waits(desk) for _ in range(10)]
    person = desk.services.agents.named("sara")
    joined = desk.services.handover_words.joined("سارا")
    for chat in chats:
        now = desk.services.clock()
        desk.services.handovers.claim(chat.id, person, now=now, said=joined)
    sara.page.reload()
    sara.page.locator("#mine .entry").nth(9).wait_for()
    for chat in (chats[3], chats[7]):
        sara.open(chat.id)
        sara.reply.fill(f"draft of {chat.id}")
    chats[5].send("are you there?")
    entry = sara.entry(chats[5].id)
    entry.locator(".unread", has_text="2").wait_for()  # the first one and this
    entry.get_by_text("are you there?").wait_for()
    sara.open(chats[3].id)
    assert sara.reply.input_value() == f"draft of {chats[3].id}"
    entry.click()
    sara.message("shopper", "are you there?").wait_for()
    eventually(lambda: not entry.locator(".unread").inner_text())
    sara.reply.fill("I am")
    sara.reply.press("Enter")
    entry.locator("xpath=self::*[@data-level='done']").wait_for()  # nothing is owed there any more


def test_an_agent_sees_the_same_shopper_elsewhere_and_separates_them(visit, agent, desk):
    services, now = desk.services, desk.services.clock()
    shopper = visit(shop="souq", lang="en")
    shopper.say("a person please")
    here, elsewhere = shopper.conversation["id"], desk.begin("souq").id
    for id in (here, elsewhere):
        services.persons.vouch(id, "+966501234567", who="souq-telegram", now=now)
    sara = agent()
    sara.sign_in()
    sara.entry(here, "#waiting").wait_for()
    sara.open(here)
    panel = sara.page.locator("#panel")
    panel.get_by_text("+966501234567").wait_for()
    joined = panel.get_by_role("listitem").filter(has_text="by a verified number")
    assert joined.get_by_role("link").get_attribute("href") == f"#conversation={elsewhere}"
    sara.press("separate")
    joined.wait_for(state="detached")
    sara.press("rejoin")
    joined.wait_for()
