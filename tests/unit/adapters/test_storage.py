"""What Cloud Storage adds to the contract of objects (tests/contract): transfers that fail, and signed addresses."""

import base64
import hashlib
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from google.oauth2.credentials import Credentials as UserCredentials
from google.oauth2.service_account import Credentials

from aiprod.adapters.storage import GcsObjects
from aiprod.errors import AlreadyExists, Conflict, InvalidSetting, Misuse, NotFound, Unavailable
from cloud_local.emulators import Emulators
from cloud_local.notifications import bucket_of
from tests.loopback import listening

pytestmark = pytest.mark.emulators
ADDRESS = "clips/v/1/01-aa.mp4"


@pytest.fixture
def objects(project: str) -> GcsObjects:
    straight = GcsObjects(project=project, bucket=bucket_of(project))
    assert straight.client.api_endpoint  # opened before any line is put in its way
    return straight


# --- a bad line ------------------------------------------------------------------------------------------------------


class Answer:
    """One exchange with the server behind a line: what was asked, and what comes back (None: the line breaks)."""

    def __init__(self, method: str, path: str, body: bytes) -> None:
        self.method, self.path, self.body = method, path, body
        self.answer: bytes | None = b""


@contextmanager
def line(to: str, spoil: Callable[[Answer, bool], None]) -> Iterator[str]:
    """A server before another; `spoil` may change a request (second argument False) or its answer (True)."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def serve(self) -> None:
            chunked = self.headers.get("Transfer-Encoding") == "chunked"
            body = self._chunks() if chunked else self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Answer(self.command, self.path, body)
            spoil(asked, False)
            kept = {name: value for name, value in self.headers.items() if name != "Transfer-Encoding"}
            kept["Content-Length"] = str(len(asked.body))
            with closing(HTTPConnection(to, timeout=20)) as behind:
                behind.request(self.command, self.path, asked.body, kept)
                found = behind.getresponse()
                asked.answer = found.read()
            spoil(asked, True)
            if asked.answer is None:
                self.close_connection = True
                return
            self.send_response(found.status)
            for name, value in found.getheaders():
                if name not in ("Content-Length", "Transfer-Encoding", "Connection"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(asked.answer)))
            self.end_headers()
            self.wfile.write(asked.answer)

        do_GET = do_POST = do_PUT = do_DELETE = serve  # noqa: N815

        def _chunks(self) -> bytes:
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

    with listening(Handler) as address:
        yield address


def through(url: str, project: str, monkeypatch: pytest.MonkeyPatch) -> GcsObjects:
    """The project's objects over that line."""
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", url)
    return GcsObjects(project=project, bucket=bucket_of(project), timeout_seconds=5)


