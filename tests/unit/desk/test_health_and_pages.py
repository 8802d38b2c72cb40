"""Liveness, readiness, and the pages as the server gives them."""

import re
from datetime import timedelta

import pytest

from jawab.desk.state_words import STATE_WORDS
from jawab.text.language import Lang

NOTHING_LISTENS = "http://127.0.0.1:9"


def test_a_running_desk_is_alive(desk):
    assert desk.http.get("/healthz").json() == {"status": "ok"}


def test_a_desk_with_all_its_parts_is_ready(desk):
    response = desk.http.get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {"ready": True, "missing": {}, "degraded": {}},
    )


def test_readiness_names_every_part_that_is_missing(start_desk):
    desk = start_desk(rasa_url=NOTHING_LISTENS, actions_url=NOTHING_LISTENS)
    response = desk.http.get("/readyz")
    assert response.status_code == 503
    assert response.json()["missing"] == {"rasa": "not_reached", "actions": "not_reached"}
    assert desk.http.get("/healthz").status_code == 200


def test_a_rasa_without_a_model_is_missing(desk, rasa):
    rasa.model = None
    assert desk.http.get("/readyz").json()["missing"] == {"rasa": "no_model"}


def test_a_wrong_rasa_token_is_told(start_desk):
    desk = start_desk(rasa_token="wrong")
    assert desk.http.get("/readyz").json()["missing"] == {"rasa": "status_401"}


def test_a_database_without_its_tables_is_missing(start_desk):
    desk = start_desk()
    with desk.services.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    assert desk.http.get("/readyz").json()["missing"] == {"database": "not_migrated"}


def test_a_database_in_which_nobody_can_write_is_missing_though_it_can_be_read(start_desk):
    desk = start_desk(database_patience=timedelta(milliseconds=50))
    chat = desk.begin()
    with desk.services.database.engine.connect() as locker:
        locker.exec_driver_sql("ROLLBACK")
        locker.exec_driver_sql("BEGIN IMMEDIATE")
        assert desk.http.get("/readyz").json()["missing"] == {"database": "OperationalError"}
        assert len(chat.messages()) == 1
        locker.exec_driver_sql("ROLLBACK")
    assert desk.http.get("/readyz").json()["missing"] == {}


@pytest.mark.parametrize(
    ("path", "lang", "direction"),
    [
        ("/demo/digikala", "fa", "rtl"),
        ("/demo/souq", "ar", "rtl"),
        ("/demo/souq?lang=en", "en", "ltr"),
        ("/demo?shop=souq", "ar", "rtl"),
        ("/demo?lang=fa", "fa", "rtl"),
        ("/desk/state?lang=ar", "ar", "rtl"),
        ("/desk/state?lang=en", "en", "ltr"),
    ],
)
def test_a_page_says_its_language_and_direction(desk, path, lang, direction):
    page = desk.http.get(path)
    assert page.status_code == 200
    assert f'<html lang="{lang}" dir="{direction}"' in page.text


@pytest.mark.parametrize(
    "path",
    ["/demo", "/demo/digikala", "/demo/souq", "/chat/souq", "/faq", "/desk/state", "/desk/sign-in"],
)
def test_a_page_holds_nothing_inline_and_asks_for_nothing_elsewhere(desk, path):
    page = desk.http.get(path)
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page.text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page.text)
    for address in re.findall(r'(?:src|href)="([^"]*)"', page.text):
        assert address.startswith(("/", "#", "?", "tel:", "mailto:"))
        if address.startswith("/"):
            assert desk.http.get(address, follow_redirects=True).status_code == 200


def test_what_the_scripts_and_styles_load_is_there(desk):
    found = desk.http.get("/chat/digikala").text
    seen, queue = set(), re.findall(r'="(/static/[^"]+)"', found)
    while queue:
        path = queue.pop()
        if path in seen:
            continue
        seen.add(path)
        response = desk.http.get(path)
        assert response.status_code == 200
        assert not re.search(r"https?://(?!www\.w3\.org/)", response.text)
        folder = path.rsplit("/", 1)[0]
        queue += [f"{folder}/{name}" for name in re.findall(r'from "\./([^"]+)"', response.text)]
    assert any(path.endswith(".css") for path in seen)
    assert sum(path.endswith(".js") for path in seen) > 3


def test_the_front_door_leads_to_the_demo(desk):
    assert desk.http.get("/").headers["location"] == "/demo"


def test_browsers_find_an_icon(desk):
    assert desk.http.get("/favicon.ico").headers["content-type"].startswith("image/svg")


def test_an_unknown_shop_has_no_page(desk):
    response = desk.http.get("/demo/amazon")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "unknown_shop"


def test_the_state_page_counts_what_is_stored(start_desk):
    desk = start_desk()
    desk.begin().ask("سلام")
    page = desk.http.get("/desk/state?lang=en").text
    assert '<dd data-count="conversations">1</dd>' in page
    assert '<dd data-count="answered">1</dd>' in page
    assert '<dd data-count="queued">0</dd>' in page


@pytest.mark.parametrize("lang", list(Lang))
def test_every_word_of_the_state_page_exists_in_every_language(lang):
    assert all(texts[lang].strip() for texts in STATE_WORDS.values())


@pytest.mark.parametrize("path", ["/faq/souq", "/demo/digikala", "/static/base.css"])
def test_pages_travel_small(desk, path):
    small = desk.http.get(path, headers={"Accept-Encoding": "gzip"})
    plain = desk.http.get(path, headers={"Accept-Encoding": "identity"})
    assert small.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(small.headers.get("content-length", 0)) < len(plain.content) / 2
    assert small.headers["content-security-policy"]


def test_the_api_is_not_compressed(desk):
    response = desk.http.get("/api/v1/shops/souq", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in response.headers


def test_answers_of_the_api_are_kept_by_no_cache(desk):
    chat = desk.begin()
    response = desk.http.get(f"{chat.path}/messages", headers=chat.headers)
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
