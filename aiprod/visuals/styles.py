"""What a film's style is called when a model that makes pictures from words is asked for it, and what it must not draw.

Knows no model: hosted services and diffusion models are told the same.
"""

NEGATIVE = "text, captions, subtitles, watermark, logo, frame, border, split screen, deformed hands, extra limbs, flicker"
STYLE_WORDS = {
    "cinematic": "Cinematic film, soft light, shallow depth of field, natural grain",
    "realistic": "Realistic footage, natural light and colours",
    "anime": "Japanese animation, hand-drawn backgrounds, clean lines",
    "sketch": "Animated pencil sketch on paper",
    "watercolor": "Animated watercolour painting on textured paper",
    "noir": "Black and white film noir, hard light and deep shadows",
    "vintage": "Vintage film of the 1970s, faded colours, grain",
    "neon": "Neon lights at night, saturated colours, reflections",
    "documentary": "Documentary footage, steady camera, natural light",
}
DRAWN = ("anime", "sketch", "watercolor")
"""Styles that are no photographs."""
FILMED_NEGATIVE = "cartoon, painting, illustration, 3d render"
DRAWN_NEGATIVE = "photograph, photorealistic, live action"


def style_words(style: str) -> str:
    """The style in a model's words; one that is not known stands for itself."""
    return STYLE_WORDS.get(style, style)


def negative_words(style: str) -> str:
    """What must not be seen in pictures of that style."""
    other = DRAWN_NEGATIVE if style in DRAWN else FILMED_NEGATIVE if style in STYLE_WORDS else ""
    return ", ".join(part for part in (NEGATIVE, other) if part)
