"""Files on their way: uploaded, sent, shown, and everything that is refused."""

import errno
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from jawab.support.attachments import files as attachment_files

from . import pictures

ARABIC = re.compile("[\u0600-\u06ff]")


def upload(chat, content, name="photo.jpg", headers=None, field="file"):
    return chat.desk.http.post(
        f"{chat.path}/attachments",
        files={field: (name, content, "application/x-anything")},
        headers=headers or chat.headers,
    )


def uploaded(chat, content=None, name="photo.jpg"):
    response = upload(chat, content or pictures.photo(), name)
    assert response.status_code == 201, response.text
    return response.json()["id"]


def stored(desk):
    folder = Path(desk.settings.var) / "attachments"
    return {path for path in folder.rglob("*") if path.is_file()}


def test_a_photo_is_uploaded_sent_and_shown(desk):
    chat = desk.begin()
    id = uploaded(chat, pictures.photo(place=True), "رسید خرید.jpg")
    (reply,) = chat.ask("این چیه؟", attachments=[id])
    assert reply["text"] == "پاسخ: این چیه؟"
    (message,) = [m for m in chat.messages() if m["author"] == "shopper"]
    (shown,) = message["attachments"]
    assert {k: shown[k] for k in ("id", "name", "type")} == {
        "id": id,
        "name": "رسید خرید.jpg",
        "type": "image/jpeg",
    }
    got = desk.http.get(shown["url"])
    assert got.status_code == 200
    assert len(got.content) == shown["size"]
    assert pictures.opened(got.content).size == (64, 48)
    assert len(pictures.opened(got.content).getexif()) == 0
    assert got.headers["content-type"] == "image/jpeg"
    assert got.headers["content-disposition"].startswith("inline; filename*=utf-8''")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]
    assert got.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "private" in got.headers["cache-control"]


@pytest.mark.parametrize(
    ("content", "type"),
    [
        (pictures.photo("PNG"), "image/png"),
        (pictures.photo("WEBP"), "image/webp"),
        (pictures.photo("GIF"), "image/gif"),
        (pictures.mp4(), "video/mp4"),
        (pictures.webm(), "video/webm"),
    ],
)
def test_the_content_decides_the_type_whatever_it_is_called(desk, content, type):
    chat = desk.begin()
    chat.send("", attachments=[uploaded(chat, content, "x.exe")])
    (shown,) = chat.messages()[1]["attachments"]
    assert shown["type"] == type
    assert shown["name"].startswith("x.")
    assert desk.http.get(shown["url"]).headers["content-type"] == type


def test_a_part_of_a_video_can_be_asked_for(desk):
    chat = desk.begin()
    chat.send("", attachments=[uploaded(chat, pictures.mp4())])
    url = chat.messages()[1]["attachments"][0]["url"]
    part = desk.http.get(url, headers={"Range": "bytes=0-7"})
    assert (part.status_code, part.content) == (206, pictures.mp4()[:8])


@pytest.mark.parametrize("text", [None, "", "  "])
def test_files_alone_go_to_the_bot_by_their_ids(desk, rasa, text):
    chat = desk.begin()
    id = uploaded(chat)
    (reply,) = chat.ask(text, attachments=[id])
    assert reply["author"] == "bot"
    # Earlier tests' files may still be on their way to the bot.
    (asked,) = [question for question in rasa.asked if question["sender"] == chat.id]
    assert (asked["message"], asked["metadata"]["attachments"]) == ("📎", [id])
    assert chat.messages()[1]["text"] == ""


def test_sent_again_under_the_same_client_id_nothing_is_doubled(desk):
    chat = desk.begin()
    id = uploaded(chat)
    first = chat.send("", attachments=[id], client_id="once")
    again = chat.send("", attachments=[id], client_id="once")
    assert first.json() == again.json()
    other = chat.send("", attachments=[uploaded(chat)], client_id="once")
    assert other.json()["error"]["code"] == "client_id_reused"


def test_a_file_goes_with_one_message_of_its_own_conversation(desk):
    chat, other = desk.begin(), desk.begin()
    id = uploaded(chat)
    assert other.send("", attachments=[id]).json()["error"]["code"] == "unknown_attachment"
    assert chat.send("", attachments=[id]).status_code == 202
    assert chat.send("", attachments=[id]).json()["error"]["code"] == "unknown_attachment"
    assert chat.send("", attachments=["none"]).status_code == 422


def test_attachments_travel_in_events_too(desk):
    chat = desk.begin()
    id = uploaded(chat)
    with chat.events() as events:
        next(events)
        chat.send("", attachments=[id])
        data = next(data for event, data, _ in events if event == "message")
    assert data["attachments"][0]["id"] == id


@pytest.mark.parametrize(
    "body",
    [
        {"attachments": ["a"], "button": "1-0"},
        {"attachments": ["a"], "question": "returns_how"},
        {"attachments": ["a", "a"]},
        {"attachments": []},
        {"attachments": "a"},
        {"attachments": [7]},
        {"attachments": ["x" * 65]},
        {"attachments": [str(n) for n in range(21)]},
    ],
)
def test_a_message_of_a_wrong_shape_is_refused(desk, body):
    response = desk.begin().send(**body)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid_request")


def test_too_many_files_in_a_message_are_refused_with_the_limit(desk):
    chat = desk.begin("souq")
    response = chat.send("", attachments=[str(n) for n in range(6)])
    assert response.json()["error"]["code"] == "too_many_attachments"
    assert "5" in response.json()["error"]["message"]


