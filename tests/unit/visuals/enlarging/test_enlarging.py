"""Clips drawn small and slow, made large and smooth: by a network or by Lanczos, in films of the real chain."""

import os
import struct
import subprocess
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from aiprod import paths
from aiprod.encoding import from_json
from aiprod.errors import InvalidSetting, LicenceRefused, MediaBroken
from aiprod.manifests import FilmManifest
from aiprod.media.probe import probe
from aiprod.models.licences import LicencePolicy
from aiprod.models.manifest import Manifest, parse_manifest
from aiprod.models.registry import Registry, Supply
from aiprod.models.upscale.enlarger import Enlarger, open_enlarger
from aiprod.ports import Shot
from aiprod.profiles import Shape
from aiprod.video import Status
from aiprod.visuals.enlarging.clips import Networks, enlarge_clip
from aiprod.visuals.enlarging.measures import can_measure_vmaf, compare, sharpness, ssim
from aiprod.visuals.enlarging.order import read_order, run_order
from aiprod.visuals.enlarging.renderer import EnlargingRenderer, Wish, smaller
from aiprod.visuals.frames import read_pictures
from tests.doubles import ColourRenderer, PlainEngines, PlainWriter
from tests.house import make, open_house
from tests.unit.models.upscale.tiny import COMPACT, write_sharpener, write_tiny

