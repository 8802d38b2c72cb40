"""The agents' page in Chromium: sign in, take, write, give back; in three languages."""

import pytest

from jawab.text.language import Lang

from .axe import violations
from .desk_and_shop import eventually


def called(desk, shop="souq"):
    chat = desk.begin(shop, lang="en")
    chat.ask("a person please")
    return chat


@pytest.mark.parametrize("lang", list(Lang))
def test_an_agent_signs_in_takes_answers_notes_and_gives_back(agent, agents_desk, lang):
    sara = agent(lang)
    assert sara.page.url.endswith(f"/desk/sign-in?lang={lang.value}")
    sara.sign_in()
    sara.page.locator("#waiting .hint").wait_for()
    assert sara.page.locator("html").get_attribute("dir") == ("ltr" if lang is Lang.EN else "rtl")
    chat = called(agents_desk)
    sara.page.locator("#waiting .entry").click()
    sara.wait_for("a person please")
    sara.press("take")
    sara.write("reply", "سلام، چه کمکی؟")
    eventually(lambda: chat.said("agent") == ["سلام، چه کمکی؟"])
    chat.send("my parcel <b>is</b> lost")
    sara.wait_for("my parcel <b>is</b> lost")
    sara.press("tab_note")
    sara.write("note", "یک یادداشت")
    sara.page.locator(".transcript .internal", has_text="یک یادداشت").wait_for()
    sara.press("return")
    eventually(lambda: chat.messages()[-1]["author"] == "bot")
    sara.page.locator("#mine .hint").wait_for()
    assert chat.said("agent") == ["سلام، چه کمکی؟"]


def test_a_wrong_password_is_told_and_the_page_stays_shut(agent):
    sara = agent()
    sara.sign_in(password="wrong")
    sara.page.get_by_role("alert").wait_for()
    sara.page.goto(sara.page.url.replace("/desk/sign-in", "/desk"))
    assert "/desk/sign-in" in sara.page.url


def test_two_agents_see_the_same_queue_and_one_gives_to_the_other(agent, agents_desk):
    sara, ali = agent(), agent()
    sara.sign_in()
    ali.sign_in("ali")
    called(agents_desk)
    for one in (sara, ali):
        one.page.locator("#waiting .entry").wait_for()
    sara.page.locator("#waiting .entry").click()
    sara.press("take")
    ali.page.locator("#waiting .hint").wait_for()
    sara.page.locator("#transfer-to optgroup").first.wait_for(state="attached")
    sara.page.locator("#transfer-to").select_option(label="Ali")
    sara.press("transfer")
    ali.page.locator("#mine .entry").click()
    ali.page.get_by_label("Reply to the shopper").wait_for()


def test_a_note_that_is_being_written_never_becomes_an_answer(agent, agents_desk):
    sara = agent()
    sara.sign_in()
    chat = called(agents_desk)
    sara.page.locator("#waiting .entry").click()
    sara.page.get_by_label("Note for colleagues").fill("for us alone")
    sara.press("take")
    sara.press("tab_reply")
    assert sara.page.get_by_label("Reply to the shopper").input_value() == ""
    assert sara.page.get_by_label("Note for colleagues").input_value() == "for us alone"
    assert chat.said("agent") == []


def test_a_ticket_is_taken_answered_solved_and_reopened(agent, agents_desk):
    chat = called(agents_desk)
    form = {"client_id": "1", "topic": "other", "name": "Nora", "phone": "0501234567"}
    opened = agents_desk.http.post(
        f"{chat.path}/tickets", json={**form, "message": "Where is it?"}, headers=chat.headers
    ).json()
    sara = agent()
    sara.sign_in()
    sara.page.locator("#tickets .entry").click()
    sara.wait_for("Where is it?")
    sara.press("assign_me")
    sara.write("reply", "It is on its way")
    sara.page.locator(".plain-list").get_by_text("It is on its way").wait_for()
    assert chat.said("agent") == ["It is on its way"]
    sara.press("solve")
    sara.press("reopen")
    sara.page.get_by_role("button", name="Solve").wait_for()
    assert agents_desk.services.tickets.find(opened["reference"]).state.value == "open"


def test_signing_out_shuts_the_page(agent):
    sara = agent()
    sara.sign_in()
    sara.page.locator("#waiting .hint").wait_for()
    sara.press("sign_out")
    sara.page.locator("#login").wait_for()
    sara.page.goto(sara.page.url.replace("/desk/sign-in", "/desk"))
    assert "/desk/sign-in" in sara.page.url


@pytest.mark.parametrize(
    ("lang", "size", "colours"),
    [
        (Lang.FA, "phone", "light"),
        (Lang.AR, "desktop", "dark"),
        (Lang.EN, "desktop", "light"),
    ],
)
def test_axe_finds_nothing_on_the_agents_page(agent, agents_desk, lang, size, colours):
    sara = agent(lang, size, colours)
    sara.sign_in()
    chat = called(agents_desk)
    sara.page.locator("#waiting .entry").click()
    sara.press("take")
    sara.write("reply", "Hello")
    eventually(lambda: chat.said("agent"))
    sara.page.locator(".transcript .agent").wait_for()
    assert violations(sara.page) == []
