"""Small files of every kind, made here: photos with secrets in them, videos of a few bytes."""

import io
import struct

from PIL import Image

PLACE = 0x8825  # EXIF's pointer to the GPS data
CAMERA = "SecretCamera"


def photo(form="JPEG", size=(64, 48), *, orientation=None, place=False, **saving):
    """A photo, left half red and right half blue; upright width and height are `size` unless turned."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    if place:
        exif[0x0110] = CAMERA
        exif[PLACE] = {1: "N", 2: (35.0, 41.0, 21.0), 3: "E", 4: (51.0, 23.0, 20.0)}
    if orientation or place:
        saving["exif"] = exif
    written = io.BytesIO()
    image.save(written, form, **saving)
    return written.getvalue()


def opened(content):
    """The photo in these bytes."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def box(name, content=b""):
    """One box of an MP4 file."""
    return struct.pack(">I4s", 8 + len(content), name) + content


def mp4(*, place=b"+35.6892+051.3890/", after=b""):
    """An MP4 file as a phone writes it, with the place twice."""
    where = box(b"udta", box(b"\xa9xyz", place))
    track = box(b"trak", box(b"tkhd", b"\0" * 20) + box(b"meta", place))
    return (
        box(b"ftyp", b"isom\0\0\0\1isommp42")
        + box(b"moov", box(b"mvhd", b"\0" * 20) + track + where)
        + box(b"mdat", b"picture" * 20)
        + after
    )


def webm(kind=b"webm"):
    """The beginning of a WebM (or another Matroska) file."""
    header = b"\x42\x86\x81\x01" + b"\x42\x82" + bytes([0x80 | len(kind)]) + kind
    return b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(header)]) + header + b"\x18\x53\x80\x67\x84abcd"
