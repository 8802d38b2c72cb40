"""The pictures that shoppers of the stories send, drawn here: nobody's photos."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image, ImageDraw

_SIZE = (640, 480)
_PAPER, _INK, _WALL = "#fbfaf6", "#3a3f47", "#d8dee6"


def draw(name: str, path: Path) -> None:
    """Draw one of PICTURES into a file."""
    picture = Image.new("RGB", _SIZE, _WALL)
    _PICTURES[name](ImageDraw.Draw(picture))
    picture.save(path, "PNG")


def _receipt(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((200, 40, 440, 440), fill=_PAPER, outline=_INK)
    for row in range(7):
        y = 90 + row * 36
        pen.line((220, y, 220 + (110, 90, 130, 70)[row % 4], y), fill=_INK, width=6)
        pen.line((370, y, 420, y), fill=_INK, width=6)
    pen.line((220, 360, 420, 360), fill=_INK, width=2)
    pen.line((340, 395, 420, 395), fill="#b3261e", width=12)


def _broken(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 360, 640, 480), fill="#b98b62")
    pen.arc((380, 180, 480, 320), 270, 90, fill="#2f6f8f", width=22)
    pen.rectangle((220, 130, 420, 370), fill="#3f87ab")
    pen.ellipse((220, 110, 420, 150), fill="#2f6f8f")
    pen.line((300, 130, 280, 210, 320, 250, 290, 330), fill=_PAPER, width=6)
    pen.polygon((470, 380, 520, 350, 540, 400, 500, 420), fill="#3f87ab")


def _box(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 340, 640, 480), fill="#8f9aa8")
    pen.polygon((160, 200, 320, 150, 480, 200, 320, 250), fill="#6b4a2b")
    pen.polygon((160, 200, 320, 250, 320, 430, 160, 370), fill="#b98b5a")
    pen.polygon((480, 200, 320, 250, 320, 430, 480, 370), fill="#a3774a")
    pen.polygon((160, 200, 320, 250, 260, 300, 90, 245), fill="#c79a68")
    pen.polygon((480, 200, 320, 250, 385, 300, 550, 245), fill="#c79a68")


_PICTURES: Mapping[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "receipt": _receipt,
    "broken": _broken,
    "box": _box,
}
PICTURES = tuple(_PICTURES)
