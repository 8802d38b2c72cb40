"""The demo shop's front page, as the server gives it."""

import re

import pytest

from jawab.desk.demo import number
from jawab.desk.demo_goods import CATEGORIES, STALLS
from jawab.text.language import Lang

PAGES = [(shop, lang) for shop in STALLS for lang in Lang]


@pytest.fixture(params=PAGES, ids=lambda p: f"{p[0]}-{p[1].value}")
def front(request, desk):
    shop, lang = request.param
    response = desk.http.get(f"/demo/{shop}?lang={lang.value}")
    assert response.status_code == 200
    return response.text, shop, lang


def test_the_page_shows_the_goods_and_says_that_it_is_a_demonstration(front, desk):
    text, shop, lang = front
    for good in STALLS[shop].goods:
        assert good.name[lang] in text
        assert number(good.price, lang) in text
    assert desk.services.words.say("page_shop_notice", lang=lang, shop=shop) in text


def test_the_widget_comes_by_one_line(front):
    text, shop, lang = front
    assert f'<script src="/widget.js" data-shop="{shop}" data-lang="{lang.value}" defer>' in text
    assert len(re.findall("<script", text)) == 1
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text)


def test_each_link_of_the_shop_leads_somewhere(front, desk, knowledge):
    text, _, _ = front
    for address in set(re.findall(r'(?:src|href|action)="(/[^"]*)"', text)):
        assert desk.http.get(address.replace("&amp;", "&")).status_code == 200, address
        if "#" in address:
            assert address.split("#")[1] in knowledge.questions


def test_support_hours_come_from_the_profile(desk):
    assert "021-91000100" in desk.http.get("/demo/digikala").text
    assert "800-000-0000" in desk.http.get("/demo/souq").text


@pytest.mark.parametrize("lang", list(Lang))
def test_every_name_exists_in_every_language(lang):
    names = [good.name for stall in STALLS.values() for good in stall.goods]
    for texts in (*names, *CATEGORIES.values(), *(stall.currency for stall in STALLS.values())):
        assert texts[lang].strip()


@pytest.mark.parametrize(
    ("value", "lang", "written"),
    [
        (3_890_000, Lang.FA, "۳٬۸۹۰٬۰۰۰"),
        (4.5, Lang.FA, "۴٫۵"),
        (1349, Lang.AR, "1,349"),
        (4.5, Lang.EN, "4.5"),
    ],
)
def test_numbers_are_written_as_the_language_does(value, lang, written):
    assert number(value, lang) == written


def test_the_plain_chat_has_an_address_of_its_own(desk):
    chat, demo = desk.http.get("/chat/souq"), desk.http.get("/demo/souq")
    assert chat.status_code == demo.status_code == 200
    assert 'id="text"' in chat.text
    assert '/widget.js"' in demo.text


def test_every_shop_has_its_colours(desk, knowledge):
    sheet = desk.http.get("/colours.css")
    assert sheet.headers["content-type"].startswith("text/css")
    for shop in knowledge.shops.values():
        assert f'[data-shop="{shop.id}"]{{--accent:{shop.accent};' in sheet.text
