"""The page of `make run-apps`: a phone for each app, before a desk that has an account of each."""

import pytest
from starlette.applications import Starlette

from ..fakes.phones.apps import APPS, Apps
from ..fakes.phones.page import LANGS, WORDS, Page
from ..unit.desk.pictures import photo
from .desk_and_shop import Desk, Running

SIZES = {"phone": (390, 844), "desktop": (1500, 1000)}


@pytest.fixture(scope="module")
def apps():
    apps = Apps()
    with Running(apps.app) as server:
        yield apps.at(server.url)


@pytest.fixture(scope="module")
def served(apps, _rasa_server, knowledge, tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    apps.write_accounts(folder / "channels.yml")
    settings = {"channels_file": folder / "channels.yml", "channel_poll": 0.05}
    desk = Desk(folder, _rasa_server.url, knowledge, settings)
    apps.bring_to(desk.url)
    yield desk
    desk.stop()


@pytest.fixture
def look(chromium, apps, served, rasa):
    """Open the page: `look("ar", "phone")`; fails on an error in it and on a breach of its policy."""
    complaints, contexts = [], []
    page = Page(apps.phone, APPS)
    with Running(Starlette(routes=page.routes)) as server:

        def come(lang="fa", size="desktop"):
            width, height = SIZES[size]
            context = chromium.new_context(viewport={"width": width, "height": height})
            context.set_default_timeout(15_000)
            contexts.append(context)
            tab = context.new_page()
            tab.on("pageerror", lambda error: complaints.append(error.stack))
            tab.on("console", lambda message: complaints.append(message.text))
            tab.goto(f"{server.url}/?lang={lang}")
            return tab

        yield come
        for context in contexts:
            context.close()
    assert complaints == []


def write(tab, app, text):
    field = tab.locator(f".phone.{app} textarea")
    field.fill(text)
    field.press("Enter")


def said(tab, app, text, who="shop"):
    return tab.locator(f".phone.{app} li.{who}", has_text=text).first


def menu(tab, app, title):
    tab.locator(f".phone.{app} summary").click()
    tab.locator(f".phone.{app} .menu button", has_text=title).click()


def test_a_question_typed_into_each_phone_is_answered_there(look):
    tab = look()
    for app in APPS:
        write(tab, app, f"ساعت کاری {app}؟")
    for app in APPS:
        said(tab, app, f"پاسخ: ساعت کاری {app}؟").wait_for()
        assert tab.locator(f".phone.{app} li.mine").count() == 1


@pytest.mark.parametrize("lang", LANGS)
def test_on_a_phone_one_app_fills_the_screen_and_nothing_scrolls_sideways(look, lang):
    tab = look(lang, "phone")
    tab.locator("[data-tab=rubika]").click()
    assert [tab.locator(f".phone.{app}").is_visible() for app in APPS] == [
        app == "rubika" for app in APPS
    ]
    assert tab.locator("html").get_attribute("dir") == ("ltr" if lang == "en" else "rtl")
    width, height = SIZES["phone"]
    box = tab.locator("body").evaluate("body => [body.scrollWidth, body.scrollHeight]")
    assert box == [width, height]
    for word in ("title", "send"):
        assert WORDS[word][lang] in tab.locator("body").inner_text()


@pytest.mark.parametrize(
    ("app", "place"),
    [("telegram", ".choices"), ("bale", ".choices"), ("rubika", ".keypad")],
)
def test_choices_stand_where_the_app_has_them_and_can_be_tapped(look, rasa, app, place):
    rasa.reply = lambda question: [
        {"text": "کدام؟", "buttons": [{"title": "ارسال فوری", "payload": "x"}]}
        if question["message"] == "سلام"
        else {"text": f"پاسخ: {question['message']}"},
        {"custom": rasa.custom(question)},
    ]
    tab = look()
    write(tab, app, "سلام")
    tab.locator(f".phone.{app} {place} .choice", has_text="ارسال فوری").click()
    said(tab, app, "پاسخ: ارسال فوری").wait_for()


def test_whatsapp_opens_its_list(look, rasa):
    titles = [f"گزینهٔ {number}" for number in range(5)]
    rasa.reply = lambda question: [
        {"text": "کدام؟", "buttons": [{"title": each, "payload": "x"} for each in titles]}
        if question["message"] == "سلام"
        else {"text": f"پاسخ: {question['message']}"},
        {"custom": rasa.custom(question)},
    ]
    tab = look()
    write(tab, "whatsapp", "سلام")
    tab.locator(".phone.whatsapp .opens").click()
    rows = tab.locator(".phone.whatsapp dialog .choice")
    assert rows.all_inner_texts() == titles
    rows.nth(3).click()
    said(tab, "whatsapp", f"پاسخ: {titles[3]}").wait_for()


@pytest.mark.parametrize("app", APPS)
def test_a_photo_a_change_and_a_number_arrive(look, served, app):
    tab = look()
    file = {"name": "kafsh.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    tab.locator(f".phone.{app} input[type=file]").set_input_files(file)
    tab.locator(f".phone.{app} li.mine img").wait_for()
    tab.locator(f".phone.{app} li.shop").first.wait_for()
    write(tab, app, "سفارشم کجاست")
    said(tab, app, "پاسخ: سفارشم کجاست").wait_for()
    said(tab, app, "سفارشم کجاست", "mine").locator(".edit").click()
    write(tab, app, "سفارش ۱۲۳ کجاست")
    said(tab, app, "سفارش ۱۲۳ کجاست", "mine").locator(".edited").wait_for()
    before = tab.locator(f".phone.{app} li.shop").count()
    menu(tab, app, WORDS["share"]["fa"])
    tab.locator(f".phone.{app} li.shop").nth(before).wait_for()


@pytest.mark.parametrize("app", APPS)
def test_the_bot_can_be_blocked_and_taken_back_and_another_customer_begins_anew(look, app):
    tab = look()
    menu(tab, app, WORDS["block"]["fa"])
    tab.locator(f".phone.{app} .blocked").wait_for()
    menu(tab, app, WORDS["unblock"]["fa"])
    tab.locator(f".phone.{app} .blocked").wait_for(state="hidden")
    write(tab, app, "برگشتم")
    said(tab, app, "پاسخ: برگشتم").wait_for()
    menu(tab, app, WORDS["renew"]["fa"])
    tab.locator(f".phone.{app} li").first.wait_for(state="detached")


def test_every_word_of_the_page_is_there_in_three_languages():
    assert all(set(said) == set(LANGS) and all(said.values()) for said in WORDS.values())


def test_another_page_cannot_use_the_phones(look):
    tab = look()
    answer = tab.request.post(f"{tab.url.partition('/?')[0]}/phones/bale/say", data='{"text":"x"}')
    assert answer.status == 403


def test_the_key_that_shares_the_number_stands_below_the_chat(look, rasa):
    form = {"id": "ticket", "field": "phone", "input": "tel", "step": 1, "steps": 2}
    rasa.reply = lambda question: [
        {"text": "شماره موبایلتان؟", "buttons": [{"title": "ایمیل می‌دهم", "payload": "x"}]},
        {"custom": rasa.custom(question, form=form)},
    ]
    tab = look(size="phone")
    write(tab, "telegram", "تیکت")
    keys = tab.locator(".phone.telegram .keypad .choice")
    keys.nth(1).wait_for()
    assert keys.all_inner_texts() == ["ارسال شماره موبایل من", "ایمیل می‌دهم"]
    keys.first.click()
    said(tab, "telegram", "+989121234567", "mine").wait_for()
