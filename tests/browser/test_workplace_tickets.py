"""Agents work on tickets at the workplace."""

import pytest

from jawab.text.language import Lang

from .desk_and_shop import eventually
from .workplace import PICTURE, breaches, waits


@pytest.fixture
def desk(agents_desk):
    return agents_desk


def test_a_ticket_is_given_to_a_colleague_and_its_history_speaks_in_names(agent, desk):
    chat = waits(desk)
    reference = chat.open_ticket(phone="0501234567").json()["reference"]
    sara = agent()
    sara.sign_in()
    sara.entry(reference).click()
    sara.page.get_by_label("Assign to", exact=True).select_option(label="Ali")
    sara.press("assign")
    sara.page.locator(".ticket .plain-list").get_by_text("Ali", exact=True).wait_for()
    assert "agent:" not in sara.page.locator(".ticket").inner_text()


def test_a_ticket_is_answered_with_a_photo_and_tells_who_asks(agent, desk):
    chat = waits(desk)
    reference = chat.open_ticket(
        phone="0501234567", order_number="24817735", subtopic="late", message="تماس: 021-91000100"
    ).json()["reference"]
    sara = agent(Lang.FA)
    sara.sign_in()
    sara.entry(reference).click()
    panel = sara.page.locator("#panel")
    panel.get_by_text("24817735").wait_for()
    panel.get_by_text("سفارشم دیر کرده یا نرسیده").wait_for()
    # A number keeps its order within right-to-left words.
    assert sara.page.locator(".asked .said bdi").inner_text() == "021-91000100"
    photo = {"name": "shelf.png", "mimeType": "image/png", "buffer": PICTURE}
    sara.page.locator(".ticket .files input").set_input_files(photo)
    sara.page.locator(".ticket .chips").get_by_text("shelf.png").wait_for()
    sara.write("reply", "این عکس قفسه است.")
    sara.page.locator(".history .reply").get_by_text("این عکس قفسه است.").wait_for()
    eventually(lambda: [m for m in chat.messages() if m["author"] == "agent" and m["attachments"]])
    assert sara.page.locator(".ticket .chips li").count() == 0


def test_an_open_ticket_shows_what_a_colleague_does(agent, desk):
    reference = waits(desk).open_ticket(phone="0501234567").json()["reference"]
    sara, ali = agent(), agent()
    sara.sign_in()
    ali.sign_in("ali")
    for one in (sara, ali):
        one.entry(reference).click()
        one.page.get_by_role("heading", name=reference).wait_for()
    sara.page.get_by_role("heading", name=reference).click()
    ali.write("note", "Asked the courier")
    sara.page.locator(".history .note").get_by_text("Asked the courier").wait_for()
    sara.reply.fill("Half a")
    ali.press("solve")
    sara.page.locator(".history .state").wait_for()
    assert sara.reply.input_value() == "Half a"
    assert sara.reply.evaluate("(field) => document.activeElement === field")


@pytest.mark.parametrize("lang", list(Lang))
def test_a_double_is_merged_and_parted_and_a_ticket_put_off_and_brought_back(agent, desk, lang):
    chat = waits(desk, "souq", lang.value)
    first, second = (
        chat.open_ticket(phone="0501234567", message=text).json()["reference"]
        for text in ("وين طلبي؟", "طلبي ما وصل")
    )
    sara = agent(lang)
    sara.sign_in()
    sara.entry(second).click()
    sara.page.get_by_label(sara.words["snooze_until"]).select_option("72")
    sara.press("snooze")
    sara.page.locator(".asleep").wait_for()
    sara.entry(second).wait_for(state="detached")
    assert breaches(sara) == []
    sara.press("wake")
    sara.entry(second).wait_for()
    sara.page.get_by_label(sara.words["merge_into"]).select_option(first)
    sara.press("merge")
    pointer = sara.page.locator(".later").get_by_role("link", name=first)
    pointer.wait_for()
    assert breaches(sara) == []
    sara.entry(second).wait_for(state="detached")
    pointer.click()
    sara.page.get_by_role("heading", name=first).wait_for()
    sara.page.locator(".history").get_by_role("link", name=second).click()
    sara.page.get_by_role("heading", name=second).wait_for()
    sara.press("split")
    sara.page.get_by_label(sara.words["merge_into"]).wait_for()


@pytest.mark.parametrize("lang", list(Lang))
def test_the_list_of_tickets_leads_to_each_of_them(agent, desk, lang):
    chat = waits(desk, "souq", lang.value)
    reference = chat.open_ticket(phone="0501234567").json()["reference"]
    sara = agent(lang)
    sara.sign_in()
    sara.page.get_by_role("link", name=sara.words["all_tickets"]).click()
    sara.page.get_by_label(sara.words["state"]).select_option("new")
    sara.press("filter")
    assert breaches(sara) == []
    sara.page.get_by_role("link", name=reference).click()
    sara.page.get_by_role("heading", name=reference).wait_for()
    sara.press("assign_me")
    sara.press("solve")
    sara.press("reopen")
    sara.page.get_by_role("button", name=sara.words["solve"], exact=True).wait_for()
    assert breaches(sara) == []
