"""What agents lean on all day: every key of the list, countdowns, the sound, drafts, and the numbers in the title."""

import re
from datetime import datetime, timezone

import pytest

from jawab.text.language import Lang

from .desk_and_shop import eventually
from .test_workplace import waits

KEYS = ["?", "J", "K", "U", "T", "R", "N", "1 2 3", "Alt+S", "B", "E", "/", "M", "Esc"]
# What a browser tells of keys pressed: counts the tones that begin, and lets them sound.
COUNT_TONES = """
window.tones = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) { window.tones += 1; return start.apply(this, when); };
"""


@pytest.fixture
def desk(agents_desk):
    return agents_desk


def open_one(sara):
    return sara.page.evaluate("decodeURIComponent(location.hash.split('=')[1] ?? '')")


def focused(sara):
    return sara.page.evaluate("document.activeElement.id || document.activeElement.tagName")


def press(sara, key):
    sara.page.keyboard.press(key)


def hold(desk, login, *chats):
    """Let this agent take these, as if by the page."""
    services = desk.services
    person = services.agents.named(login)
    joined = services.handover_words.joined(person.name)
    for chat in chats:
        services.handovers.claim(chat.id, person, now=services.clock(), said=joined)


def test_every_key_of_the_list_does_what_it_says(visit, agent, desk):
    sara, ali = agent(), agent()
    sara.sign_in()
    ali.sign_in("ali")
    shopper = visit(shop="souq", lang="en")
    shopper.say("a person please")
    for one in (sara, ali):
        one.page.locator("#waiting .entry").wait_for()
    first = sara.page.locator("#waiting .entry").get_attribute("data-id")
    second = waits(desk)
    sara.entry(second.id, "#waiting").wait_for()

    press(sara, "?")
    dialog = sara.page.get_by_role("dialog")
    dialog.wait_for()
    assert dialog.locator("kbd").all_inner_texts() == KEYS
    press(sara, "Escape")
    dialog.wait_for(state="hidden")

    press(sara, "j")
    eventually(lambda: open_one(sara) == first)
    press(sara, "j")
    eventually(lambda: open_one(sara) == second.id)
    press(sara, "k")
    eventually(lambda: open_one(sara) == first)
    sara.message("shopper", "a person please").wait_for()
    press(sara, "t")
    sara.reply.wait_for()
    ali.entry(first, "#waiting").wait_for(state="detached")

    press(sara, "n")
    sara.page.keyboard.type("a note t e b")
    assert sara.page.get_by_label(sara.words["note"], exact=True).input_value() == "a note t e b"
    press(sara, "Escape")
    press(sara, "r")
    assert sara.reply.evaluate("(field) => document.activeElement === field")
    shopper.say("How do I return it?")
    sara.page.locator(".suggestion").first.wait_for()
    press(sara, "Alt+s")
    eventually(lambda: sara.reply.input_value())
    sara.reply.fill("")
    press(sara, "Escape")

    press(sara, "/")
    assert focused(sara) == "find"
    press(sara, "Escape")
    assert focused(sara) == "BODY"
    sound = sara.page.get_by_role("button", name=sara.words["sound"])
    press(sara, "m")
    assert sound.get_attribute("aria-pressed") == "true"
    press(sara, "m")
    assert sound.get_attribute("aria-pressed") == "false"

    hold(desk, "sara", second)
    second.send("and me?")
    sara.entry(second.id, "#mine").wait_for()
    sara.entry(first, "#mine").click()
    sara.reply.fill("One moment")
    sara.reply.press("Enter")
    sara.entry(first, "#mine").locator("xpath=self::*[@data-level='done']").wait_for()
    press(sara, "Escape")
    press(sara, "u")  # nothing is owed in the first one any more
    eventually(lambda: open_one(sara) == second.id)
    sara.message("shopper", "and me?").wait_for()
    sara.page.locator("[data-way=close]").wait_for()
    press(sara, "e")
    sara.entry(second.id, "#mine").wait_for(state="detached")
    sara.page.locator("[data-way=reopen_chat]").wait_for()
    press(sara, "k")
    eventually(lambda: open_one(sara) == first)
    sara.page.locator("[data-way=return]").wait_for()
    press(sara, "b")
    sara.page.locator("#mine .hint").wait_for()


def test_keys_work_by_their_place_on_a_persian_and_on_an_arabic_keyboard(agent, desk):
    sara = agent(Lang.FA)
    sara.sign_in()
    chat = waits(desk, "digikala", "fa")
    sara.entry(chat.id, "#waiting").wait_for()
    type_ = "([code, key]) => document.body.dispatchEvent(new KeyboardEvent('keydown', { code, key, bubbles: true }))"
    sara.page.evaluate(type_, ["Slash", "؟"])
    sara.page.get_by_role("dialog").wait_for()
    sara.page.keyboard.press("Escape")
    sara.page.get_by_role("dialog").wait_for(state="hidden")
    sara.page.evaluate(type_, ["KeyJ", "ت"])
    eventually(lambda: open_one(sara) == chat.id)
    sara.page.locator("[data-way=take]").wait_for()
    sara.page.evaluate(type_, ["KeyT", "ف"])
    sara.reply.wait_for()


