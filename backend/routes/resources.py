"""What can be chosen: styles, voices, music moods, languages, subtitle styles, aspects, profiles."""

from typing import Annotated

from fastapi import APIRouter, Query

from aiprod.brief import ASPECTS, MUSIC_MOODS, STYLES, SUBTITLE_STYLES
from aiprod.profiles import PROFILES
from aiprod.story import LANGUAGES
from backend.choices import voices_of
from backend.deps import Given
from backend.problems import described
from backend.routing import Route
from backend.schemas.resources import Choice, ProfileChoice, VoiceChoice

router = APIRouter(route_class=Route, prefix="/api/v1", tags=["resources"])


def _choices(ids: tuple[str, ...]) -> list[Choice]:
    return [Choice(id=id) for id in ids]


@router.get("/styles")
def list_styles() -> list[Choice]:
    """Looks of the pictures."""
    return _choices(STYLES)


@router.get("/moods")
def list_moods() -> list[Choice]:
    """Moods of the music; `none` is silence, and left out it is chosen."""
    return _choices(("none", *MUSIC_MOODS))


@router.get("/languages")
def list_languages() -> list[Choice]:
    """Languages that can be spoken."""
    return _choices(LANGUAGES)


@router.get("/subtitles")
def list_subtitles() -> list[Choice]:
    """Styles of subtitles."""
    return _choices(SUBTITLE_STYLES)


@router.get("/aspects")
def list_aspects() -> list[Choice]:
    """Shapes of the picture."""
    return _choices(ASPECTS)


@router.get("/profiles")
def list_profiles() -> list[ProfileChoice]:
    """Where a film goes."""
    return [
        ProfileChoice(
            id=profile.name, default_aspect=profile.default_aspect, frames_a_second=float(profile.rate),
            short_side_px=profile.short_side_px,
        )
        for profile in PROFILES.values()
    ]  # fmt: skip


@router.get("/voices", responses=described(422))
def list_voices(
    services: Given, language: Annotated[str, Query(pattern=f"^({'|'.join(LANGUAGES)})$")] = "en"
) -> list[VoiceChoice]:
    """Voices that speak a language here, the best first."""
    return voices_of(services.app, language)
