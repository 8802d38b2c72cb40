"""The picture of the README is made of the pictures of docs/screenshots."""

from PIL import Image, ImageChops, ImageStat

from scripts import cover


def test_the_picture_is_what_its_parts_make_and_small():
    file = cover.FOLDER / "cover.png"
    kept = Image.open(file).convert("RGB")
    made = cover.compose(cover.FOLDER).convert("RGB")
    assert made.size == kept.size
    # Another Pillow may choose other colours; another screenshot differs by far more.
    assert max(ImageStat.Stat(ImageChops.difference(made, kept)).mean) < 2, (
        "run python -m scripts.cover"
    )
    assert file.stat().st_size < cover.LARGEST
