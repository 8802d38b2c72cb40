"""Files that shoppers send in any app: kept by their content, with their words, as one message."""

from jawab.support.conversations.message import Author

from ...unit.desk.pictures import photo
from ...unit.desk.running import eventually
from ..apps import able
from ..conftest import transcript

PDF = b"%PDF-1.7\n" + b"0" * 600
SOUND = b"OggS" + b"\0" * 600
PROGRAM = b"MZ" + b"\0" * 600


def shoppers(desk, customer):
    return [m for m in transcript(desk, customer) if m.author is Author.SHOPPER]


def test_a_photo_comes_with_its_caption_as_one_message(sara, desk, rasa):
    sara.photo(photo(), caption="این شکسته")
    eventually(lambda: sara.texts)
    (message,) = shoppers(desk, sara)
    assert message.text == "این شکسته"
    assert [file.type for file in message.attachments] == ["image/jpeg"]
    assert rasa.asked[0]["metadata"]["attachments"] == [message.attachments[0].id]


@able("album")
def test_an_album_comes_as_one_message(sara, desk, rasa):
    sara.album(photo(), photo(), caption="دو عکس")
    eventually(lambda: sara.texts)
    (message,) = shoppers(desk, sara)
    assert (message.text, len(message.attachments)) == ("دو عکس", 2)
    assert len(rasa.asked) == 1


def test_a_voice_note_is_kept_and_a_written_question_asked_for(sara, desk, rasa):
    sara.voice(SOUND)
    eventually(lambda: sara.texts)
    assert "صوتی" in sara.texts[0]
    (message,) = shoppers(desk, sara)
    assert [file.type for file in message.attachments] == ["audio/ogg"]
    assert rasa.asked == []


def test_a_document_is_kept_by_its_content(sara, desk):
    sara.document(PDF, caption="فاکتور")
    eventually(lambda: sara.texts)
    (message,) = shoppers(desk, sara)
    assert message.text == "فاکتور"
    assert [(file.type, file.name) for file in message.attachments] == [
        ("application/pdf", "رسید.pdf")
    ]


def test_a_file_that_is_refused_is_said_to_be(sara, desk, rasa):
    sara.document(PROGRAM)
    eventually(lambda: sara.texts)
    assert "PDF" in sara.texts[0]
    assert [m.attachments for m in transcript(desk, sara)] == [(), ()]
    assert rasa.asked == []


def test_a_file_that_cannot_be_had_at_once_is_fetched_again(app, sara, desk):
    app.without_a_file()
    sara.photo(photo(), caption="شکسته")
    eventually(lambda: sara.texts == ["پاسخ: شکسته"])
    assert transcript(desk, sara)[0].attachments
