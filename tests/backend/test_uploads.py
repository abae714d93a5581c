"""Files that users bring: taken for what they are, refused where they are something else, counted, and shown in films."""

import io
import struct
import subprocess
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from aiprod.writers.recording import RecordingWriter
from tests.backend.conftest import REQUEST, Browser, open_site, problem
from tests.doubles import KnowingListener, PlainEngines
from tests.house import drain, engines_with


def picture(form: str = "JPEG", size: tuple[int, int] = (320, 240), **options: object) -> bytes:
    content = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(content, form, **options)
    return content.getvalue()


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a clip and sounds in the forms that people have."""
    folder = tmp_path_factory.mktemp("media")
    tone, colours = ["-f", "lavfi", "-i", "sine=f=300:d=3"], ["-f", "lavfi", "-i", "testsrc2=s=160x96:r=10:d=2"]
    for name, arguments in {
        "clip.mp4": [*colours, *tone, "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-metadata", "location=+48.85+002.35/"],
        "clip.webm": [*colours, "-c:v", "libvpx", "-deadline", "realtime"],
        "silent.mov": [*colours, "-c:v", "mjpeg"],
        "tone.mp3": [*tone, "-metadata", "title=Secret place"], "tone.wav": tone, "tone.flac": tone, "tone.ogg": [*tone, "-c:a", "libopus"],
        "tone.m4a": tone,
    }.items():  # fmt: skip
        subprocess.run(["ffmpeg", "-v", "error", *arguments, str(folder / name)], check=True)
    # As a browser's recorder sends it: without a word on how long it is.
    live = ["ffmpeg", "-v", "error", *tone, "-c:a", "libopus", "-f", "webm", "-live", "1", "pipe:"]
    (folder / "recorded.webm").write_bytes(subprocess.run(live, check=True, capture_output=True).stdout)
    return folder


def send(person: Browser, content: bytes, name: str = "file"):
    return person("POST", "/media", params={"name": name}, content=content)


def bring(person: Browser, content: bytes, name: str = "file") -> str:
    answer = send(person, content, name)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_a_picture_is_kept_as_nothing_but_a_picture(jane) -> None:
    place = Image.Exif()
    place[0x010E] = "At home, 12 Rue de la Paix"
    place[0x0112] = 6
    answer = send(jane, picture(exif=place), "C:\\fakepath\\my panda.png")
    assert answer.status_code == 201 and answer.headers["location"] == answer.json()["url"].removesuffix("/content")
    kept = answer.json()
    assert (kept["kind"], kept["name"], kept["media_type"]) == ("picture", "my panda.png", "image/jpeg")
    assert (kept["width_px"], kept["height_px"]) == (240, 320), "turned as the camera said"
    content = jane("GET", f"/media/{kept['id']}/content")
    assert content.headers["content-type"] == "image/jpeg" and content.headers["cache-control"].startswith("private")
    assert b"Rue de la Paix" not in content.content and Image.open(io.BytesIO(content.content)).size == (240, 320)
    assert [one["id"] for one in jane("GET", "/media").json()["items"]] == [kept["id"]]
    assert jane("GET", "/media").json()["used_bytes"] == kept["bytes"] == len(content.content)


@pytest.mark.parametrize(
    ("name", "kind", "media_type"),
    [
        ("clip.mp4", "clip", "video/mp4"), ("clip.webm", "clip", "video/webm"), ("silent.mov", "clip", "video/quicktime"),
        ("tone.mp3", "sound", "audio/mpeg"), ("tone.wav", "sound", "audio/wav"), ("tone.flac", "sound", "audio/flac"),
        ("tone.ogg", "sound", "audio/ogg"), ("tone.m4a", "sound", "audio/mp4"), ("recorded.webm", "sound", "audio/ogg"),
    ],
)  # fmt: skip
def test_clips_and_sounds_are_known_by_their_content_and_lose_what_else_they_carry(jane, media, name, kind, media_type) -> None:
    kept = send(jane, (media / name).read_bytes(), "holiday.jpg").json()
    assert (kept["kind"], kept["media_type"]) == (kind, media_type), kept
    assert kept["seconds"] == pytest.approx(2 if name in ("clip.webm", "silent.mov") else 3, abs=0.2)
    content = jane("GET", f"/media/{kept['id']}/content").content
    assert b"+48.85" not in content and b"Secret place" not in content


def png(width: int, height: int) -> bytes:
    """A picture's head that promises more than a machine can hold, in few bytes."""

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + part(b"IDAT", zlib.compress(bytes(1 << 20))) + part(b"IEND", b"")


def archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("zeros", bytes(5_000_000))
    return content.getvalue()


def moving() -> bytes:
    content = io.BytesIO()
    frames = [Image.new("RGB", (80, 80), colour) for colour in ("red", "green")]
    frames[0].save(content, "WEBP", save_all=True, append_images=frames[1:])
    return content.getvalue()


ATTACKS = {
    "nothing": (b"", "empty"),
    "a playlist of another server": (b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nhttp://127.0.0.1:9/x\n#EXT-X-ENDLIST\n", "playlist"),
    "a playlist of this disk": (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n", "playlist"),
    "a list of files to join": (b"ffconcat version 1.0\nfile /etc/passwd\n", "playlist"),
    "a protocol as content": (b"concat:/etc/passwd|/etc/hosts", "text"),
    "a drawing that loads another": (b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>', "SVG"),
    "a drawing behind a declaration": (b'<?xml version="1.0"?><svg/>', "XML"),
    "a film description": (b'<?xml version="1.0"?><MPD><BaseURL>file:///etc/passwd</BaseURL></MPD>', "XML"),
    "a web page": (b"<!DOCTYPE html><script>alert(1)</script>", "document"),
    "an archive": (archive(), "archive"),
    "a document": (b"%PDF-1.7\n", "PDF"),
    "a program": (b"\x7fELF" + bytes(200), "program"),
    "subtitles": (b"[Script Info]\nScriptType: v4.00+\n", "text"),
    "a picture that is an archive": (picture() + archive(), "archive"),
    "a picture that is a web page": (picture(comment=b"<script>alert(1)</script>"), "web page"),
    "a picture that is a program": (picture(comment=b"<?php system($_GET[0]);"), "program"),
    "a picture larger than memory": (png(60_000, 60_000), "large"),
    "a picture of one row too many": (png(9_000, 9_000), "megapixels"),
    "a picture that breaks off": (picture(size=(640, 480))[:2000], "damaged"),
    "a picture that is hardly one": (picture(size=(2, 2)), "64"),
    "a picture that moves": (moving(), "moves"),
    "a GIF": (b"GIF89a" + bytes(100), "GIF"),
    "a sound of noise": (b"ID3" + bytes(range(256)) * 40, "damaged"),
    "a film without a film": (b"\x00\x00\x00\x18ftypisom" + bytes(2000), "damaged"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_something_else_is_refused_and_named(site, jane, attack) -> None:
    content, named = ATTACKS[attack]
    told = problem(send(jane, content, "panda.jpg"), 422, "invalid-input")
    assert named.casefold() in told["detail"].casefold() and told["faults"] == [told["detail"]]
    assert "/" not in told["detail"].replace("and/or", ""), "no path of this machine"
    assert jane("GET", "/media").json()["items"] == [] and site.app.objects.under("uploads/") == ()


def test_a_clip_that_names_another_file_does_not_open_it(jane, media, tmp_path) -> None:
    """A QuickTime film whose samples lie elsewhere, and a Matroska film with a playlist attached."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    attached = tmp_path / "attached.mkv"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(media / "clip.mp4"), "-attach", str(secret), "-metadata:s:t", "mimetype=text/plain",
         "-c", "copy", "-metadata", "comment=the secret words", str(attached)], check=True,
    )  # fmt: skip
    kept = send(jane, attached.read_bytes()).json()
    assert kept["media_type"] == "video/x-matroska"
    assert b"the secret words" not in jane("GET", f"/media/{kept['id']}/content").content
    elsewhere = (media / "silent.mov").read_bytes().replace(b"url \x00\x00\x00\x01", b"alis\x00\x00\x00\x00")
    answer = send(jane, elsewhere)
    assert answer.status_code in (201, 422) and "root:" not in answer.text


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\x", "a\r\nSet-Cookie: x=1", "\x00", "<img src=x>", "x" * 200, ""])
def test_a_name_leads_nowhere(site, jane, name) -> None:
    answer = send(jane, picture(), name)
    assert answer.status_code == 201, answer.text
    (stored,) = site.app.objects.under("uploads/")
    assert stored.address == f"uploads/{jane.id}/{answer.json()['id']}.jpg"
    assert "/" not in answer.json()["name"] and "\n" not in answer.json()["name"] and answer.json()["name"]
    shown = jane("GET", f"/media/{answer.json()['id']}/content").headers["content-disposition"]
    assert shown == f'inline; filename="{answer.json()["id"]}.jpg"'


def test_too_much_is_refused_while_it_comes(tmp_path: Path) -> None:
    site = open_site(tmp_path)
    jane = site.register()
    told = jane("POST", "/media", content=b"x", headers={"Content-Length": "900000000"})
    problem(told, 413, "too-large")
    site.services.settings.tiers["free"] = site.services.settings.tiers["free"].model_copy(update={"storage_bytes": 200_000})
    sent = 0

    def without_end():
        nonlocal sent
        while sent < 50_000_000:
            sent += 65_536
            yield bytes(65_536)

    assert "0.2 MB" in problem(jane("POST", "/media", content=without_end()), 403, "quota-spent")["detail"]
    assert list((tmp_path / "scratch").rglob("sent")) == []


def test_fifty_uploads_at_the_same_moment_never_take_more_than_the_room(site, jane) -> None:
    content = picture("PNG", (64, 64))
    size = send(jane, content).json()["bytes"]
    crowd = site.services.settings.tiers["free"].model_copy(update={"requests_a_minute": 99, "storage_bytes": 5 * size + size // 2})
    site.services.settings.tiers["crowd"] = crowd
    site.services.users.set_tier(jane.id, "crowd")
    client, headers = site.client(), {"Authorization": f"Bearer {jane.token}"}
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: client.post("/api/v1/media", content=content, headers=headers), range(50)))
    assert {answer.status_code for answer in answers} <= {201, 403, 429}
    shelf = jane("GET", "/media").json()
    assert len(shelf["items"]) == 1 + sum(answer.status_code == 201 for answer in answers) <= 5
    assert shelf["used_bytes"] == sum(one.size for one in site.app.objects.under("uploads/")) <= shelf["limit_bytes"]
    while (left := jane("GET", "/media").json()["items"])[4:] == []:
        bring(jane, content)
    problem(send(jane, content), 403, "quota-spent")
    assert jane("DELETE", f"/media/{left[0]['id']}").status_code == 204
    bring(jane, content)


def test_another_s_file_is_not_there_by_any_route(jane, john) -> None:
    id = bring(jane, picture())
    for method, path in (("GET", f"/media/{id}"), ("GET", f"/media/{id}/content"), ("HEAD", f"/media/{id}/content"), ("DELETE", f"/media/{id}")):
        answer = john(method, path)
        assert answer.status_code == 404, (method, path)
    for fields in ({"media": {"1": id}}, {"music": id}, {"theme": "", "recording": id}):
        told = problem(john("POST", "/videos", json=REQUEST | fields), 422, "invalid-input")["detail"]
        assert told == problem(john("POST", "/videos", json=REQUEST | {key: value if key != "media" else {"1": id} for key, value in fields.items()}), 422, "invalid-input")["detail"]
    unknown = problem(john("POST", "/videos", json=REQUEST | {"music": "0" * 20}), 422, "invalid-input")["detail"]
    assert unknown.replace("0" * 20, id) == problem(john("POST", "/videos", json=REQUEST | {"music": id}), 422, "invalid-input")["detail"]
    assert john("GET", "/media").json()["items"] == []
    assert jane("GET", f"/media/{id}").status_code == 200


def test_files_go_with_the_account(site, jane) -> None:
    from tests.backend.conftest import PASSWORD

    bring(jane, picture())
    assert jane("POST", "/account/delete", json={"password": PASSWORD}).status_code == 204
    assert site.app.objects.under("uploads/") == () and site.app.documents.query("uploads") == []


def test_a_film_shows_the_pictures_plays_the_music_and_needs_them_while_it_is_made(tmp_path: Path, media) -> None:
    from aiprod.visuals.stills import StillsRenderer

    site = open_site(tmp_path, engines_with(stills=StillsRenderer()))
    jane = site.register()
    red, noise = io.BytesIO(), Image.effect_noise((360, 640), 60)
    Image.merge("RGB", (Image.new("L", noise.size, 250), noise.point(lambda value: value // 4), noise.point(lambda value: value // 4))).save(red, "PNG")
    still, clip, tone = bring(jane, red.getvalue()), bring(jane, (media / "clip.mp4").read_bytes()), bring(jane, (media / "tone.mp3").read_bytes())
    script = "**VISUAL:** A calm sea.\n\n**VOICE OVER:** The tide goes out.\n\n**VISUAL:** The moon.\n\n**VOICE OVER:** It comes back.\n"
    for wrong in ({"media": {"1": tone}}, {"media": {"0": still}}, {"music": still}, {"media": {"9": still}, "scenes": 3}, {"recording": tone}):
        problem(jane("POST", "/videos", json=REQUEST | wrong), 422, "invalid-input")
    film = jane("POST", "/videos", json=REQUEST | {"theme": "", "script": script, "media": {"1": still, "2": clip}, "music": tone}).json()["id"]
    problem(jane("DELETE", f"/media/{still}"), 409, "not-possible-now")
    drain(site.app)
    video = jane("GET", f"/videos/{film}").json()
    assert video["status"] == "completed", video["progress"]["failure"]
    assert [scene["renderer"] for scene in video["progress"]["scenes"]] == ["stills", "stills"]
    shown = Image.open(io.BytesIO(jane("GET", f"/videos/{film}/scenes/1/picture").content)).convert("RGB")
    red_part, green_part, _ = shown.resize((1, 1)).getpixel((0, 0))
    assert red_part > 180 > 60 > green_part
    assert jane("DELETE", f"/media/{still}").status_code == 204
    assert jane("GET", f"/videos/{film}/film").status_code == 200
    assert jane("DELETE", f"/videos/{film}").status_code == 204
    assert len(jane("GET", "/media").json()["items"]) == 2, "a film's end does not end the files"


def test_a_film_is_told_by_one_s_own_recording(tmp_path: Path, media) -> None:
    engines = PlainEngines(writers=dict(PlainEngines().writers))
    site = open_site(tmp_path, engines)
    heard = KnowingListener(text="The tide goes out and comes back in.")
    engines.writers["recording"] = RecordingWriter(transcriber=heard, objects=site.app.objects)
    jane = site.register()
    sound = bring(jane, (media / "tone.mp3").read_bytes())
    asked = {name: value for name, value in REQUEST.items() if name != "theme"} | {"recording": sound}
    problem(jane("POST", "/videos", json=asked | {"scenes": 3}), 422, "invalid-input")
    problem(jane("POST", "/videos", json=asked | {"theme": "the tide"}), 422, "invalid-input")
    assert jane("POST", "/videos/estimate", json=asked).json()["film_seconds"] == 3
    film = jane("POST", "/videos", json=asked).json()["id"]
    drain(site.app)
    video = jane("GET", f"/videos/{film}").json()
    assert video["status"] == "completed", video["progress"]["failure"]
    assert [scene["text"] for scene in video["scenes"]] == [heard.text]
    assert "comes back in" in jane("GET", f"/videos/{film}/subtitles/srt").text.replace("\n", " ")
