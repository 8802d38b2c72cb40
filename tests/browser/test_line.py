"""Nothing is lost and nothing doubled: reload, lost network, sleep, two tabs, a token that has run out."""

import threading

import pytest

from .desk_and_shop import eventually

ORIGIN = {"Access-Control-Allow-Origin": "*"}
FALL_ASLEEP = """() => {
  Object.defineProperty(document, "hidden", { value: true, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
  document.dispatchEvent(new Event("freeze"));
}"""
WAKE_UP = """() => {
  delete document.hidden;
  document.dispatchEvent(new Event("resume"));
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def elsewhere(desk, shopper, text):
    """The same shopper's message from another device."""
    conversation = shopper.conversation
    response = desk.http.post(
        f"/api/v1/conversations/{conversation['id']}/messages",
        json={"client_id": "elsewhere", "text": text},
        headers={"Authorization": f"Bearer {conversation['token']}"},
    )
    assert response.status_code == 202


def test_nothing_is_asked_of_the_desk_but_the_shop_until_the_chat_is_opened(visit, desk):
    before = desk.store.counts().conversations
    asked = []
    shopper = visit(open=False)
    shopper.page.wait_for_function(
        "() => Object.keys(localStorage).some((k) => k.endsWith('.shop'))"
    )
    shopper.page.on("request", lambda request: asked.append(request.url))
    shopper.page.reload()
    shopper.launcher.wait_for()
    assert [url for url in asked if "/api/" in url] == []  # the shop is remembered
    assert desk.store.counts().conversations == before


@pytest.mark.parametrize("lang", ["fa", "ar"])
def test_a_reload_in_mid_answer_loses_and_doubles_nothing(visit, rasa, lang):
    gate = threading.Event()
    shopper = visit(lang=lang)
    shopper.ask("یک")
    rasa.then(gate)
    shopper.say("دو")
    eventually(lambda: "دو" in rasa.texts)
    shopper.page.reload()
    shopper.typing.wait_for()
    gate.set()
    shopper.answered("دو")
    assert shopper.texts("shopper") == ["یک", "دو"]
    assert len(shopper.texts("bot")) == 3
    assert rasa.texts == ["یک", "دو"]


def test_what_is_typed_without_a_network_is_sent_once_when_it_is_back(visit, rasa):
    shopper = visit()
    shopper.context.set_offline(True)
    shopper.find(".notice", "اینترنتتان قطع است").wait_for()
    for text in ("یک", "دو"):
        shopper.say(text)
    shopper.find(".message.sending", "در انتظار اینترنت").nth(1).wait_for()
    shopper.context.set_offline(False)
    shopper.find(".notice", "دوباره وصل شدید").wait_for()
    shopper.answered("دو")
    shopper.find(".message.sending").wait_for(state="detached")
    assert shopper.texts("shopper") == ["یک", "دو"]
    assert rasa.texts == ["یک", "دو"]


def test_what_was_not_sent_survives_a_reload(visit, rasa):
    shopper = visit()
    shopper.page.route("**/messages", lambda route: route.abort())
    shopper.say("سلام")
    shopper.find(".message.sending").wait_for()
    shopper.page.unroute("**/messages")
    shopper.page.reload()
    shopper.answered("سلام")
    assert shopper.texts("shopper") == ["سلام"]
    assert rasa.texts == ["سلام"]


def test_a_draft_survives_a_reload(visit):
    shopper = visit()
    shopper.field.fill("نیمه‌کاره")
    shopper.page.reload()
    shopper.panel.wait_for()
    assert shopper.field.input_value() == "نیمه‌کاره"
    assert shopper.page.evaluate(
        "document.activeElement === document.body"
    )  # it took no focus by itself


def test_the_transcript_is_there_without_a_network(visit, site):
    shopper = visit()
    shopper.ask("سلام")
    shopper.page.evaluate("dispatchEvent(new Event('pagehide'))")  # what is said is written down
    shopper.page.route("**/api/**", lambda route: route.abort())
    shopper.page.reload()
    shopper.answered("سلام")
    shopper.find(".notice", "دوباره تلاش می‌کنیم").wait_for()
    assert shopper.texts("shopper") == ["سلام"]


def test_a_confirmation_lost_on_the_way_makes_no_second_message(visit, rasa):
    shopper = visit()
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    shopper.page.route("**/messages", lose)
    shopper.ask("سلام")
    shopper.find(".message.sending").wait_for(state="detached")
    assert lost
    assert shopper.texts("shopper") == ["سلام"]
    assert rasa.texts == ["سلام"]


def test_a_desk_that_is_busy_is_asked_again(visit, rasa):
    shopper = visit()
    answers = iter([503, 429])

    def busy(route):
        status = next(answers, None)
        if status and route.request.method == "POST":
            route.fulfill(
                status=status,
                json={"error": {"code": "unavailable", "message": "x"}},
                headers=ORIGIN,
            )
        else:
            route.continue_()

    shopper.page.route("**/messages", busy)
    shopper.ask("سلام")
    assert shopper.texts("shopper") == ["سلام"]


def test_a_network_without_streams_is_worked_around(visit, desk):
    shopper = visit()
    shopper.page.route("**/events", lambda route: route.abort())
    shopper.page.reload()
    shopper.message("bot").first.wait_for()
    shopper.ask("سلام")
    assert shopper.texts("shopper") == ["سلام"]


