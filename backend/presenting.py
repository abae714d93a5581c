"""Videos as the web shows them: in a list and in full. Knows what is for the owner only."""



from aiprod import paths
from aiprod.errors import NotFound
from aiprod.expenses import Expenses
from aiprod.library import Entry
from aiprod.manifests import FilmManifest, ScriptManifest
from aiprod.story import Script
from aiprod.video import Status, Video
from backend.auth import Person
from backend.deps import is_own
from backend.schemas.videos import FileLink, SceneText, VideoCard, VideoDetail
from backend.services import Services
from backend.watching import look, title_of


def finished_revision(video: Video) -> int:
    """The last revision that was completed: its film is shown while a later one is made; 0 where there is none."""
    return max((entry.revision for entry in video.history if entry.status is Status.COMPLETED), default=0)


def film_of(services: Services, video: Video) -> FilmManifest:
    """The film's manifest. Raises: NotFound."""
    revision = finished_revision(video)
    if not revision:
        raise NotFound(f"Expected a finished film, found the video {video.id} {video.status.value}.")
    return services.app.artefacts.read(FilmManifest, paths.film(video.id, revision))


def visible(services: Services, person: Person | None, entry: Entry) -> Video:
    """The video of an entry; others than its owner see it when there is a film. Raises: NotFound."""
    video = services.app.ledger.get(entry.video)
    if not (_may_see_all(person, entry) or finished_revision(video)):
        raise NotFound(f"Expected a video, found none with id {entry.video}.")
    return video


def card(services: Services, person: Person | None, entry: Entry, video: Video) -> VideoCard:
    """A video in a list."""
    return VideoCard(
        id=video.id, title=title_of(video), status=video.status.value, language=video.language or video.brief.language,
        style=video.brief.style, profile=video.brief.profile, created_at=video.created_at, public=entry.public,
        mine=is_own(person, entry), views=entry.views, ready=finished_revision(video) > 0,
        favourite=person is not None and services.library.is_favourite(person.user.id, video.id),
    )  # fmt: skip


def detail(services: Services, person: Person | None, entry: Entry, video: Video) -> VideoDetail:
    """A video in full."""
    film = film_of(services, video) if finished_revision(video) else None
    whole = _may_see_all(person, entry)
    paid = Expenses(documents=services.app.documents, clock=services.app.clock).total_usd(video.id) if whole else 0.0
    files = film.exports if film else ()
    return VideoDetail(
        **card(services, person, entry, video).model_dump(),
        seconds=float(film.seconds) if film else None,
        width_px=film.shape.width_px if film else None, height_px=film.shape.height_px if film else None,
        credits=list(film.credits) if film else [],
        files=[
            FileLink(name=one.name, bytes=one.size, url=f"/api/v1/videos/{video.id}/files/{one.name}") for one in files
        ],
        scenes=_scenes(services, video, whole=whole),
        theme=video.brief.theme if whole else None,
        notes=[*video.notes, *(film.notes if film else ())] if whole else None,
        cost_usd=round(video.cost_usd + paid, 6) if whole else None,
        progress=look(services.app, video.id).progress if whole else None,
    )  # fmt: skip


def _scenes(services: Services, video: Video, *, whole: bool) -> list[SceneText]:
    """Scenes of the newest script for the owner, of the film that is shown for others."""
    newest = video.revision if whole else finished_revision(video)
    for revision in range(newest, 0, -1):
        try:
            script = services.app.artefacts.read(ScriptManifest, paths.script(video.id, revision)).script
        except NotFound:
            continue
        return _texts(script)
    return _texts(video.brief.script) if video.brief.script else []


def _texts(script: Script) -> list[SceneText]:
    return [
        SceneText(scene=scene.number, title=scene.title, text=scene.text, visual=scene.visual)
        for scene in script.scenes
    ]


def _may_see_all(person: Person | None, entry: Entry) -> bool:
    return is_own(person, entry) or (person is not None and person.user.admin)
