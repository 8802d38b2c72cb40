"""What the widget reads before anybody speaks, and asking a question from a list."""

import pytest

from jawab.desk.colours import INKS, contrast, palette
from jawab.text.language import Lang


@pytest.mark.parametrize(
    ("path", "lang", "direction"),
    [
        ("digikala", "fa", "rtl"),
        ("souq", "ar", "rtl"),
        ("souq?lang=en", "en", "ltr"),
        ("digikala?lang=ar", "ar", "rtl"),
    ],
)
def test_a_shop_shows_itself_in_a_language(desk, knowledge, path, lang, direction):
    response = desk.http.get(f"/api/v1/shops/{path}")
    assert response.status_code == 200
    shop = response.json()
    profile = knowledge.shops[path.split("?")[0]]
    assert (shop["lang"], shop["dir"]) == (lang, direction)
    assert shop["name"] == profile.name[Lang(lang)]
    assert shop["accent"] == profile.accent
    assert shop["logo_url"] == profile.logo
    assert [q["id"] for q in shop["top_questions"]] == list(profile.top_questions)
    listed = [q for topic in shop["topics"] for q in topic["questions"]]
    assert {q["id"]: q["title"] for q in listed} == {
        id: question.title[Lang(lang)] for id, question in knowledge.questions.items()
    }
    positions = [knowledge.topics[topic["id"]].position for topic in shop["topics"]]
    assert positions == sorted(positions)
    assert shop["uploads"]["per_message"] == 5


def test_an_unknown_shop_is_told(desk):
    response = desk.http.get("/api/v1/shops/amazon")
    assert (response.status_code, response.json()["error"]["code"]) == (404, "unknown_shop")
    assert desk.http.get("/api/v1/shops/souq?lang=de").status_code == 422


def test_a_picked_question_goes_as_its_title_with_its_meaning(desk, rasa, knowledge):
    chat = desk.begin("souq", lang="en")
    title = knowledge.questions["returns_how"].title[Lang.EN]
    chat.ask(question="returns_how")
    assert rasa.texts == [title]
    assert rasa.asked[0]["metadata"]["button"] == {"intent": "returns_how"}
    assert chat.said("shopper") == [title]


def test_a_picked_question_counts_once_even_after_the_language_changed(desk, rasa):
    chat = desk.begin("digikala")
    rasa.reply = lambda q: [{"text": "ok"}, {"custom": rasa.custom(q, lang="en")}]
    first = chat.send(question="returns_how", client_id="once", wait=True)
    again = chat.send(question="returns_how", client_id="once", wait=True)
    assert first.json() == again.json()
    other = chat.send(question="returns_cost", client_id="once")
    assert other.json()["error"]["code"] == "client_id_reused"


@pytest.mark.parametrize("question", ["nothing", "", "greet", "faq/returns_how", "41-0"])
def test_an_unknown_question_is_refused_clearly(desk, question):
    response = desk.begin().send(question=question)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "unknown_question")


def test_a_question_and_words_at_once_are_refused(desk):
    assert desk.begin().send("سلام", question="returns_how").status_code == 422


@pytest.mark.parametrize(
    "colour", ["#000000", "#ffffff", "#ffe100", "#be123c", "#0f766e", "#777777"]
)
def test_words_on_and_in_a_shops_colour_can_be_read(colour):
    made = palette(colour)
    assert made["accent-ink"] in INKS
    assert contrast(made["accent"], made["accent-ink"]) >= 4.5
    assert contrast(made["link"], "#ffffff") >= 4.5
    assert contrast(made["link-dark"], "#171c25") >= 4.5


def test_contrast_is_what_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
