"""Frames of styles and samples of voices: made by the engines that make films, kept, and never many at once."""

import asyncio
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response

from aiprod.accounts.attempts import Limit
from aiprod.brief import ASPECTS, STYLES
from aiprod.errors import InvalidInput, NotFound, NotSignedIn
from aiprod.story import LANGUAGES
from backend.auth import SIGN_IN, Person
from backend.choices import voices_of
from backend.delivering import file_of
from backend.deps import SIGNED_IN, Anybody, Given, caller
from backend.problems import described
from backend.routing import Route
from backend.schemas.body import one_of
from backend.services import Services

router = APIRouter(route_class=Route, prefix="/api/v1", tags=["resources"], dependencies=SIGNED_IN)
MOST_THEME: Final = 120
HOUSE_THEME: Final = "The tide, the moon and a lighthouse"
"""What a frame shows where no theme is given."""
A_MINUTE: Final = 30
A_MINUTE_FOR_STRANGERS: Final = 10
KEPT_AS: Final = "public, max-age=86400"


@router.get("/styles/{style}/frame", response_class=Response,
            responses={200: file_of("image/jpeg")[200], **described(401, 404, 422, 429, 503)})  # fmt: skip
async def read_style_frame(
    request: Request,
    services: Given,
    person: Anybody,
    style: Annotated[str, Path(max_length=20, examples=["noir"])],
    theme: Annotated[str, Query(max_length=MOST_THEME, description="What it shows; one's own only when signed in.")] = "",
    aspect: Annotated[str, Query(pattern=one_of(ASPECTS))] = "9:16",
) -> Response:
    """A frame as a film of that style would have it, as JPEG; the same address shows the same frame."""
    if style not in STYLES:
        raise NotFound(f"Expected a style among {', '.join(STYLES)}, found {style!r}.")
    shown = " ".join(theme.split())
    if shown and person is None:
        raise NotSignedIn(SIGN_IN)
    if shown and not (shown.isprintable() and any(one.isalpha() for one in shown)):
        raise InvalidInput("theme", expected="words that say what the film is about", found=repr(theme[:40]))
    name, work = services.previews.frame(style, aspect, shown or HOUSE_THEME)
    content = services.previews.kept(name)
    if content is None:
        if shown:  # the house's own frames are few, made once for all, and on the page that newcomers see first
            await asyncio.to_thread(_count, services, request, person)
        content = await services.previews.make(name, work)
    kept = KEPT_AS if not shown else KEPT_AS.replace("public", "private")
    return Response(content, media_type="image/jpeg", headers={"Cache-Control": kept})


@router.get("/voices/{voice}/sample", response_class=Response,
            responses={200: file_of("audio/mp4")[200], **described(401, 404, 422, 429, 503)})  # fmt: skip
async def read_voice_sample(
    request: Request,
    services: Given,
    person: Anybody,
    voice: Annotated[str, Path(max_length=80, examples=["kokoro:af_heart"])],
    language: Annotated[str, Query(pattern=one_of(LANGUAGES))] = "en",
) -> Response:
    """A sentence in that voice, as AAC in an .m4a."""
    name, work = services.previews.sample(voice, language)
    content = services.previews.kept(name)
    if content is None:
        offered = await asyncio.to_thread(voices_of, services.app, language)
        if voice not in [one.id for one in offered]:
            raise NotFound(f"Expected a voice that speaks {language} here, found none named {voice!r}.")
        await asyncio.to_thread(_count, services, request, person)
        content = await services.previews.make(name, work)
    return Response(content, media_type="audio/mp4", headers={"Cache-Control": KEPT_AS})


def _count(services: Services, request: Request, person: Person | None) -> None:
    """Count a preview that must be made. Raises: Throttled."""
    most = A_MINUTE if person else A_MINUTE_FOR_STRANGERS
    limit = Limit(kind="previews", most=most, window_seconds=60.0)
    services.attempts.count(limit, person.user.id if person else caller(request))