def test_too_many_files_in_a_conversation_are_refused(start_desk):
    chat = start_desk(max_conversation_attachments=2).begin()
    uploaded(chat), uploaded(chat)
    assert upload(chat, pictures.photo()).json()["error"]["code"] == "too_many_attachments"


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"<svg onload='alert(1)'/>", 415, "unsupported_file"),
        (b"<html>" + pictures.photo(), 415, "unsupported_file"),
        (b"PK\x03\x04" + b"\0" * 1000, 415, "unsupported_file"),
        (b"%PDF-1.7", 415, "unsupported_file"),
        (b"", 415, "unsupported_file"),
        (pictures.photo()[:200], 422, "unreadable_file"),
        (b"\xff\xd8\xff<script>", 422, "unreadable_file"),
        (b"GIF89a/*" + b"<script>alert(1)</script>" * 50, 422, "unreadable_file"),
        (pictures.mp4(after=b"PK\x03\x04"), 422, "unreadable_file"),
    ],
)
def test_what_is_no_photo_or_video_is_refused_and_not_kept(start_desk, content, status, code):
    desk = start_desk()
    response = upload(desk.begin("souq"), content)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert ARABIC.search(response.json()["error"]["message"])
    assert stored(desk) == set()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (pictures.photo("JPEG", (300, 300), quality=100, comment=b"x" * 20_000), "0.01"),
        (pictures.mp4() + pictures.box(b"free", b"\0" * 30_000), "0.02"),
    ],
)
def test_a_file_that_is_too_large_for_its_type_is_refused(start_desk, content, word):
    desk = start_desk(max_photo_bytes=10_000, max_video_bytes=20_000)
    response = upload(desk.begin(), content)
    assert (response.status_code, response.json()["error"]["code"]) == (413, "file_too_large")
    assert stored(desk) == set()


def test_a_client_that_sends_everything_first_still_reads_why_it_is_refused(desk):
    response = upload(desk.begin(), b"\0" * 20_000_000)
    assert response.json()["error"]["code"] == "unsupported_file"
    response = upload(desk.begin(), pictures.photo() + b"\0" * 20_000_000)
    assert response.json()["error"]["code"] == "file_too_large"


def test_a_body_beyond_every_limit_is_not_read(start_desk):
    desk = start_desk(max_photo_bytes=10_000, max_video_bytes=20_000)
    response = upload(desk.begin(), b"\0" * 200_000)
    assert response.json()["error"]["code"] == "request_too_large"


def test_a_photo_of_too_many_pixels_is_refused(start_desk):
    chat = start_desk(max_photo_pixels=1000).begin()
    assert upload(chat, pictures.photo()).json()["error"]["code"] == "too_many_pixels"


def test_a_full_disk_is_told_and_nothing_is_half_stored(start_desk, monkeypatch):
    desk = start_desk()
    chat = desk.begin()

    def full(*_):
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(attachment_files.os, "fsync", full)
    response = upload(chat, pictures.photo())
    assert (response.status_code, response.json()["error"]["code"]) == (507, "storage_full")
    assert stored(desk) == set()
    monkeypatch.undo()
    assert upload(chat, pictures.photo()).status_code == 201


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=", b""),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"--x--"),
        ("multipart/form-data; boundary=x", b"no boundary at all"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\nno name\r\n--x--\r\n"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nGIF89a',
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\ntext\r\n--x--\r\n',
        ),
        ("multipart/form-data; boundary=x", b"--x\r\n" + b"A: b\r\n" * 200_000),
        ("multipart/form-data; boundary=" + "x" * 71, b""),
    ],
)
def test_a_body_that_is_no_form_is_refused(start_desk, content_type, body):
    desk = start_desk()
    chat = desk.begin()
    response = desk.http.post(
        f"{chat.path}/attachments",
        content=body,
        headers={**chat.headers, "Content-Type": content_type},
    )
    assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid_request")
    assert stored(desk) == set()


def test_a_file_under_another_field_is_not_taken(desk):
    assert upload(desk.begin(), pictures.photo(), field="other").status_code == 422


def test_an_address_works_for_a_while_and_stays_the_same_meanwhile(start_desk):
    now = [datetime(2027, 1, 2, 10, 0, tzinfo=timezone.utc)]
    desk = start_desk(clock=lambda: now[0], attachment_link_lifetime=timedelta(hours=1))
    chat = desk.begin()
    chat.send("", attachments=[uploaded(chat)])

    def address():
        return chat.messages()[1]["attachments"][0]["url"]

    first = address()
    now[0] += timedelta(minutes=29)
    assert address() == first
    assert desk.http.get(first).status_code == 200
    now[0] += timedelta(minutes=32)
    gone = desk.http.get(first)
    assert (gone.status_code, gone.json()["error"]["code"]) == (410, "link_expired")
    assert desk.http.get(address()).status_code == 200


def test_nobody_makes_an_address_of_his_own(desk):
    chat = desk.begin()
    id = uploaded(chat)
    token = chat.opened["token"]
    for signed in (id, token, desk.services.links.to(id).rsplit("/", 1)[1][:-2] + "xx", "x" * 5000):
        assert desk.http.get(f"/api/v1/attachments/{signed}").status_code == 404


def test_without_a_good_token_nothing_is_uploaded(desk):
    chat, other = desk.begin(), desk.begin()
    assert upload(chat, pictures.photo(), headers={"X": "y"}).status_code == 401
    assert upload(chat, pictures.photo(), headers=other.headers).status_code == 403


def test_a_draft_of_a_killed_process_is_swept_away_later(tmp_path):
    files = attachment_files.AttachmentFiles(tmp_path)
    with files.draft() as draft:
        left = draft.with_name("left")
        left.write_bytes(b"x")
    files.sweep()
    assert left.exists()
    attachment_files.os.utime(left, (0, 0))
    files.sweep()
    assert not left.exists()
