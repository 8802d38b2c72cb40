"""Printed transcripts: what stands in the PDF file, in which order, and for whom."""

import io
import unicodedata

import pytest
from pypdf import PdfReader

from .colleague import call_a_person, called, hired


def text_of(response):
    """The text of each page, as a reader of PDF files finds it: put back into reading order."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    return [unicodedata.normalize("NFKC", page.extract_text()) for page in pages]


@pytest.fixture
def sara(start_desk):
    return hired(start_desk(), "sara", name="سارا")


def pdf(agent, path, **query):
    headers = {"Authorization": f"Bearer {agent.token}"}
    return agent.desk.http.get(f"/desk{path}/transcript.pdf", params=query, headers=headers)


def test_a_conversation_is_printed_in_order_with_the_shops_dates(sara):
    chat = sara.desk.begin("digikala", lang="fa")
    chat.ask("کفش من (Nike) نرسیده")
    whole = "\n".join(text_of(pdf(sara, f"/conversations/{chat.id}")))
    assert "کفش من" in whole
    assert "Nike" in whole
    assert "مشتری" in whole
    assert "گفتوگو" in whole
    assert whole.count("•") == 3  # the welcome's three questions, which were offered


def test_notes_are_printed_only_when_asked_for(sara, rasa):
    call_a_person(rasa)
    chat = called(sara.desk)
    sara.claim(chat)
    sara.post(f"/conversations/{chat.id}/notes", text="hedgehog")
    assert "hedgehog" not in "".join(text_of(pdf(sara, f"/conversations/{chat.id}")))
    asked = pdf(sara, f"/conversations/{chat.id}", notes="true", lang="en")
    assert "hedgehog" in "".join(text_of(asked))


def test_a_ticket_is_printed_with_its_contact_and_its_conversation(sara):
    chat = sara.desk.begin("souq", lang="en")
    chat.ask("Where is my parcel?")
    opened = chat.open_ticket(topic="other", phone="0501234567", message="It never came")
    reference = opened.json()["reference"]
    whole = "".join(text_of(pdf(sara, f"/tickets/{reference}", lang="en")))
    for words in (reference, "+966501234567", "It never came", "Where is my parcel?"):
        assert words in whole


def test_hostile_and_long_words_fill_pages_and_break_nothing(sara):
    chat = sara.desk.begin("digikala", lang="fa")
    for text in ("ا" * 3900, "سلام " * 700, "\u202e<b>=1+1 😀 漢字 \u2066" + "(" * 50):
        chat.ask(text)
    assert len(text_of(pdf(sara, f"/conversations/{chat.id}"))) > 1
