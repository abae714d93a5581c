"""The presenter as a viewer sees it: a mouth that says the words, a face clear of subtitles, a window beside a subject."""

import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from aiprod.ports import FilmLook, Shot, ShotBrief
from aiprod.profiles import Shape
from aiprod.story import Phoneme, Word
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.graphics.areas import subtitles_top
from aiprod.visuals.motion.graphics.writing import presenter_alone, presenter_window
from aiprod.visuals.motion.presenting import SILENCE, Talk, mouth_sounds
from aiprod.visuals.motion.renderer import MotionRenderer
from aiprod.visuals.motion.spec import CameraMove, ChartSpec, SceneSpec, SubjectSpec, decode_spec
from aiprod.visuals.motion.staging import stage_scene

TALL, WIDE = Shape(width_px=180, height_px=320), Shape(width_px=320, height_px=180)
RATE = Fraction(15)
Picture = npt.NDArray[np.float32]
SAID = (("a", 0.2, 0.6), ("m", 0.6, 1.0), ("ɑ", 1.0, 1.4), ("b", 1.4, 1.8), ("o", 1.8, 2.2), ("p", 2.2, 2.5))
STILL = CameraMove(kind="static")


def talk() -> Talk:
    sounds = (
        Phoneme(symbol=symbol, start=Fraction(start).limit_denominator(10), end=Fraction(end).limit_denominator(10))
        for symbol, start, end in SAID
    )
    return Talk(phonemes=tuple(sounds))


@pytest.fixture(scope="module")
def gpu() -> Iterator[Gpu]:
    opened = Gpu()
    yield opened
    opened.close()


def frames(gpu: Gpu, spec: SceneSpec, said: Talk, *moments: float, shape: Shape = TALL) -> list[Picture]:
    world = stage_scene(gpu, spec, shape, 4.0, said)
    found = []
    for number, moment in enumerate(moments):
        raw = world.render(moment, number).framebuffer.read(components=3, alignment=1)
        rows = np.frombuffer(raw, np.uint8).reshape(shape.height_px, shape.width_px, 3)
        found.append(np.asarray(rows, dtype=np.float32))
    return found


def mouth(frame: Picture, silent: Picture) -> int:
    """How many pixels about the lips are other than in silence: teeth, tongue and the dark of an open mouth."""
    rows, columns = frame.shape[:2]
    part = np.s_[int(rows * 0.56) : int(rows * 0.68), int(columns * 0.44) : int(columns * 0.76)]
    return int((np.abs(frame[part] - silent[part]).max(-1) > 50).sum())


def test_the_mouth_is_open_in_open_vowels_and_closed_in_m_b_p_and_silence(tmp_path: Path) -> None:
    renderer = MotionRenderer()
    look = FilmLook(style="realistic", language="en", seed=5, presenter=True)
    (spec,) = renderer.plan([ShotBrief(scene=1, visual="", text="Mambo")], look)
    assert decode_spec(spec).presenter
    shot = Shot(
        scene=1, spec=spec, frames=45, rate=RATE, shape=TALL, seed=1, style="realistic", phonemes=talk().phonemes
    )
    take = renderer.render(shot, tmp_path, lambda _: None)
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(take.path), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    film = np.frombuffer(raw, np.uint8).reshape(45, TALL.height_px, TALL.width_px, 3).astype(np.float32)
    opened = [mouth(frame, film[0]) for frame in film]
    wanted = []
    for index in range(45):
        moment = index / float(RATE) - 0.03
        wanted.append(1.0 if any(start < moment < end for symbol, start, end in SAID if symbol in "aɑo") else 0.0)
    assert np.corrcoef(opened, wanted)[0, 1] > 0.75
    middle = {symbol: opened[round((start + end) / 2 * float(RATE))] for symbol, start, end in SAID}
    closed = max(middle["m"], middle["b"], middle["p"], opened[0], opened[44])
    assert min(middle["a"], middle["ɑ"], middle["o"]) > closed + 25


def test_a_voice_without_phonemes_still_moves_the_mouth_in_its_words() -> None:
    words = (Word(text="Papa", start=Fraction(1), end=Fraction(2)), Word(text="42", start=Fraction(2), end=Fraction(3)))
    sounds = mouth_sounds(Talk(words=words))
    assert [sound.symbol for sound in sounds] == ["p", "a", "p", "a"]
    assert (sounds[0].start, sounds[1].start, sounds[-1].end) == (1, Fraction(5, 4), 2)
    assert mouth_sounds(talk()) == talk().phonemes


@pytest.mark.parametrize("shape", [TALL, WIDE])
def test_a_presenter_alone_fills_the_foot_of_the_picture_and_keeps_its_face_clear_of_subtitles(
    gpu: Gpu, shape: Shape
) -> None:
    bare, shown = (
        frames(gpu, SceneSpec(archetype="stage", seed=3, camera=STILL, presenter=seen), SILENCE, 2.0, shape=shape)[0]
        for seen in (False, True)
    )
    changed = np.abs(shown - bare).max(-1) > 24
    rows = np.flatnonzero(changed.sum(1) > 3)
    assert rows[-1] >= shape.height_px - 2
    top, unit = rows[0] / shape.height_px, subtitles_top(shape) / shape.height_px
    assert 0.05 < top < 0.42
    chin = top + (unit - top) * 0.9
    assert changed[int(chin * shape.height_px)].any()


def test_beside_a_subject_or_a_chart_the_presenter_has_a_round_window_over_the_subtitles(gpu: Gpu) -> None:
    hero = SubjectSpec(icon="elephant", name="elephant", gait="walk")
    bars = ChartSpec(kind="bar", title="", labels=("a", "b"), values=(1.0, 2.0))
    for fields in ({"subjects": (hero,)}, {"chart": bars}):
        specs = [
            SceneSpec(archetype="desert", seed=3, camera=STILL, presenter=seen, **fields)  # type: ignore[arg-type]
            for seen in (False, True)
        ]
        bare, shown = (frames(gpu, spec, SILENCE, 0.2, shape=TALL)[0] for spec in specs)
        later = frames(gpu, specs[1], SILENCE, 3.0)[0]
        assert not presenter_alone(specs[1])
        area = presenter_window(specs[1], TALL)
        assert area.bottom <= subtitles_top(TALL)
        inside = np.s_[area.top : area.bottom, area.left : area.right]
        assert (np.abs(shown - bare)[inside].max(-1) > 30).mean() > 0.3
        assert later[inside].std() > 20


def test_the_same_film_has_the_same_presenter_in_every_scene(gpu: Gpu) -> None:
    looks = []
    for seed in (3, 99):
        hero = SubjectSpec(icon="elephant", name="elephant", gait="idle")
        spec = SceneSpec(
            archetype="desert", seed=seed, camera=STILL, presenter=True, subjects=(hero,), accent="#5ad1c8"
        )
        area = presenter_window(spec, TALL)
        frame = frames(gpu, spec, SILENCE, 2.0)[0]
        side = area.width // 4
        looks.append(frame[area.top + side : area.bottom - side, area.left + side : area.right - side])
    assert np.abs(looks[0] - looks[1]).mean() < 3