def test_an_upload_whose_answer_was_lost_is_known_as_our_own(
    emulators: Emulators, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost: list[str] = []

    def spoil(exchange: Answer, answered: bool) -> None:
        if answered and exchange.path.startswith("/upload") and not lost:
            lost.append(exchange.path)
            exchange.answer = None

    with line(emulators.storage.host, spoil) as url:
        objects = through(url, project, monkeypatch)
        stored = objects.write(ADDRESS, b"moving pictures")
        assert lost and stored == objects.stat(ADDRESS)
        with pytest.raises(AlreadyExists, match=ADDRESS):
            objects.write(ADDRESS, b"moving pictures")


def test_bytes_that_changed_on_the_way_here_are_never_used(
    objects: GcsObjects, emulators: Emulators, project: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    objects.write(ADDRESS, b"moving pictures")

    def spoil(exchange: Answer, answered: bool) -> None:
        if answered and exchange.answer and "alt=media" in exchange.path:
            exchange.answer = exchange.answer.replace(b"moving", b"mowing")

    with line(emulators.storage.host, spoil) as url:
        spoiled = through(url, project, monkeypatch)
        with pytest.raises(Unavailable, match=ADDRESS):
            spoiled.fetch(ADDRESS, tmp_path)
        with pytest.raises(Unavailable, match=ADDRESS):
            spoiled.read(ADDRESS)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_bytes_that_changed_on_the_way_there_do_not_stay(
    objects: GcsObjects, emulators: Emulators, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(exchange: Answer, answered: bool) -> None:
        if not answered and exchange.path.startswith("/upload"):
            exchange.body = exchange.body.replace(b"moving", b"mowing")

    with line(emulators.storage.host, spoil) as url, pytest.raises((Conflict, Unavailable), match=ADDRESS):
        through(url, project, monkeypatch).write(ADDRESS, b"moving pictures")
    assert objects.stat(ADDRESS) is None
    assert objects.write(ADDRESS, b"moving pictures").size == 15


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_long_file_goes_up_in_parts_and_comes_back_whole(
    emulators: Emulators, project: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(hashlib.shake_128(b"film").digest(20 << 20))
    parts: list[int] = []

    def spoil(exchange: Answer, answered: bool) -> None:
        if not answered and exchange.method == "PUT":
            parts.append(len(exchange.body))

    with line(emulators.storage.host, spoil) as url:
        objects = through(url, project, monkeypatch)
        stored = objects.write("exports/v/1/film.mp4", film)
        assert (stored.size, parts) == (20 << 20, [16 << 20, 4 << 20])
        assert objects.fetch("exports/v/1/film.mp4", tmp_path / "here").read_bytes() == film.read_bytes()
        with pytest.raises(AlreadyExists):
            objects.write("exports/v/1/film.mp4", film)


def test_a_file_is_fetched_once_and_cannot_be_changed_by_mistake(
    objects: GcsObjects, emulators: Emulators, project: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    objects.write(ADDRESS, b"moving pictures")
    read: list[str] = []

    def spoil(exchange: Answer, answered: bool) -> None:
        if not answered and "alt=media" in exchange.path:
            read.append(exchange.path)

    with line(emulators.storage.host, spoil) as url:
        counted = through(url, project, monkeypatch)
        first, second = counted.fetch(ADDRESS, tmp_path), counted.fetch(ADDRESS, tmp_path)
    assert first == second and len(read) == 1 and first.stat().st_mode & 0o222 == 0


def test_an_object_is_deleted_twice_without_a_word(objects: GcsObjects) -> None:
    objects.write(ADDRESS, b"x")
    objects.delete(ADDRESS)
    objects.delete(ADDRESS)
    assert objects.stat(ADDRESS) is None


def test_a_copy_takes_no_name_that_is_taken(objects: GcsObjects) -> None:
    objects.write(ADDRESS, b"old")
    objects.write("clips/w/1/01-aa.mp4", b"new")
    with pytest.raises(AlreadyExists, match=ADDRESS):
        objects.copy("clips/w/1/01-aa.mp4", ADDRESS)
    assert objects.read(ADDRESS) == b"old"


def test_a_bucket_that_is_not_there_is_said_to_be_missing(project: str) -> None:
    with pytest.raises(NotFound, match="terraform apply"):
        GcsObjects(project=project, bucket="no-such-bucket").write(ADDRESS, b"x")


def test_a_storage_that_does_not_answer_is_tried_again_later(project: str, monkeypatch: pytest.MonkeyPatch) -> None:
    objects = through("http://127.0.0.1:9", project, monkeypatch)
    with pytest.raises(Unavailable, match=ADDRESS):
        objects.stat(ADDRESS)


# --- signed addresses --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def signing(project: str, key: rsa.RSAPrivateKey) -> GcsObjects:
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    info = {
        "type": "service_account", "client_email": f"films@{project}.iam.gserviceaccount.com", "private_key": pem,
        "token_uri": "http://127.0.0.1:9/token", "private_key_id": "1",
    }  # fmt: skip
    credentials = Credentials.from_service_account_info(info)  # type: ignore[no-untyped-call]
    return GcsObjects(project=project, bucket=bucket_of(project), credentials=credentials)


def test_a_signed_address_is_signed_as_cloud_storage_checks_it(signing: GcsObjects, key: rsa.RSAPrivateKey) -> None:
    url = urlsplit(signing.sign("exports/v/1/film é.mp4", 3600, save_as="marée haute.mp4"))
    query = parse_qs(url.query)
    assert query["X-Goog-Algorithm"] == ["GOOG4-RSA-SHA256"] and query["X-Goog-Expires"] == ["3600"]
    assert query["response-content-disposition"] == ["attachment; filename*=UTF-8''mar%C3%A9e%20haute.mp4"]
    assert url.path.endswith("/" + quote("exports/v/1/film é.mp4"))
    when, scope = query["X-Goog-Date"][0], query["X-Goog-Credential"][0].partition("/")[2]
    signed = "&".join(sorted(part for part in url.query.split("&") if not part.startswith("X-Goog-Signature=")))
    canonical = f"GET\n{url.path}\n{signed}\nhost:{url.netloc}\n\nhost\nUNSIGNED-PAYLOAD"
    text = f"GOOG4-RSA-SHA256\n{when}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = bytes.fromhex(query["X-Goog-Signature"][0])
    key.public_key().verify(signature, text.encode(), padding.PKCS1v15(), hashes.SHA256())


def test_a_browser_reads_a_part_of_a_film_at_its_signed_address(objects: GcsObjects, signing: GcsObjects) -> None:
    objects.write("exports/v/1/film.mp4", b"0123456789")
    request = urllib.request.Request(signing.sign("exports/v/1/film.mp4", 60), headers={"Range": "bytes=3-6"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert (answer.status, answer.read()) == (206, b"3456")


def test_credentials_that_cannot_sign_say_what_to_do(project: str) -> None:
    person = UserCredentials("token")  # type: ignore[no-untyped-call]
    with pytest.raises(InvalidSetting, match="--impersonate-service-account"):
        GcsObjects(project=project, bucket=bucket_of(project), credentials=person).sign(ADDRESS, 60)


def test_a_stand_in_that_asks_nobody_who_they_are_is_given_no_signature(objects: GcsObjects) -> None:
    objects.write("exports/v/1/film é.mp4", b"0123456789")
    with urllib.request.urlopen(objects.sign("exports/v/1/film é.mp4", 60), timeout=10) as answer:
        assert answer.read() == b"0123456789"


@pytest.mark.parametrize("seconds", [0, -1, 8 * 24 * 3600])
def test_a_signature_lasts_from_now_to_seven_days(signing: GcsObjects, seconds: float) -> None:
    with pytest.raises(Misuse, match="seven days"):
        signing.sign(ADDRESS, seconds)


def test_the_checksum_of_nothing_is_known_too(objects: GcsObjects) -> None:
    assert base64.b64decode(objects.write("exports/v/1/empty", b"").crc32c) == b"\0\0\0\0"
    assert objects.read("exports/v/1/empty") == b""
