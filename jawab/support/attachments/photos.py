"""Photos made anew: only the picture itself goes over, upright, in a bounded size.

Whatever else was in the file (the place, the device, comments, colour profiles, anything behind the end)
stays behind. Of a moving picture the first frame is kept.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from jawab.support.errors import StorageFull, TooManyPixels, UnreadableFile, is_full

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
_SAVING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "progressive": True, "optimize": True},
    "PNG": {},
    "WEBP": {"quality": 85},
    "GIF": {},
}


@dataclass(frozen=True)
class PhotoLimits:
    """How many pixels a photo may have to be looked at, and its longest side when kept."""

    pixels: int
    side: int


def remake(source: Path, target: Path, *, type: str, limits: PhotoLimits) -> None:
    """Write the photo in `source` anew into `target`.

    Raises TooManyPixels before anything large is unpacked, UnreadableFile, StorageFull.
    """
    form = _FORMATS[type]
    try:
        picture = _picture(source, form, limits)
    except TooManyPixels:
        raise
    except Image.DecompressionBombError as error:
        raise TooManyPixels(limits.pixels) from error
    except Exception as error:  # decoders raise anything at all on a broken file
        raise UnreadableFile("this photo cannot be opened; send it in another way") from error
    try:
        picture.save(target, form, **_SAVING[form])
    except OSError as error:
        if is_full(error):
            raise StorageFull("there is no room for attachments; free some under var") from error
        raise UnreadableFile("this photo cannot be kept; send it in another way") from error


def _picture(source: Path, form: str, limits: PhotoLimits) -> Image.Image:
    with Image.open(source, formats=(form,)) as opened:
        if opened.width * opened.height > limits.pixels:
            raise TooManyPixels(limits.pixels)
        opened.draft(None, (limits.side, limits.side))  # a JPEG is unpacked smaller at once
        upright = ImageOps.exif_transpose(opened)
        if form == "JPEG":
            picture = upright if upright.mode in ("RGB", "L") else upright.convert("RGB")
        else:
            picture = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        picture.thumbnail((limits.side, limits.side), Image.Resampling.LANCZOS)
        bare = picture.copy()
        bare.info = {}
        return bare
