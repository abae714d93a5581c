"""Videos: ask for one, see, list, change and delete them."""

from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Request, Response

from aiprod.bootstrap import new_video_id
from aiprod.brief import Brief
from aiprod.encoding import key_of
from aiprod.errors import AiprodError, InvalidInput, NotFound
from aiprod.events import SceneEdit
from aiprod.library import Entry, Shelf
from aiprod.video import Status, Video
from backend.auth import Person
from backend.briefs import read_brief, read_edit
from backend.deps import (
    SIGNED_IN,
    VIDEO_ID,
    Anybody,
    Given,
    Reader,
    SceneNumber,
    VideoId,
    Writer,
    caller,
    own,
    readable,
    reader,
    somebody,
)
from backend.estimates import cost_usd, film_seconds
from backend.observing import noted
from backend.presenting import card, detail, visible
from backend.problems import described
from backend.routing import Route
from backend.schemas import videos as schemas
from backend.services import Services

router = APIRouter(route_class=Route, prefix="/api/v1/videos", tags=["videos"], dependencies=SIGNED_IN)
MOST_ROUNDS = 10
"""Pages that are looked through for one page of a filtered list."""
IdempotencyKey = Annotated[
    str,
    Header(alias="Idempotency-Key", max_length=200, pattern=r"^[\x21-\x7e]*$",
           description="The same key with the same request asks for one video, however often it is sent."),
]  # fmt: skip


@router.post("", status_code=201, responses=described(401, 403, 409, 422, 429, 503))
def create_video(
    response: Response, services: Given, person: Writer, body: schemas.VideoRequest, idempotency_key: IdempotencyKey = ""
) -> schemas.VideoDetail:
    """Ask for a film. It counts for the quota when it is completed, and is held until then."""
    brief = read_brief(services.asker(person.user), body)
    id = key_of("asked by", person.user.id, idempotency_key) if idempotency_key else new_video_id()
    before = _existing(services, id)
    if before is None:
        video = _ask(services, person, brief, id)
    else:
        video, response.status_code = before, 200
    if video.owner != person.user.id or video.brief != brief:
        raise InvalidInput("Idempotency-Key", expected="the request it was first sent with", found="another request")
    services.library.add(video)
    if body.public:
        services.library.publish(id, public=True)
    response.headers["Location"] = f"/api/v1/videos/{id}"
    return detail(services, person, services.library.entry(id), video)


def _existing(services: Services, id: str) -> Video | None:
    try:
        return services.app.ledger.get(id)
    except NotFound:
        return None


def _ask(services: Services, person: Person, brief: Brief, id: str) -> Video:
    services.count_request(person.user)
    services.quota.hold(person.user.id, id, services.allowance(person.user))
    try:
        return services.app.request(brief, owner=person.user.id, video=id)
    except AiprodError:
        if _existing(services, id) is None:
            services.quota.give_back(person.user.id, id)
        raise


@router.post("/estimate", responses=described(401, 403, 422))
def estimate(services: Given, person: Reader, body: schemas.VideoRequest) -> schemas.Estimate:
    """What a film would cost and take. Nothing is started, and nothing is held."""
    brief = read_brief(services.asker(person.user), body)
    reason = ""
    allowance, usage = services.allowance(person.user), services.quota.usage(person.user.id)
    if allowance.videos and usage.used >= allowance.videos:
        reason = f"All {allowance.videos} videos of the account are used."
    elif allowance.at_work and len(usage.held) >= allowance.at_work:
        reason = f"{len(usage.held)} videos are at work; ask again when one is finished."
    return schemas.Estimate(
        film_seconds=film_seconds(brief), cost_usd=cost_usd(services.app, brief),
        making_seconds=services.paces.making_seconds(brief), allowed=not reason, reason=reason,
    )  # fmt: skip


@router.get("", responses=described(401, 403, 422))
def list_videos(
    services: Given,
    person: Anybody,
    shelf: Annotated[Literal["mine", "public", "favourites"], Query()] = "mine",
    sort: Annotated[Literal["date", "views"], Query()] = "date",
    order: Annotated[Literal["descending", "ascending"], Query()] = "descending",
    status: Annotated[Status | None, Query()] = None,
    language: Annotated[str, Query(max_length=2)] = "",
    style: Annotated[str, Query(max_length=20)] = "",
    search: Annotated[str, Query(max_length=100, description="Words of the title.")] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str, Query(pattern=rf"^$|{VIDEO_ID}", description="`next` of the page before.")] = "",
) -> schemas.Videos:
    """My videos, everybody's public ones, or my favourites."""
    who = person if shelf == "public" else reader(somebody(person))

    def fits(video: Video) -> bool:
        wanted = search.casefold().split()
        title = (video.title or video.brief.theme).casefold()
        return (
            (status is None or video.status is status)
            and (not language or (video.language or video.brief.language) == language)
            and (not style or video.brief.style == style)
            and all(word in title for word in wanted)
        )

    wanted = Shelf(owner="" if shelf == "public" or who is None else who.user.id, by_views=sort == "views",
                   ascending=order == "ascending")  # fmt: skip
    items: list[schemas.VideoCard] = []
    for _ in range(MOST_ROUNDS):
        page = _page(services, who, shelf, wanted, limit, cursor)
        seen = services.several.each(lambda one: _shown(services, who, one), page)
        fitting = [shown for shown in seen if shown is not None and fits(shown[1])][: limit - len(items)]
        items += services.several.each(lambda shown: card(services, who, *shown), fitting)
        if len(items) == limit:
            return schemas.Videos(items=items, next=items[-1].id)
        cursor = _id(page[-1]) if page else cursor
        if len(page) < limit:
            return schemas.Videos(items=items, next=None)
    return schemas.Videos(items=items, next=cursor)


