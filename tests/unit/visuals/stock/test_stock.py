"""Stock footage through the libraries' protocols: the best clip is found, fitted and credited, or it is said why not."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.documents import EmbeddedDocuments
from aiprod.errors import EngineMissing, InvalidSetting, MediaBroken, NotFound, Permanent, Throttled, Unavailable
from aiprod.media.attribution import read_attribution
from aiprod.media.probe import probe
from aiprod.ports import FilmLook, Json, Shot, ShotBrief
from aiprod.profiles import Shape
from aiprod.visuals.stock.footage import decode_spec
from aiprod.visuals.stock.pexels import Pexels
from aiprod.visuals.stock.pixabay import Pixabay
from aiprod.visuals.stock.renderer import StockRenderer, stock_renderer
from tests.hosted.film_clips import make_clip
from tests.hosted.video_server import Reply, VideoServer, serving

LOOK = FilmLook(style="documentary", language="en", seed=5)
ELEPHANT = ShotBrief(scene=1, visual="An elephant walking in the savanna at sunset, slow pan", text="Elephants walk far.")
Stock = Callable[..., StockRenderer]
PEXELS, PIXABAY = "/videos/search", "/api/videos/"


@pytest.fixture
def server() -> Iterator[VideoServer]:
    with serving() as running:
        yield running


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_clip(tmp_path_factory.mktemp("stock") / "clip.mp4", seconds=3)


@pytest.fixture
def told() -> Callable[[int], None]:
    return lambda frames: None


@dataclass
class StandingClock:
    """Always the same moment, until it is put forward."""

    at: float = 1_000.0

    def now(self) -> float:
        return self.at


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def stock(server: VideoServer, tmp_path: Path, clock: StandingClock) -> Stock:
    """Makes the renderer, with these keys."""
    documents = EmbeddedDocuments(database=Database(tmp_path / "store.sqlite3"))

    def made(pexels: str = "pexels-key", pixabay: str = "pixabay-key") -> StockRenderer:
        libraries = (Pexels(pexels, url=server.url), Pixabay(pixabay, url=server.url))
        return stock_renderer(libraries, documents, clock)

    return made


def shot(renderer: StockRenderer, brief: ShotBrief = ELEPHANT, *, look: FilmLook = LOOK) -> Shot:
    (spec,) = renderer.plan([brief], look)
    return Shot(scene=brief.scene, spec=spec, frames=60, rate=Fraction(30), shape=Shape(width_px=90, height_px=160), seed=1,
                style="documentary")  # fmt: skip


def pexels_video(server: VideoServer, slug: str, *, author: str = "Ada", seconds: int = 12, upright: bool = True) -> Json:
    sizes = [(180, 320), (720, 1280)] if upright else [(320, 180), (1280, 720)]
    return {
        "id": 1, "width": 720, "height": 1280, "duration": seconds, "url": f"https://www.pexels.com/video/{slug}-123/",
        "user": {"id": 2, "name": author, "url": f"https://www.pexels.com/@{author.casefold()}"},
        "video_files": [
            {"id": 9, "quality": "hls", "file_type": "application/x-mpegURL", "width": None, "height": None, "link": "x"},
            *({"id": 3, "quality": "hd", "file_type": "video/mp4", "width": width, "height": height, "fps": 25.0,
               "link": f"{server.url}/files/{slug}-{width}x{height}.mp4"} for width, height in sizes),
        ],
    }  # fmt: skip


def pixabay_hit(server: VideoServer, tags: str, *, user: str = "Zoé") -> Json:
    sizes: Json = {
        "large": {"url": "", "width": 0, "height": 0, "size": 0},
        "medium": {"url": f"{server.url}/files/pixabay.mp4", "width": 1280, "height": 720, "size": 5},
    }
    return {"id": 7, "pageURL": "https://pixabay.com/videos/id-7/", "type": "film", "tags": tags, "duration": 20,
            "user_id": 44, "user": user, "videos": sizes}  # fmt: skip


def query_of(path: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}


def test_the_clip_of_the_words_the_shape_and_the_length_is_taken_fitted_and_credited(
    stock: Stock, server: VideoServer, clip: bytes, tmp_path: Path, told: Callable[[int], None]
) -> None:
    found: Json = {"videos": [
        pexels_video(server, "a-lion-in-the-grass", author="Leo"),
        pexels_video(server, "elephant-lying", author="Short", seconds=1),
        pexels_video(server, "elephant-walking-in-savanna-wide", author="Wide", upright=False),
        pexels_video(server, "elephants-in-the-savanna", author="Ada"),
    ]}  # fmt: skip
    server.says(PEXELS, Reply(body=found))
    server.says("/files/", Reply(body=clip))
    renderer = stock(pixabay="")
    take = renderer.render(shot(renderer), tmp_path, told)
    credit = (
        "Footage by Ada (https://www.pexels.com/@ada) on Pexels, Pexels licence,"
        " https://www.pexels.com/video/elephants-in-the-savanna-123/"
    )
    assert take.credits == (credit,)
    assert read_attribution(take.path) == (credit,), "the clip itself says to whom it is owed"
    facts = probe(take.path)
    assert facts.picture is not None and facts.sound is None
    assert (facts.picture.frames, facts.picture.width_px, facts.picture.height_px) == (60, 90, 160)
    search, download = server.asked[0], server.asked[-1]
    assert search.headers["Authorization"] == "pexels-key"
    asked = query_of(search.path)
    assert (asked["query"], asked["orientation"], asked["locale"]) == ("elephant savanna", "portrait", "en-US")
    assert download.path == "/files/elephants-in-the-savanna-180x320.mp4", "the smallest that is large enough"


def test_scenes_that_ask_for_the_same_show_different_clips(stock: Stock) -> None:
    renderer = stock()
    again = ShotBrief(scene=2, visual="An elephant walking in the savanna at noon", text="And further.")
    first, second = (decode_spec(spec) for spec in renderer.plan([ELEPHANT, again], LOOK))
    assert first.queries[0] == second.queries[0]
    assert (first.turn, second.turn) == (0, 1)
    assert json.loads(renderer.plan([ELEPHANT], LOOK)[0])["credited"] is True


def test_the_other_library_serves_when_one_has_no_requests_left(
    stock: Stock, server: VideoServer, clip: bytes, tmp_path: Path, told: Callable[[int], None]
) -> None:
    server.says(PEXELS, Reply(status=429, body={"error": "Rate limit exceeded"}))
    server.says(PIXABAY, Reply(body={"total": 1, "hits": [pixabay_hit(server, "elephant, savanna, africa")]}))
    server.says("/files/", Reply(body=clip))
    renderer = stock()
    take = renderer.render(shot(renderer), tmp_path, told)
    assert take.credits[0].startswith("Footage by Zoé (https://pixabay.com/users/44/) on Pixabay, Pixabay content licence,")
    assert server.count(PEXELS) == 1, "a library that has no requests left is not asked again for this shot"
    asked = query_of(next(one.path for one in server.asked if PIXABAY in one.path))
    assert (asked["key"], asked["q"], asked["lang"], asked["safesearch"]) == ("pixabay-key", "elephant savanna", "en", "true")


def test_words_of_other_languages_are_looked_for_in_their_language(
    stock: Stock, server: VideoServer, tmp_path: Path, told: Callable[[int], None]
) -> None:
    server.says(PEXELS, Reply(body={"videos": []}))
    renderer = stock(pixabay="")
    french = ShotBrief(scene=1, visual="La chaîne des semi-conducteurs à Grenoble", text="Une puce.")
    with pytest.raises(NotFound):
        renderer.render(shot(renderer, french, look=FilmLook(style="noir", language="fr", seed=1)), tmp_path, told)
    assert "fr-FR" in {query_of(one.path)["locale"] for one in server.asked}


def test_nothing_found_says_what_was_looked_for_and_where(
    stock: Stock, server: VideoServer, tmp_path: Path, told: Callable[[int], None]
) -> None:
    server.says(PEXELS, Reply(body={"videos": [pexels_video(server, "office-people-meeting")]}))
    server.says(PIXABAY, Reply(body={"hits": []}))
    renderer = stock()
    with pytest.raises(NotFound) as nothing:
        renderer.render(shot(renderer), tmp_path, told)
    assert "scene 1 at Pexels and Pixabay" in str(nothing.value) and "elephant savanna" in str(nothing.value)


def test_a_spent_quota_everywhere_is_for_later_and_a_wrong_key_for_the_user(
    stock: Stock, server: VideoServer, tmp_path: Path, told: Callable[[int], None]
) -> None:
    server.says(PEXELS, Reply(status=429, body={}))
    server.says(PIXABAY, Reply(status=400, body=b"[ERROR 400] Invalid or missing API key"))
    renderer = stock()
    with pytest.raises(Throttled):
        renderer.render(shot(renderer), tmp_path, told)
    only = stock(pexels="")
    with pytest.raises(InvalidSetting) as wrong:
        only.render(shot(only), tmp_path, told)
    assert "AIPROD_PIXABAY_KEY" in str(wrong.value) and "pixabay-key" not in str(wrong.value)


def test_a_library_that_goes_on_failing_is_left_alone_and_the_next_renderer_takes_over(
    stock: Stock, server: VideoServer, tmp_path: Path, told: Callable[[int], None]
) -> None:
    server.says(PEXELS, Reply(status=503, body={}))
    renderer = stock(pixabay="")
    for _ in range(5):
        with pytest.raises(Unavailable):
            renderer.render(shot(renderer), tmp_path, told)
    with pytest.raises(Permanent) as shut:
        renderer.render(shot(renderer), tmp_path, told)
    assert "Pexels failed 5 times running" in str(shut.value)
    assert server.count(PEXELS) == 5


def test_a_broken_clip_gives_way_to_the_next_and_only_broken_ones_are_an_error(
    stock: Stock, server: VideoServer, clip: bytes, tmp_path: Path, told: Callable[[int], None]
) -> None:
    videos: Json = [pexels_video(server, "elephant-savanna-one", author="One"), pexels_video(server, "elephant-savanna-two", author="Two")]
    server.says(PEXELS, Reply(body={"videos": videos}))
    server.says("/files/", Reply(body=clip[: len(clip) // 3]), Reply(body=clip))
    renderer = stock(pixabay="")
    take = renderer.render(shot(renderer), tmp_path, told)
    assert "by Two" in take.credits[0]
    server.replies["/files/"] = [Reply(body=b"not a film")]
    with pytest.raises(MediaBroken):
        renderer.render(shot(renderer), tmp_path, told)


def test_an_answer_that_breaks_off_never_tells_the_key(
    stock: Stock, server: VideoServer, tmp_path: Path, told: Callable[[int], None]
) -> None:
    server.says(PIXABAY, Reply(cut=True))
    renderer = stock(pexels="")
    with pytest.raises(Unavailable) as broken:
        renderer.render(shot(renderer), tmp_path, told)
    assert "did not answer" in str(broken.value) and "pixabay-key" not in str(broken.value)


def test_without_a_key_it_says_where_to_get_one(stock: Stock) -> None:
    with pytest.raises(EngineMissing) as missing:
        stock(pexels="", pixabay="").check()
    assert "AIPROD_PEXELS_KEY" in str(missing.value) and "AIPROD_PIXABAY_KEY" in str(missing.value)


def test_the_same_words_are_asked_for_once_a_day(
    stock: Stock, server: VideoServer, clip: bytes, clock: StandingClock, tmp_path: Path, told: Callable[[int], None]
) -> None:
    server.says(PIXABAY, Reply(body={"total": 1, "hits": [pixabay_hit(server, "elephant, savanna, africa")]}))
    server.says("/files/", Reply(body=clip))

    def searches() -> int:
        stock(pexels="").render(shot(stock(pexels="")), tmp_path, told)
        return sum(urlsplit(asked.path).path == PIXABAY for asked in server.asked)

    assert searches() == 1
    clock.at += 23 * 3600
    assert searches() == 1, "another task, another film: the answer is known"
    clock.at += 2 * 3600
    assert searches() == 2
