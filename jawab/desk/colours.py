"""From a shop's one colour to the colours of its pages, readable ones: WCAG 2.2, contrast 4.5 to 1 at least."""

from collections.abc import Mapping

WHITE, NIGHT = "#ffffff", "#171c25"
INKS = (WHITE, "#000000")
READABLE = 4.5
_STEPS = 50


def palette(accent: str) -> Mapping[str, str]:
    """The colours that pages call by name: as a ground with its ink, as a tint, and as a link by day and night.

    >>> palette("#be123c")["accent-ink"]
    '#ffffff'
    """
    return {
        "accent": accent,
        "accent-ink": next(ink for ink in INKS if contrast(accent, ink) >= READABLE),
        "soft": mix(accent, WHITE, 0.93),
        "edge": mix(accent, WHITE, 0.7),
        "link": _towards(accent, "#000000", ground=WHITE),
        "soft-dark": mix(accent, NIGHT, 0.85),
        "edge-dark": mix(accent, NIGHT, 0.55),
        "link-dark": _towards(accent, WHITE, ground=NIGHT),
    }


def style_sheet(accents: Mapping[str, str]) -> str:
    """Rules that give each shop's elements (`data-shop`) its colours, by day and by night."""
    day, night = [], []
    for shop, accent in accents.items():
        made = palette(accent)
        day.append(
            f'[data-shop="{shop}"]{{--accent:{accent};--accent-ink:{made["accent-ink"]};'
            f"--accent-soft:{made['soft']};--accent-edge:{made['edge']};--link:{made['link']}}}"
        )
        night.append(
            f'[data-shop="{shop}"]{{--accent-soft:{made["soft-dark"]};'
            f"--accent-edge:{made['edge-dark']};--link:{made['link-dark']}}}"
        )
    return "\n".join((*day, "@media (prefers-color-scheme:dark){", *night, "}", ""))


def contrast(one: str, other: str) -> float:
    """How far apart two colours are in brightness: 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, other: str, part: float) -> str:
    """A colour on the way from one to another.

    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def _towards(colour: str, goal: str, *, ground: str) -> str:
    steps = (mix(colour, goal, step / _STEPS) for step in range(_STEPS + 1))
    return next(found for found in steps if contrast(found, ground) >= READABLE)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