def test_a_key_means_the_conversation_on_its_way_not_the_one_still_in_sight(agent, desk):
    sara = agent()
    sara.sign_in()
    first, second = waits(desk), waits(desk)
    for chat in (first, second):
        sara.entry(chat.id, "#waiting").wait_for()
    press(sara, "j")
    sara.page.locator("[data-way=take]").wait_for()
    held = []
    sara.page.route(f"**/conversations/{second.id}", lambda route: held.append(route), times=1)
    with sara.page.expect_request(f"**/conversations/{second.id}"):
        press(sara, "j")
    press(sara, "t")
    held[0].continue_()
    sara.entry(second.id, "#mine").wait_for()
    assert sara.entry(first.id, "#waiting").is_visible()


def test_a_countdown_runs_from_calm_over_soon_until_it_is_late(agent, desk):
    sara = agent()
    sara.page.clock.install(time=datetime(2027, 1, 2, 10, tzinfo=timezone.utc))
    sara.page.reload()
    sara.sign_in()
    chat = waits(desk)
    hold(desk, "sara", chat)
    entry = sara.entry(chat.id, "#mine")
    level = entry.locator("xpath=self::*[@data-level='calm']")
    level.wait_for()
    left = entry.locator(".left")
    assert re.match(r"[0-4]:[0-5][0-9]|5:00", left.inner_text())
    sara.page.clock.fast_forward("04:00")
    entry.locator("xpath=self::*[@data-level='soon']").wait_for()
    sara.page.clock.fast_forward("02:00")
    entry.locator("xpath=self::*[@data-level='late']").wait_for()
    assert re.match(r"\+[0-9]+:[0-5][0-9]", left.inner_text())
    assert sara.words["over"] in left.inner_text()


def test_the_sound_is_for_news_and_only_while_it_is_on(agent, desk):
    sara = agent()
    sara.page.add_init_script(COUNT_TONES)
    sara.page.reload()
    sara.sign_in()
    sara.page.locator("#waiting .hint").wait_for()
    chat = waits(desk)
    sara.entry(chat.id, "#waiting").wait_for()
    assert sara.page.evaluate("tones") == 0
    sara.page.get_by_role("button", name=sara.words["sound"]).click()
    assert sara.page.evaluate("tones") == 2  # this is how it sounds
    sara.page.reload()
    sara.entry(chat.id, "#waiting").wait_for()
    sound = sara.page.get_by_role("button", name=sara.words["sound"])
    assert sound.get_attribute("aria-pressed") == "true"  # remembered
    sara.take(chat.id)
    before = sara.page.evaluate("tones")
    chat.send("are you there?")
    eventually(lambda: sara.page.evaluate("tones") == before + 2)


@pytest.mark.parametrize(
    ("lang", "one", "two"),
    [(Lang.FA, "۱", "۲"), (Lang.AR, "1", "2"), (Lang.EN, "1", "2")],
)
def test_the_title_counts_who_waits_and_what_is_unread(agent, desk, lang, one, two):
    sara = agent(lang)
    sara.sign_in()
    sara.page.locator("#waiting .hint").wait_for()
    assert not sara.page.title().startswith("(")
    chat, other = waits(desk), waits(desk)
    eventually(lambda: sara.page.title().startswith(f"({two}) "))
    hold(desk, "sara", chat, other)
    sara.entry(other.id, "#mine").wait_for()
    for each in (chat, other):  # who looks has read
        sara.open(each.id)
    eventually(lambda: not sara.page.title().startswith("("))
    chat.send("are you there?")
    eventually(lambda: sara.page.title().startswith(f"({one}) "))
    sara.entry(chat.id, "#mine").locator(".unread", has_text=one).wait_for()
    sara.open(chat.id)
    eventually(lambda: not sara.page.title().startswith("("))


def test_drafts_of_both_kinds_stay_over_a_reload_and_go_with_signing_out(agent, desk):
    sara = agent()
    sara.sign_in()
    chat = waits(desk)
    sara.take(chat.id)
    sara.reply.fill("half an answer")
    sara.press("tab_note")
    note = sara.page.get_by_label(sara.words["note"], exact=True)
    note.fill("half a note")
    sara.page.reload()
    note.wait_for()  # what was being written last
    assert note.input_value() == "half a note"
    sara.press("tab_reply")
    assert sara.reply.input_value() == "half an answer"
    sara.page.locator("#sign-out").click()
    sara.page.wait_for_url("**/sign-in*")
    kept = sara.page.evaluate("Object.keys(sessionStorage)")
    assert kept == []