def _page(
    services: Services, who: Person | None, shelf: str, wanted: Shelf, limit: int, after: str
) -> tuple[Entry | str, ...]:
    """Entries of a shelf; of favourites the ids alone."""
    if shelf == "favourites" and who is not None:
        return services.library.favourites(who.user.id, limit=limit, after=after)
    return services.library.page(wanted, limit=limit, after=after)


def _id(one: Entry | str) -> str:
    return one if isinstance(one, str) else one.video


def _shown(services: Services, who: Person | None, one: Entry | str) -> tuple[Entry, Video] | None:
    """What they may see of an entry; None where that is nothing (any more). Entries were chosen as ones that they may see."""
    try:
        entry = readable(services, who, one) if isinstance(one, str) else one
        return entry, visible(services, who, entry)
    except NotFound:
        return None


@router.get("/{id}", responses=described(401, 403, 404, 422))
def read_video(services: Given, person: Anybody, id: VideoId) -> schemas.VideoDetail:
    """A video: a public one for everybody, with its progress for its owner."""
    entry = readable(services, person, id)
    return detail(services, person, entry, visible(services, person, entry))


@router.post("/{id}/cancel", responses=described(401, 403, 404, 409, 422))
def cancel_video(services: Given, person: Writer, id: VideoId) -> schemas.VideoDetail:
    """Stop the work on a video; it does not count for the quota."""
    entry = own(services, person, id)
    video = services.app.cancel(id)
    services.quota.settle(video)
    return detail(services, person, entry, video)


@router.post("/{id}/retry", responses=described(401, 403, 404, 409, 422, 429))
def retry_video(services: Given, person: Writer, id: VideoId) -> schemas.VideoDetail:
    """Try a failed film again, or make every scene of a completed one anew."""
    own(services, person, id)
    video = services.app.ledger.get(id)
    scenes = video.scenes if video.status is Status.COMPLETED else ()
    return _remake(services, person, id, scenes)


@router.post("/{id}/scenes/{scene}/retry", responses=described(401, 403, 404, 409, 422, 429))
def retry_scene(services: Given, person: Writer, id: VideoId, scene: SceneNumber) -> schemas.VideoDetail:
    """Make one scene's picture anew; the rest of the film is kept."""
    return _remake(services, person, id, (scene,))


@router.patch("/{id}/scenes/{scene}", responses=described(401, 403, 404, 409, 422, 429))
def edit_scene(
    services: Given, person: Writer, id: VideoId, scene: SceneNumber, body: schemas.SceneChange
) -> schemas.VideoDetail:
    """New words or another picture for a scene; only what depends on them is made anew."""
    edit = read_edit(scene, body)
    # Words alone leave the picture's take as it was; it is drawn anew only where its length or plan changes.
    return _remake(services, person, id, (scene,) if edit.visual else (), (edit,))


def _remake(
    services: Services, person: Person, id: str, scenes: tuple[int, ...], edits: tuple[SceneEdit, ...] = ()
) -> schemas.VideoDetail:
    entry = own(services, person, id)
    known = services.app.ledger.get(id).scenes
    for scene in (*scenes, *(edit.scene for edit in edits)):
        if scene not in known:
            raise NotFound(f"Expected a scene of the video {id}, found none with number {scene}.")
    services.count_request(person.user)
    services.quota.hold(entry.owner, id, services.allowance(person.user))
    try:
        video = services.app.retry(id, scenes, edits)
    except AiprodError:
        services.quota.settle(services.app.ledger.get(id))
        raise
    services.quota.keep(entry.owner, id)
    return detail(services, person, entry, video)


@router.put("/{id}/favourite", status_code=204, responses=described(401, 403, 404, 422))
def add_favourite(services: Given, person: Writer, id: VideoId) -> None:
    """Remember a video."""
    visible(services, person, readable(services, person, id))
    services.library.mark_favourite(person.user.id, id, favourite=True)


@router.delete("/{id}/favourite", status_code=204, responses=described(401, 403, 422))
def remove_favourite(services: Given, person: Writer, id: VideoId) -> None:
    """Remember a video no longer."""
    services.library.mark_favourite(person.user.id, id, favourite=False)


@router.post("/{id}/views", responses=described(401, 403, 404, 422))
def count_view(request: Request, services: Given, person: Anybody, id: VideoId) -> schemas.VideoCard:
    """Tell that a film is being watched; each viewer counts once."""
    video = visible(services, person, readable(services, person, id))
    viewer = person.user.id if person else caller(request)
    return card(services, person, services.library.count_view(id, viewer), video)


@router.put("/{id}/visibility", responses=described(401, 403, 404, 422))
def set_visibility(request: Request, services: Given, person: Writer, id: VideoId, body: schemas.Visibility) -> schemas.VideoCard:
    """Let everybody see a film, or only its owner."""
    own(services, person, id)
    entry = services.library.publish(id, public=body.public)
    noted(request.scope, detail="public" if body.public else "private")
    return card(services, person, entry, services.app.ledger.get(id))


@router.delete("/{id}", status_code=204, responses=described(401, 403, 404, 422))
def delete_video(services: Given, person: Writer, id: VideoId) -> None:
    """Delete a video and all that was made for it; one at work is stopped first."""
    own(services, person, id)
    services.delete_video(id)
