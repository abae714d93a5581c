"""Colours of what is written: the accent and its kin. Knows no picture."""

WHITE = 0xFFFFFFFF
SOFT = 0xFFDDE3EC
INK = 0xFF0B0E16


def accent_of(text: str) -> int:
    """0xAARRGGBB of "#rrggbb"."""
    return 0xFF000000 | int(text[1:], 16)


def blend(colour: int, other: int, share: float) -> int:
    """A colour between two, `share` of the other, opaque."""
    parts = (round((colour >> shift & 255) * (1 - share) + (other >> shift & 255) * share) for shift in (16, 8, 0))
    red, green, blue = parts
    return 0xFF000000 | red << 16 | green << 8 | blue


def faint(colour: int, opacity: float) -> int:
    """The colour, let through."""
    return (colour & 0xFFFFFF) | round(255 * min(max(opacity, 0.0), 1.0)) << 24


def kin(accent: int, count: int) -> tuple[int, ...]:
    """Colours for `count` shares that go together, the accent first."""
    import colorsys

    red, green, blue = (part / 255 for part in (accent >> 16 & 255, accent >> 8 & 255, accent & 255))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    found = []
    for place in range(count):
        turned = (hue + (0.0, 0.47, 0.88, 0.30, 0.62, 0.12, 0.75, 0.4)[place % 8]) % 1.0
        tone = colorsys.hls_to_rgb(turned, min(0.72, max(0.5, light)) - 0.07 * (place // 8), max(0.55, full * 0.85))
        found.append(0xFF000000 | sum(round(255 * part) << shift for part, shift in zip(tone, (16, 8, 0), strict=True)))
    return (accent, *found[1:]) if found else ()