SMALL, LARGE = Shape(width_px=96, height_px=64), Shape(width_px=192, height_px=128)
WISH = Wish(model="sharpener", drawn_px=128, large_px=256)


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Twelve soft frames of a moving test picture, 15 a second."""
    path = tmp_path / "small.mp4"
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc2=s=96x64:r=15:d=0.8", "-vf", "gblur=sigma=0.8", "-c:v", "libx264",
         "-crf", "10", "-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", str(path)],
        check=True,
    )  # fmt: skip
    return path


@pytest.fixture
def sharpener(tmp_path: Path) -> Enlarger:
    return open_enlarger(write_sharpener(tmp_path / "sharpener.safetensors"), "cpu")


def shot(**other: object) -> Shot:
    wanted: dict[str, object] = {"scene": 2, "spec": "{}", "frames": 12, "rate": Fraction(15), "shape": LARGE, "seed": 1, "style": ""}
    return Shot(**{**wanted, **other})  # type: ignore[arg-type]


def registry_of(folder: Path, *, commercial: str = "yes", present: bool = True) -> Registry:
    """A registry with a sharpener, in place or not."""
    manifest = parse_manifest(
        '[[models]]\nname = "sharpener"\nversion = "1.2.3"\ntitle = "A sharpener"\nlicence = "CC BY-NC 4.0"\nterms = ""\n'
        f'commercial = "{commercial}"\nfiles = [{{ path = "net.safetensors" }}]\n'
    )
    if present:
        home = folder / "sharpener" / "1.2.3"
        home.mkdir(parents=True)
        write_sharpener(home / "net.safetensors")
    return Registry(folder, Manifest(models=manifest.models), Supply(policy=LicencePolicy(purpose="commercial")))


def test_a_network_that_scores_better_enlarges_the_clip(clip: Path, tmp_path: Path, sharpener: Enlarger) -> None:
    made = enlarge_clip(clip, shot(), tmp_path / "large.mp4", Networks(enlarger=sharpener))
    assert made.by_network
    assert made.scores is not None
    assert made.scores.sharpness > made.scores.sharpness_lanczos
    facts = probe(tmp_path / "large.mp4").picture
    assert facts is not None
    assert (facts.width_px, facts.height_px, facts.frames, facts.rate) == (192, 128, 12, 15)
    assert (facts.colour_matrix, facts.pixel_format) == ("bt709", "yuv420p")
    assert made.fidelity is not None
    assert made.fidelity.ssim > 0.9
    assert "enlarged from 96x64 to 192x128 by the network (sharpness" in made.note
    assert made.note.endswith(". The processor did it, for there is no GPU here.")
    enlarge_clip(clip, shot(), tmp_path / "again.mp4", Networks(enlarger=sharpener))
    assert (tmp_path / "again.mp4").read_bytes() == (tmp_path / "large.mp4").read_bytes()


def test_a_network_that_scores_worse_gives_way_to_lanczos(clip: Path, tmp_path: Path) -> None:
    noisy = open_enlarger(write_tiny(tmp_path / "noisy.safetensors", COMPACT, strength=0.6), "cpu")
    made = enlarge_clip(clip, shot(), tmp_path / "noisy.mp4", Networks(enlarger=noisy))
    assert not made.by_network
    assert "by Lanczos, which scored better than the network" in made.note
    plain = enlarge_clip(clip, shot(), tmp_path / "plain.mp4", Networks())
    assert (tmp_path / "noisy.mp4").read_bytes() == (tmp_path / "plain.mp4").read_bytes()
    assert plain.scores is None
    assert plain.fidelity is not None
    assert plain.fidelity.ssim > 0.95
    assert (plain.fidelity.vmaf is None) == (not can_measure_vmaf())
    assert can_measure_vmaf() or "this ffmpeg has no libvmaf" in plain.note


def test_colours_stay_what_they_were(clip: Path, tmp_path: Path) -> None:
    enlarge_clip(clip, shot(), tmp_path / "plain.mp4", Networks())
    before, after = (list(read_pictures(path))[3] for path in (clip, tmp_path / "plain.mp4"))
    assert np.abs(before.mean((0, 1)) - after.mean((0, 1))).max() < 2.0


def test_a_clip_that_its_file_turns_is_read_as_it_is_shown(clip: Path, tmp_path: Path) -> None:
    content, quarter = bytearray(clip.read_bytes()), (0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
    struct.pack_into(">9i", content, content.index(b"tkhd") + 44, *quarter)
    turned = tmp_path / "turned.mp4"
    turned.write_bytes(content)
    for shown, upright in zip(read_pictures(turned), read_pictures(clip), strict=True):
        assert np.abs(shown.astype(int) - np.rot90(upright, -1)).mean() < 2


def test_a_clip_whose_pictures_cannot_be_decoded_is_told(clip: Path) -> None:
    content = clip.read_bytes()
    first, end = content.index(b"mdat") + 4, content.index(b"moov") - 4
    clip.write_bytes(content[:first] + bytes(end - first) + content[end:])
    with pytest.raises(MediaBroken) as caught:
        list(read_pictures(clip))
    assert "Reading the pictures of small.mp4 failed in ffmpeg" in str(caught.value)


def test_frames_between_are_interpolated_and_not_repeated(clip: Path, tmp_path: Path) -> None:
    made = enlarge_clip(clip, shot(frames=24, rate=Fraction(30)), tmp_path / "smooth.mp4", Networks())
    facts = probe(tmp_path / "smooth.mp4").picture
    assert facts is not None
    assert (facts.frames, facts.rate) == (24, 30)
    assert made.fidelity is None
    shown = list(read_pictures(tmp_path / "smooth.mp4"))
    changes = [float(np.abs(after.astype(int) - before).mean()) for before, after in pairwise(shown[:-3])]
    assert min(changes) > 0.2, changes


def test_scores_tell_a_sharper_picture_from_one_that_invents(tmp_path: Path) -> None:
    y, x = np.mgrid[:64, :96]
    base = np.repeat((120 + 60 * np.sin(x / 4) * np.cos(y / 5))[..., None], 3, 2).astype(np.uint8)
    small = [base, np.roll(base, 1, axis=1)]
    from PIL import Image

    plain = [np.asarray(Image.fromarray(one).resize((192, 128), Image.Resampling.LANCZOS)) for one in small]
    harder = [np.clip(128 + (one.astype(int) - 128) * 1.08, 0, 255).astype(np.uint8) for one in plain]
    noise = [np.clip(one.astype(int) + np.random.default_rng(n).integers(-40, 40, one.shape), 0, 255).astype(np.uint8) for n, one in enumerate(plain)]
    assert compare(small, harder, LARGE).better
    assert not compare(small, noise, LARGE).better
    assert not compare(small, plain, LARGE).better
    assert ssim(base, base) == pytest.approx(1.0)
    assert ssim(base, noise[0][::2, ::2]) < 0.9
    assert sharpness(harder[0]) > sharpness(plain[0])


def test_a_film_of_the_real_chain_is_drawn_small_and_enlarged(tmp_path: Path) -> None:
    around = EnlargingRenderer(ColourRenderer(name="motion"), WISH, registry_of(tmp_path / "models"))
    engines = PlainEngines(writers={"outline": PlainWriter(scenes=1)}, renderers={**PlainEngines().renderers, "motion": around})
    app = open_house(tmp_path, engines)
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    film = from_json(FilmManifest, app.objects.read(paths.film(video.id, 1)))
    clips = [app.objects.fetch(stored.address, tmp_path) for stored in app.objects.under(f"clips/{video.id}/")]
    assert {(facts.width_px, facts.height_px) for clip in clips if (facts := probe(clip).picture)} == {(360, 640)}
    assert (film.shape.width_px, film.shape.height_px) == (360, 640)
    assert "hum 1" in film.models
    assert "motion 1+sharpener@1.2.3/2/128-256px" in film.models
    told = " ".join(film.notes)
    assert "Scene 1: enlarged from 128x228 to 360x640 by" in told
    assert "sharpness" in told


def test_without_the_networks_weights_lanczos_enlarges_and_the_notes_say_why(tmp_path: Path) -> None:
    renderer = EnlargingRenderer(ColourRenderer(), WISH, registry_of(tmp_path / "models", present=False))
    take = renderer.render(shot(shape=Shape(width_px=360, height_px=640)), tmp_path, lambda _: None)
    facts = probe(take.path).picture
    assert facts is not None
    assert (facts.width_px, facts.height_px) == (360, 640)
    lacking, told = take.notes
    assert "Run `aiprod models fetch sharpener`" in lacking
    assert "enlarged from 128x228 to 360x640 by Lanczos;" in told


def test_the_shot_that_is_drawn_is_small_and_slow_and_long_enough() -> None:
    wish = replace(WISH, drawn_rate=16)
    drawn = smaller(shot(frames=101, rate=Fraction(30), shape=Shape(width_px=720, height_px=1280)), wish)
    assert drawn.shape == Shape(width_px=128, height_px=228)
    assert (drawn.rate, drawn.frames) == (16, 55)
    assert smaller(shot(), wish).rate == 15


def test_a_network_that_a_film_for_sale_may_not_use_is_refused_when_it_is_planned(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, commercial="no")
    EnlargingRenderer(ColourRenderer(), Wish(interpolation="sharpener"), registry).check()  # nothing is to be filled up
    renderer = EnlargingRenderer(ColourRenderer(), WISH, registry)
    with pytest.raises(LicenceRefused) as caught:
        renderer.check()
    assert "sharpener" in str(caught.value)
    app = open_house(tmp_path / "home", PlainEngines(renderers={**PlainEngines().renderers, "motion": renderer}))
    video = make(app)
    assert video.status is Status.FAILED
    assert "CC BY-NC 4.0" in video.failure
    assert app.objects.under("sounds/") == ()


def test_a_clip_in_storage_is_enlarged_once_by_its_job(clip: Path, tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    app.objects.write("clips/v/1/01-a.mp4", clip)
    order = read_order({
        "AIPROD_UPSCALE_SOURCE": "clips/v/1/01-a.mp4", "AIPROD_UPSCALE_TARGET": "takes/large.mp4", "AIPROD_UPSCALE_SHAPE": "193x129",
        "AIPROD_UPSCALE_RATE": "30", "AIPROD_UPSCALE": "sharpener", "AIPROD_UPSCALE_INTERPOLATION": "motion",
    })  # fmt: skip
    registry = registry_of(tmp_path / "models")
    for _ in range(2):
        with app.scratch.open("upscale") as folder:
            run_order(order, app.objects, registry, folder)
    facts = probe(app.objects.fetch("takes/large.mp4", tmp_path)).picture
    assert facts is not None
    assert (facts.width_px, facts.height_px, facts.frames, facts.rate) == (192, 128, 24, 30)


def test_an_order_with_faults_names_them_all() -> None:
    with pytest.raises(InvalidSetting) as caught:
        read_order({"AIPROD_UPSCALE_SOURCE": "a", "AIPROD_UPSCALE_SHAPE": "large", "AIPROD_UPSCALE_RATE": "0"})
    for word in ("AIPROD_UPSCALE_TARGET", "AIPROD_UPSCALE_SHAPE ('large')", "AIPROD_UPSCALE_RATE"):
        assert word in str(caught.value)


def test_the_job_of_the_entry_point_enlarges(clip: Path, tmp_path: Path) -> None:
    import sys

    home = tmp_path / "home"
    app = open_house(home)
    app.objects.write("clips/v/1/01-a.mp4", clip)
    run = subprocess.run(
        [sys.executable, "-m", "gpu_jobs.upscale.main"], capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "AIPROD_HOME": str(home), "AIPROD_UPSCALE": "lanczos", "AIPROD_UPSCALE_SOURCE": "clips/v/1/01-a.mp4",
             "AIPROD_UPSCALE_TARGET": "takes/large.mp4", "AIPROD_UPSCALE_SHAPE": "192x128"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    facts = probe(app.objects.fetch("takes/large.mp4", tmp_path)).picture
    assert facts is not None
    assert (facts.width_px, facts.frames, facts.rate) == (192, 12, 15)
