"""Films through the real chain, their scenes drawn by tiny models with the code that draws with real ones."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from aiprod import paths
from aiprod.bootstrap import App
from aiprod.brief import Brief
from aiprod.errors import EngineMissing, WeightsBroken, WeightsMissing
from aiprod.media.probe import probe, read_samples
from aiprod.models.diffusion.placement import Precision
from aiprod.models.manifest import Manifest, own_manifest
from aiprod.models.registry import Registry
from aiprod.ports import FilmLook, Shot, ShotBrief
from aiprod.profiles import Shape
from aiprod.video import Status
from aiprod.visuals.diffusion.renderer import DiffusionRenderer, Wishes
from tests.doubles import ColourRenderer, PlainEngines
from tests.house import make, open_house

BRIEF = Brief(theme="the giant panda", language="en", profile="draft", music="none", subtitles="none", seed=3)
SEEN = [
    ShotBrief(scene=1, visual="A giant panda eats bamboo in a forest", text="It eats."),
    ShotBrief(scene=2, visual="The giant panda sleeps in a forest", text="It sleeps."),
]
LOOK = FilmLook(style="cinematic", language="en", seed=3)


def small(model: str, side_px: int = 64, **more: object) -> Wishes:
    return Wishes(model=model, device="cpu", side_px=side_px, steps=2, **more)  # type: ignore[arg-type]


def renderer_of(name: str, wishes: Wishes, registry: Registry, app: App) -> DiffusionRenderer:
    return DiffusionRenderer(name, wishes, registry, app.objects, app.clock)


def shot(spec: str, scene: int = 1, frames: int = 8) -> Shot:
    return Shot(scene=scene, spec=spec, frames=frames, rate=Fraction(15), shape=Shape(width_px=96, height_px=160), seed=5, style="cinematic")


def frames_of(path: Path) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    run = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(path), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], capture_output=True, check=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return np.frombuffer(run.stdout, np.uint8).reshape(-1, 160, 96, 3)


@pytest.mark.parametrize(("name", "model", "side"), [("wan", "wan2.2-ti2v-5b", 64), ("ltx", "ltx-2", 12)])
def test_a_film_is_drawn_by_a_diffusion_model(name: str, model: str, side: int, registry: Registry, tmp_path: Path) -> None:
    app = open_house(tmp_path)
    # Untrained weights draw noise, which is taken where nobody else can draw.
    absent = {other: ColourRenderer(name=other, missing=EngineMissing("Not here.")) for other in ("motion", "slideshow")}
    renderers = {**absent, name: renderer_of(name, small(model, side), registry, app)}
    app = open_house(tmp_path, PlainEngines(renderers=renderers))
    video = make(app, replace(BRIEF, renderer=name))
    assert video.status == Status.COMPLETED, video.failure
    clips = app.ledger.clips(video.id, video.revision)
    assert {(clip.renderer, clip.queue) for clip in clips} == {(name, "render-gpu")}
    film = tmp_path / "film.mp4"
    film.write_bytes(app.objects.read(paths.export(video.id, video.revision, "film.mp4")))
    picture = probe(film).picture
    assert picture is not None
    assert (picture.width_px, picture.height_px, picture.rate) == (360, 640, 15)
    assert [one.address for one in app.objects.under("takes/latents")] == []


def test_a_clip_has_exactly_the_frames_that_its_shot_wants_and_is_the_same_again(registry: Registry, tmp_path: Path) -> None:
    app = open_house(tmp_path)
    renderer = renderer_of("wan", small("wan2.2-ti2v-5b"), registry, app)
    (spec,) = renderer.plan(SEEN[:1], LOOK)
    told: list[int] = []
    first, again = (tmp_path / name for name in ("first", "again"))
    for folder in (first, again):
        folder.mkdir()
        renderer.render(shot(spec, frames=20), folder, told.append)
    picture = probe(first / "wan-01.mp4").picture
    assert picture is not None
    assert (picture.frames, picture.rate, picture.width_px, picture.height_px) == (20, 15, 96, 160)
    assert (first / "wan-01.mp4").read_bytes() == (again / "wan-01.mp4").read_bytes()
    assert told == sorted(told[: len(told) // 2]) * 2
    assert told[-1] == 20


def test_two_threads_that_share_a_renderer_get_the_clips_that_each_would_have_had_alone(registry: Registry, tmp_path: Path) -> None:
    renderer = renderer_of("wan", small("wan2.2-ti2v-5b"), registry, open_house(tmp_path))
    specs = renderer.plan(SEEN[:1], LOOK) * 2
    folders = [tmp_path / name for name in ("alone", "one", "other")]
    for folder in folders:
        folder.mkdir()

    def draw(folder: Path) -> bytes:
        return renderer.render(shot(specs[0], frames=20), folder, lambda _: None).path.read_bytes()

    alone = draw(folders[0])
    with ThreadPoolExecutor(2) as both:
        assert list(both.map(draw, folders[1:])) == [alone, alone]


def test_a_shot_that_is_longer_than_a_model_can_draw_goes_on_from_its_last_picture(registry: Registry, tmp_path: Path) -> None:
    app = open_house(tmp_path)
    renderer = renderer_of("wan", small("wan2.2-i2v-a14b", 32), registry, app)
    (spec,) = renderer.plan(SEEN[:1], LOOK)
    take = renderer.render(shot(spec, frames=90), tmp_path, lambda _: None)  # 6 s of the 5 that it can draw
    frames = frames_of(take.path).astype(np.int16)
    assert len(frames) == 90
    assert len({frame.tobytes() for frame in frames}) > 60


def test_a_task_that_ends_in_a_late_stretch_goes_on_from_the_pictures_of_the_first(registry: Registry, tmp_path: Path) -> None:
    app = open_house(tmp_path)
    steps: list[int] = []

    def renderer() -> DiffusionRenderer:
        """As another task has it."""
        made = renderer_of("wan", small("wan2.2-i2v-a14b", 32), registry, app)
        for name in ("transformer", "transformer_2"):
            made._open().family.parts[name].register_forward_pre_hook(lambda *_: steps.append(1))
        return made

    class Ended(Exception):
        """Ends the task."""

    def end(frames: int) -> None:
        if frames > 45:
            raise Ended

    (spec,) = renderer().plan(SEEN[:1], LOOK)
    with pytest.raises(Ended):
        renderer().render(shot(spec, frames=90), tmp_path, end)
    assert len(steps) == 3
    take = renderer().render(shot(spec, frames=90), tmp_path, lambda _: None)
    assert len(steps) == 5
    assert len(frames_of(take.path)) == 90
    assert [one.address for one in app.objects.under("takes/latents")] == []


def test_scenes_that_go_on_from_each_other_meet_on_the_same_picture_wherever_they_are_drawn(registry: Registry, tmp_path: Path) -> None:
    drawn = []
    for folder, scene in ((tmp_path / "a", 1), (tmp_path / "b", 2)):
        app = open_house(folder)
        renderer = renderer_of("ltx", small("ltx-video-2b", 32), registry, app)
        specs = renderer.plan(SEEN, LOOK)
        renderer.render(shot(specs[scene - 1], scene), folder, lambda _: None)
        drawn.append({one.address: app.objects.read(one.address) for one in app.objects.under("takes/meeting")})
    sheet_and_meeting = drawn[0].keys() & drawn[1].keys()
    assert (len(drawn[0]), len(drawn[1]), len(sheet_and_meeting)) == (3, 2, 2)  # the first scene's own opening is the third
    assert all(drawn[0][address] == drawn[1][address] for address in sheet_and_meeting)


def test_what_lacks_is_told_in_one_sentence_with_how_to_get_it(tmp_path: Path) -> None:
    app = open_house(tmp_path)
    registry = Registry(tmp_path / "models", own_manifest())
    for name in ("wan", "ltx"):
        with pytest.raises(EngineMissing) as missing:
            renderer_of(name, Wishes(), registry, app).check()
        told = str(missing.value)
        assert told.startswith(f"The renderer {name} cannot work here. Expected an NVIDIA GPU, found ")
        assert "aiprod models fetch" in told
        assert "Licence:" in told
    with pytest.raises(WeightsMissing, match=r"wan2\.2-ti2v-5b.*Run `aiprod models fetch wan2\.2-ti2v-5b`"):
        renderer_of("wan", Wishes(device="cpu"), registry, app).check()
    renderer_of("wan", Wishes(elsewhere=True), registry, app).check()


def test_weights_that_were_changed_are_refused_by_their_digest(registry: Registry, tmp_path: Path) -> None:
    app = open_house(tmp_path)
    model = registry.manifest.model("wan2.2-ti2v-5b")
    home = tmp_path / "models" / model.name / model.version
    shutil.copytree(registry.home(model), home)
    changed = home / "transformer" / "diffusion_pytorch_model.safetensors"
    content = bytearray(changed.read_bytes())
    content[-1] ^= 1
    changed.write_bytes(content)
    renderer = renderer_of("wan", small("wan2.2-ti2v-5b"), Registry(tmp_path / "models", registry.manifest), app)
    (spec,) = renderer.plan(SEEN[:1], LOOK)
    with pytest.raises(WeightsBroken, match="SHA-256"):
        renderer.render(shot(spec), tmp_path, lambda _: None)


def test_a_film_is_made_all_the_same_where_the_model_is_not(tmp_path: Path) -> None:
    app = open_house(tmp_path)
    registry = Registry(tmp_path / "models", own_manifest())
    renderers = {**PlainEngines().renderers, "wan": renderer_of("wan", Wishes(elsewhere=True), registry, app)}
    app = open_house(tmp_path, PlainEngines(renderers=renderers))
    video = make(app, replace(BRIEF, renderer="wan"))
    assert video.status is Status.COMPLETED
    assert {clip.renderer for clip in app.ledger.clips(video.id, video.revision)} == {"motion"}


def test_the_version_tells_what_would_look_different(registry: Registry, tmp_path: Path) -> None:
    app = open_house(tmp_path)
    wishes = small("wan2.2-ti2v-5b")
    ways = [wishes, replace(wishes, steps=9), replace(wishes, side_px=96), replace(wishes, loras=("a=1",)),
            replace(wishes, model="wan2.2-t2v-a14b"), replace(wishes, precision=Precision.INT8)]  # fmt: skip
    versions = [renderer_of("wan", one, registry, app).version for one in ways]
    assert len(set(versions)) == len(ways)
    assert renderer_of("wan", replace(wishes, seconds=9.0), registry, app).version == versions[0]


def test_a_clip_of_a_model_that_sounds_brings_its_sound_for_all_its_frames(registry: Registry, tmp_path: Path) -> None:
    app = open_house(tmp_path)
    for wishes, sounding in ((small("ltx-2", 12), True), (small("ltx-2", 12, sound=False), False)):
        renderer = renderer_of("ltx", wishes, registry, app)
        (spec,) = renderer.plan(SEEN[:1], LOOK)
        take = renderer.render(shot(spec, frames=20), tmp_path, lambda _: None)
        found = probe(take.path)
        assert found.picture is not None
        assert found.picture.frames == 20
        assert (found.sound is not None) == sounding
        if found.sound is not None:
            assert found.sound.seconds == Fraction(20, 15)
            assert np.abs(read_samples(take.path, rate_hz=48_000)).max() > 0


def test_a_camera_is_led_by_its_model_where_that_is_wished_for(registry: Registry, tmp_path: Path) -> None:
    app = open_house(tmp_path)
    moving = [replace(SEEN[0], visual="A giant panda eats bamboo in a forest, slow dolly in")]
    plain = renderer_of("ltx", small("ltx-2", 12), registry, app)
    (spec,) = plain.plan(moving, LOOK)
    led = renderer_of("ltx", small("ltx-2", 12, cameras=True), with_cameras(registry, tmp_path / "models"), app)
    assert led.version != plain.version
    drawn = []
    for name, renderer in (("plain", plain), ("led", led)):
        (tmp_path / name).mkdir()
        drawn.append(frames_of(renderer.render(shot(spec), tmp_path / name, lambda _: None).path))
    assert not np.array_equal(*drawn)
    with pytest.raises(WeightsMissing, match="aiprod models fetch ltx-2-camera-dolly-in"):
        renderer_of("ltx", small("ltx-2", 12, cameras=True), registry_of_all(registry, tmp_path / "none"), app).check()


def with_cameras(registry: Registry, folder: Path) -> Registry:
    """The registry with a camera model for each move that LTX-2 has one of."""
    import torch
    from safetensors.torch import load_file, save_file

    found = registry_of_all(registry, folder)
    transformer = load_file(registry.home(registry.manifest.model("ltx-2")) / "transformer" / "diffusion_pytorch_model.safetensors")
    outside, inside = transformer["transformer_blocks.0.attn1.to_q.weight"].shape
    for model in found.manifest.models:
        if model.name.startswith("ltx-2-camera-"):
            home = found.home(model)
            home.mkdir(parents=True)
            key = "transformer.transformer_blocks.0.attn1.to_q"
            draw = torch.Generator().manual_seed(1)
            save_file(
                {f"{key}.lora_A.weight": torch.randn((2, inside), generator=draw),
                 f"{key}.lora_B.weight": torch.randn((outside, 2), generator=draw)}, home / model.files[0].path,
            )  # fmt: skip
    return found


def registry_of_all(registry: Registry, folder: Path) -> Registry:
    """The tiny models, and the camera models by their names, in another folder."""
    cameras = [model for model in own_manifest().models if model.name.startswith("ltx-2-camera-")]
    folder.mkdir()
    home = registry.home(registry.manifest.model("ltx-2"))
    (folder / "ltx-2").mkdir()
    (folder / "ltx-2" / "1.0.0").symlink_to(home)
    return Registry(folder, Manifest(models=(registry.manifest.model("ltx-2"), *cameras)))