def test_what_came_while_the_phone_slept_is_there_when_it_wakes(visit, desk):
    shopper = visit(size="phone")
    shopper.ask("یک")
    shopper.page.evaluate(FALL_ASLEEP)
    elsewhere(desk, shopper, "دو")
    eventually(lambda: desk.store.next_turn(shopper.conversation["id"]) is None)
    assert shopper.message("bot", "دو").count() == 0
    shopper.page.evaluate(WAKE_UP)
    shopper.answered("دو")
    assert shopper.texts("shopper") == ["یک", "دو"]


def test_two_tabs_are_one_conversation(visit):
    first = visit()
    first.ask("یک")
    second = visit(context=first.context)
    second.answered("یک")
    second.ask("دو")
    first.answered("دو")
    first.ask("سه")
    second.answered("سه")
    assert first.texts("shopper") == second.texts("shopper") == ["یک", "دو", "سه"]
    assert first.texts("bot") == second.texts("bot")


def test_two_tabs_that_open_at_once_begin_one_conversation(visit, desk):
    first = visit(open=False)
    second = visit(open=False, context=first.context)
    before = desk.store.counts().conversations
    first.page.evaluate("void jawab.open()")
    second.page.evaluate("void jawab.open()")
    for tab in (first, second):
        tab.message("bot").first.wait_for()
    assert desk.store.counts().conversations == before + 1


def test_a_message_of_a_tab_that_was_closed_is_sent_by_the_other(visit, rasa):
    first = visit()
    second = visit(context=first.context)
    first.page.route("**/messages", lambda route: None)  # never answered
    first.say("سلام")
    second.message("shopper", "سلام").wait_for()
    first.page.close()
    second.answered("سلام")
    second.find(".message.sending").wait_for(state="detached")
    assert second.texts("shopper") == ["سلام"]
    assert rasa.texts == ["سلام"]


def test_what_is_read_in_one_tab_is_read_in_all(visit, rasa):
    gate = threading.Event()
    rasa.then(gate)
    first = visit()
    first.say("سلام")
    eventually(lambda: rasa.asked)
    first.page.keyboard.press("Escape")
    second = visit(context=first.context, open=False)
    gate.set()
    second.badge.wait_for()
    first.badge.wait_for()
    second.launcher.click()
    second.answered("سلام")
    first.badge.wait_for(state="hidden")


@pytest.mark.parametrize("lang", ["fa", "ar"])
def test_a_token_that_ran_out_leaves_the_transcript_readable_and_begins_anew(
    visit, desk, rasa, lang
):
    shopper = visit(lang=lang)
    shopper.ask("یک")
    old = shopper.conversation
    shopper.page.evaluate(
        "(key) => { dispatchEvent(new Event('pagehide')); const kept = JSON.parse(localStorage[key]);"
        " localStorage[key] = JSON.stringify({ ...kept, token: 'x' + kept.token }); }",
        "jawab.digikala.conversation",
    )
    shopper.page.reload()
    shopper.find(".ended").wait_for()
    shopper.message("bot").nth(2).wait_for()
    shopper.ask("دو")
    assert shopper.texts("shopper") == ["یک", "دو"]
    assert shopper.conversation["id"] != old["id"]
    assert shopper.notice.inner_text() != ""
    shopper.page.reload()
    shopper.answered("دو")
    assert shopper.texts("shopper") == ["یک", "دو"]


def test_a_desk_that_takes_no_token_at_all_is_not_asked_for_ever(visit, desk):
    shopper = visit()
    begun = []
    shopper.page.on(
        "request",
        lambda r: (
            begun.append(r) if r.url.endswith("/conversations") and r.method == "POST" else None
        ),
    )
    shopper.page.route(
        "**/events",
        lambda r: r.fulfill(
            status=401, json={"error": {"code": "token_invalid", "message": "نشد"}}, headers=ORIGIN
        ),
    )
    shopper.page.reload()
    shopper.find(".notice .again").wait_for()
    assert "نشد" in shopper.notice.inner_text()
    assert len(begun) <= 4


def test_a_new_conversation_begins_on_demand(visit, desk):
    shopper = visit()
    shopper.ask("یک")
    old = shopper.conversation
    shopper.find(".head .tool").first.click()
    shopper.sheet.locator(".row", has_text="گفت‌وگوی تازه").click()
    shopper.find(".ended").wait_for()
    shopper.ask("دو")
    assert shopper.conversation["id"] != old["id"]


def test_an_untouched_conversation_begins_anew_in_another_language(visit):
    shopper = visit(shop="souq", lang="ar")
    english = visit(shop="souq", lang="en", context=shopper.context, open=False)
    english.open()
    english.message("bot", "Hello and welcome").wait_for()
    shopper.message("bot", "Hello and welcome").wait_for()  # one conversation in all tabs
    english.ask("hi")
    shopper.answered("hi")


def test_a_page_that_may_store_nothing_still_chats(visit):
    shopper = visit(open=False)
    shopper.context.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    shopper.page.reload()
    shopper.launcher.wait_for()
    shopper.open()
    shopper.ask("سلام")
    assert shopper.texts("shopper") == ["سلام"]
