"""Names, types and contents of what shoppers upload."""

import contextlib
import errno
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from jawab.support.attachments import mp4, photos
from jawab.support.attachments.attachment import NAME_LENGTH, PHOTOS, VIDEOS, safe_name
from jawab.support.attachments.files import AttachmentFiles
from jawab.support.attachments.media_types import media_type
from jawab.support.errors import StorageFull, TooManyPixels, UnreadableFile

from ...desk import pictures

RIGHT_TO_LEFT_OVERRIDE = "\u202e"
ZWNJ = "\u200c"
LIMITS = photos.PhotoLimits(pixels=1_000_000, side=200)


@pytest.mark.parametrize(
    ("given", "type", "name"),
    [
        ("رسید خرید.jpg", "image/jpeg", "رسید خرید.jpg"),
        (f"عکس{ZWNJ}ها.png", "image/png", f"عکس{ZWNJ}ها.png"),
        ("صورة.jpeg", "image/webp", "صورة.webp"),
        ("../../etc/passwd", "image/png", "passwd.png"),
        ("C:\\Users\\x\\photo.gif", "image/gif", "photo.gif"),
        (f"photo{RIGHT_TO_LEFT_OVERRIDE}gpj.exe", "image/jpeg", "photogpj.jpg"),
        ("evil.php.jpg", "image/jpeg", "evil.php.jpg"),
        (".htaccess", "image/png", "htaccess.png"),
        ("", "image/jpeg", "photo.jpg"),
        ("...", "video/mp4", "video.mp4"),
        ('a"b\r\nSet-Cookie: x.mp4', "video/mp4", "abSet-Cookie x.mp4"),
        ("\x00\ud800.webm", "video/webm", "\ufffd.webm"),
    ],
)
def test_a_name_loses_its_tricks_and_gets_the_contents_ending(given, type, name):
    assert safe_name(given, type=type) == name


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(), st.sampled_from([*PHOTOS, *VIDEOS]))
def test_every_name_is_short_visible_and_one_file(given, type):
    name = safe_name(given, type=type)
    assert 4 < len(name) <= NAME_LENGTH + 5
    assert not set(name) & set('/\\\0\r\n"')
    assert not name.startswith(".")
    name.encode()


