"""The questions as pages, as the server gives them."""

import base64
import hashlib
import html
import json
import re

import pytest

from jawab.desk.keywords import Keywords
from jawab.text.language import Lang

PAGES = [("digikala", None), ("souq", None), ("digikala", "ar"), ("souq", "fa"), ("souq", "en")]


@pytest.fixture(params=PAGES, ids=lambda p: f"{p[0]}-{p[1]}")
def faq(request, desk, knowledge):
    shop, asked = request.param
    response = desk.http.get(f"/faq/{shop}" + (f"?lang={asked}" if asked else ""))
    assert response.status_code == 200
    return response, shop, Lang(asked or knowledge.shops[shop].language)


def test_every_question_is_there_once_with_its_title_and_place(faq, knowledge):
    response, _, lang = faq
    ids = re.findall(r'<details id="(\w+)"', response.text)
    assert sorted(ids) == sorted(knowledge.questions)
    told = html.unescape(re.sub(r"<[^>]+>", "", response.text))
    for question in knowledge.questions.values():
        assert question.title[lang] in told
    assert not re.search(r"[{}]\w+[.\w]*}", told.replace(knowledge_json(response), ""))


def knowledge_json(response):
    return re.search(r'<script type="application/ld\+json">(.*?)</script>', response.text, re.S)[1]


def test_answers_are_the_shops_own(desk):
    assert "021-91000100" in desk.http.get("/faq/digikala").text
    assert "021-91000100" not in desk.http.get("/faq/souq").text


def test_search_engines_read_every_question(faq, knowledge):
    response, _, lang = faq
    data = json.loads(knowledge_json(response))
    assert (data["@context"], data["@type"]) == ("https://schema.org", "FAQPage")
    assert data["inLanguage"] == lang.value
    assert len(data["mainEntity"]) == len(knowledge.questions)
    for entity in data["mainEntity"]:
        assert entity["@type"] == "Question"
        assert entity["name"]
        assert entity["acceptedAnswer"]["text"]


def test_the_data_is_the_one_inline_script_and_its_hash_is_allowed(faq):
    response, _, _ = faq
    inline = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", response.text, re.S)
    assert len(inline) == 1
    assert not re.search("[<>&]", inline[0])
    digest = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
    policy = response.headers["content-security-policy"]
    assert f"script-src 'self' 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", response.text)


def test_an_answer_cannot_close_the_script(desk, monkeypatch):
    monkeypatch.setattr(
        type(desk.services.knowledge), "answer", lambda *_, **__: "</script><script>alert(1)"
    )
    text = desk.http.get("/faq/souq").text
    assert "</script><script>alert" not in text
    assert "&lt;/script&gt;" in text


def test_each_link_on_the_page_leads_somewhere(faq, desk):
    response, _, _ = faq
    places = set(re.findall(r'\sid="([\w-]+)"', response.text))
    for address in set(re.findall(r'(?:src|href)="([^"]*)"', response.text)):
        address = html.unescape(address)
        if address.startswith("#"):
            assert address[1:] in places
        elif address.startswith("/"):
            assert desk.http.get(address).status_code == 200, address
        else:
            assert re.match(r"\?lang=|tel:|mailto:|https://", address), address


def test_the_choice_of_shops_speaks_the_browsers_language(desk):
    page = desk.http.get("/faq", headers={"Accept-Language": "ar"})
    assert '<html lang="ar" dir="rtl"' in page.text
    assert 'href="/faq/souq?lang=ar"' in page.text


def test_an_unknown_shop_has_no_questions(desk):
    assert desk.http.get("/faq/amazon").json()["error"]["code"] == "unknown_shop"
    assert desk.http.get("/faq/souq?lang=de").status_code == 422


@pytest.mark.parametrize(("lang", "word"), [(Lang.FA, "پولمو"), (Lang.AR, "فلوسي")])
def test_everyday_words_of_the_examples_find_a_question(knowledge, lang, word):
    words = Keywords(knowledge).of(lang)
    assert set(words) == set(knowledge.questions)
    assert any(word in found.split() for found in words.values())
    assert max(len(found.split()) for found in words.values()) <= 40
