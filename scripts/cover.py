"""Composes docs/screenshots/cover.png, the picture of the README: the chat in Persian and in Arabic, and the agents' desk."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
PARTS = ("widget-fa-phone.png", "desk-workplace-fa-desktop.png", "widget-ar-phone.png")
HEIGHT, GAP, COLOURS = 620, 24, 128
LARGEST = 300_000  # bytes


def compose(folder: Path) -> Image.Image:
    """Set the three pictures beside each other, all as high."""
    pictures = [Image.open(folder / name).convert("RGB") for name in PARTS]
    scaled = [
        each.resize((round(each.width * HEIGHT / each.height), HEIGHT), Image.Resampling.LANCZOS)
        for each in pictures
    ]
    width = sum(each.width for each in scaled) + GAP * (len(scaled) + 1)
    cover = Image.new("RGB", (width, HEIGHT + 2 * GAP), "#d9dee7")
    left = GAP
    for each in scaled:
        cover.paste(each, (left, GAP))
        left += each.width + GAP
    return cover.quantize(COLOURS, dither=Image.Dither.NONE)


def main() -> None:
    """Write the picture."""
    file = FOLDER / "cover.png"
    compose(FOLDER).save(file, optimize=True)
    if file.stat().st_size > LARGEST:
        raise SystemExit(f"{file.name} has {file.stat().st_size} bytes; lower COLOURS or HEIGHT")
    print(file)


if __name__ == "__main__":
    main()