@pytest.mark.parametrize(
    ("head", "type"),
    [
        (pictures.photo("JPEG"), "image/jpeg"),
        (pictures.photo("PNG"), "image/png"),
        (pictures.photo("GIF"), "image/gif"),
        (pictures.photo("WEBP"), "image/webp"),
        (pictures.mp4(), "video/mp4"),
        (pictures.webm(), "video/webm"),
        (pictures.webm(b"matroska"), None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<!doctype html>", None),
        (b"%PDF-1.7", "application/pdf"),
        (b"OggS\0\2", "audio/ogg"),
        (b"ID3\4", "audio/mpeg"),
        (b"\xff\xfb\x90", "audio/mpeg"),
        (b"\0\0\0\x18ftypM4A ", "audio/mp4"),
        (b"PK\x03\x04", None),
        (b"\0\0\0\x18ftypheic", None),
        (b"\0\0\0\x14ftypqt  ", None),
        (b"\x1a\x45\xdf\xa3", None),
        (b"RIFF....WAVE", None),
        (b"", None),
    ],
)
def test_the_type_is_what_the_first_bytes_say(head, type):
    assert media_type(head[:512]) == type


@settings(deadline=None)  # a busy machine is no fault
@given(st.binary(max_size=600))
def test_no_beginning_of_a_file_breaks_the_look_at_it(head):
    assert media_type(b"\x1a\x45\xdf\xa3" + head) in (None, "video/webm")


def remade(tmp_path, content, type, limits=LIMITS):
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(content)
    photos.remake(source, target, type=type, limits=limits)
    return target.read_bytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_loses_the_place_the_device_and_its_comments(tmp_path, form):
    content = pictures.photo(form, place=True, comment=b"secret words")
    assert pictures.PLACE in pictures.opened(content).getexif()
    clean = remade(tmp_path, content, f"image/{form.lower()}")
    assert len(pictures.opened(clean).getexif()) == 0
    assert pictures.CAMERA.encode() not in clean
    assert b"secret words" not in clean


def test_a_photo_stands_upright(tmp_path):
    clean = pictures.opened(remade(tmp_path, pictures.photo(orientation=6), "image/jpeg"))
    assert clean.size == (48, 64)
    red, _, blue = clean.getpixel((24, 4))
    assert red > 200 > 50 > blue


def test_what_hangs_behind_a_photo_is_cut_off(tmp_path):
    for form in ("JPEG", "PNG", "GIF", "WEBP"):
        content = pictures.photo(form) + b"PK\x03\x04<script>alert(1)</script>"
        assert b"<script>" not in remade(tmp_path, content, f"image/{form.lower()}")


def test_a_large_photo_is_kept_smaller(tmp_path):
    for form in ("JPEG", "PNG"):
        content = pictures.photo(form, (800, 400))
        assert pictures.opened(remade(tmp_path, content, f"image/{form.lower()}")).size == (
            200,
            100,
        )


def test_what_is_clear_stays_clear(tmp_path):
    written = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(written, "PNG")
    assert (
        pictures.opened(remade(tmp_path, written.getvalue(), "image/png")).getpixel((1, 1))[3] == 0
    )


def test_a_moving_picture_keeps_its_first_frame(tmp_path):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    clean = pictures.opened(remade(tmp_path, written.getvalue(), "image/gif"))
    assert getattr(clean, "n_frames", 1) == 1


@pytest.mark.parametrize("mode", ["CMYK", "L", "1", "P", "I;16", "LA"])
def test_photos_of_every_mode_are_taken(tmp_path, mode):
    form = "JPEG" if mode in ("CMYK", "L") else "PNG"
    written = io.BytesIO()
    Image.new(mode, (30, 20)).save(written, form)
    assert pictures.opened(remade(tmp_path, written.getvalue(), f"image/{form.lower()}")).size


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    written = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(written, "PNG")
    assert len(written.getvalue()) < 200_000
    with pytest.raises(TooManyPixels):
        remade(tmp_path, written.getvalue(), "image/png")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("part", [0.05, 0.5, 0.9])
def test_a_broken_photo_is_refused(tmp_path, form, part):
    content = pictures.photo(form, (120, 90))
    with pytest.raises(UnreadableFile):
        remade(tmp_path, content[: int(len(content) * part)], f"image/{form.lower()}")


@settings(deadline=None)  # a busy machine is no fault
@given(at=st.integers(3, 400), noise=st.binary(min_size=1, max_size=40))
def test_a_photo_with_noise_in_it_is_refused_or_made_anew(tmp_path_factory, at, noise):
    content = bytearray(pictures.photo("PNG"))
    content[at : at + len(noise)] = noise
    with contextlib.suppress(UnreadableFile, TooManyPixels):
        remade(tmp_path_factory.mktemp("noise"), bytes(content), "image/png")


def test_a_photo_under_another_photos_type_is_refused(tmp_path):
    with pytest.raises(UnreadableFile):
        remade(tmp_path, pictures.photo("PNG"), "image/jpeg")


def test_a_video_loses_the_place_and_keeps_every_offset(tmp_path):
    path = tmp_path / "video"
    before = pictures.mp4()
    path.write_bytes(before)
    mp4.scrub(path)
    after = path.read_bytes()
    assert b"+35.6892" not in after
    assert b"udta" not in after
    assert len(after) == len(before)
    assert after.index(b"mdat") == before.index(b"mdat")
    assert after[before.index(b"mdat") :] == before[before.index(b"mdat") :]


def within_itself(name, times):
    """A box in a box in a box …"""
    inner = b""
    for _ in range(times):
        inner = pictures.box(name, inner)
    return inner


@pytest.mark.parametrize(
    "content",
    [
        pictures.mp4(after=b"PK\x03\x04 an archive"),
        pictures.mp4()[:-1],
        pictures.box(b"ftyp", b"isom"),
        pictures.box(b"ftyp", b"isom") + b"\0\0\0\1moov" + b"\xff" * 8,
        pictures.box(b"ftyp", b"isom") + b"\0\0\0\4moov",
        pictures.box(b"moov") + pictures.box(b"ftyp", b"isom"),
        pictures.box(b"ftyp", b"isom") + pictures.box(b"moov", within_itself(b"trak", 2000)),
    ],
    ids=[
        *("something behind", "cut", "no moov", "too long a box", "too short a box"),
        *("wrong order", "too deep"),
    ],
)
def test_a_video_whose_boxes_do_not_fit_is_refused(tmp_path, content):
    path = tmp_path / "video"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        mp4.scrub(path)


def test_the_same_content_is_kept_once(tmp_path):
    files = AttachmentFiles(tmp_path / "attachments")
    kept = []
    for _ in range(2):
        with files.draft() as draft:
            draft.write_bytes(b"content")
            kept.append(files.keep(draft))
    assert kept[0] == kept[1]
    assert kept[0][1] == 7
    assert [p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()] == [b"content"]
    assert files.path(kept[0][0]).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path, number):
    files = AttachmentFiles(tmp_path / "attachments")

    def write():
        with files.draft() as draft:
            draft.write_bytes(b"half of")
            raise OSError(number, "full")

    with pytest.raises(StorageFull):
        write()
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
