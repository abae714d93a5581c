"""Videos as the web shows them: in a list and in full. Knows what is for the owner only."""

from aiprod.errors import NotFound
from aiprod.expenses import Expenses
from aiprod.library import Entry
from aiprod.video import Video
from backend.auth import Person
from backend.deps import is_own
from backend.films import finished_revision
from backend.schemas.videos import FileLink, VideoCard, VideoDetail
from backend.services import Services
from backend.watching import failed_in, title_of


def visible(services: Services, person: Person | None, entry: Entry) -> Video:
    """The video of an entry; others than its owner see it when there is a film. Raises: NotFound."""
    video = services.app.ledger.get(entry.video)
    if not (may_see_all(person, entry) or finished_revision(video)):
        raise NotFound(f"Expected a video, found none with id {entry.video}.")
    return video


def card(services: Services, person: Person | None, entry: Entry, video: Video) -> VideoCard:
    """A video in a list."""
    film = services.films.of_any(video)
    whole = may_see_all(person, entry)
    return VideoCard(
        id=video.id, title=title_of(video), status=video.status.value, language=video.language or video.brief.language,
        style=video.brief.style, profile=video.brief.profile, created_at=video.created_at, public=entry.public,
        mine=is_own(person, entry), views=entry.views, ready=finished_revision(video) > 0,
        seconds=float(film.seconds) if film else None, failure=video.failure if whole else None,
        failure_kind=video.failure_kind if whole else None, failed_in=failed_in(video) if whole else None,
        favourite=person is not None and services.library.is_favourite(person.user.id, video.id),
    )  # fmt: skip


def detail(services: Services, person: Person | None, entry: Entry, video: Video) -> VideoDetail:
    """A video in full."""
    film = services.films.of(video) if finished_revision(video) else None
    whole = may_see_all(person, entry)
    paid = Expenses(documents=services.app.documents, clock=services.app.clock).total_usd(video.id) if whole else 0.0
    files = film.exports if film else ()
    return VideoDetail(
        **card(services, person, entry, video).model_dump(),
        width_px=film.shape.width_px if film else None, height_px=film.shape.height_px if film else None,
        credits=list(film.credits) if film else [],
        files=[
            FileLink(name=one.name, bytes=one.size, url=f"/api/v1/videos/{video.id}/files/{one.name}") for one in files
        ],
        scenes=list(services.scripts.texts(video, video.revision if whole else finished_revision(video))),
        theme=video.brief.theme if whole else None,
        notes=list(dict.fromkeys((*video.notes, *(film.notes if film else ())))) if whole else None,
        cost_usd=round(video.cost_usd + paid, 6) if whole else None,
        progress=services.watch.look(video.id).progress if whole else None,
    )  # fmt: skip


def may_see_all(person: Person | None, entry: Entry) -> bool:
    """Whether they see more of it than its film: its owner, and admins."""
    return is_own(person, entry) or (person is not None and person.user.admin)
