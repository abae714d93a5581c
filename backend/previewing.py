"""`python -m backend.previewing frame STYLE ASPECT THEME OUT.jpg`, or `... sample VOICE LANGUAGE OUT.m4a`: one preview, made
by the engines that make films. Runs as a child of the web, which must neither wait for an engine nor fall with it.
"""

import sys
from fractions import Fraction
from pathlib import Path
from typing import Final

from aiprod.bootstrap import App, open_app
from aiprod.errors import AiprodError, EngineMissing
from aiprod.language import guess_language
from aiprod.media import graph
from aiprod.media.process import run_ffmpeg
from aiprod.media.sounds import write_flac
from aiprod.media.stills import Still, write_still
from aiprod.ports import FilmLook, Renderer, Shot, ShotBrief
from aiprod.profiles import find_profile
from aiprod.prompts import visual_prompt
from aiprod.stages.script import FALLBACKS

SENTENCES: Final = {
    "en": "The tide goes out, and the moon calls it back.",
    "fr": "La mer se retire, et la lune la rappelle.",
    "es": "La marea se retira, y la luna la vuelve a llamar.",
    "it": "La marea si ritira, e la luna la richiama.",
    "pt": "A maré recua, e a lua volta a chamá-la.",
    "de": "Das Meer zieht sich zurück, und der Mond ruft es wieder.",
}
"""What a voice says of itself, in each language that can be spoken."""
SEED: Final = 7
RATE: Final = Fraction(1, 2)
"""Two frames, two seconds apart: enough for a scene to have come in, and quick to draw."""
FRAMES: Final = 2
SHOWN: Final = 1
BITRATE: Final = "64k"


def main(arguments: list[str]) -> int:
    """0 when the preview is there; 3 when an engine cannot work here."""
    kind, *rest = arguments
    try:
        app = open_app()
        if kind == "frame":
            _draw(app, style=rest[0], aspect=rest[1], theme=rest[2], into=Path(rest[3]))
        else:
            _speak(app, voice=rest[0], language=rest[1], into=Path(rest[2]))
    except AiprodError as error:
        sys.stderr.write(f"{error}\n")
        return 3
    return 0


def _draw(app: App, *, style: str, aspect: str, theme: str, into: Path) -> None:
    """A frame of a film of that theme. Raises: EngineMissing, MediaBroken."""
    language = guess_language(theme)
    brief = ShotBrief(scene=1, visual=visual_prompt(theme, language, theme, 0), text=theme)
    renderer = _renderer(app)
    (spec,) = renderer.plan([brief], FilmLook(style=style, language=language, seed=SEED))
    shape = find_profile("draft").shape(aspect)
    shot = Shot(scene=1, spec=spec, frames=FRAMES, rate=RATE, shape=shape, seed=SEED, style=style)
    with app.scratch.open("preview") as folder:
        take = renderer.render(shot, folder, lambda _: None)
        write_still(Still(source=take.path, frame=SHOWN, rate=RATE, shape=shape), into)


def _renderer(app: App) -> Renderer:
    """The first renderer that costs nothing and works here. Raises: EngineMissing."""
    reasons: list[str] = []
    for name in FALLBACKS:
        try:
            app.engines.renderers[name].check()
        except EngineMissing as error:
            reasons.append(str(error))
        else:
            return app.engines.renderers[name]
    raise EngineMissing(" ".join(reasons))


def _speak(app: App, *, voice: str, language: str, into: Path) -> None:
    """A sentence in that voice. Raises: NotFound, EngineMissing, MediaBroken."""
    choice = app.engines.voices.choose(language, voice)
    speech = choice.voice.speak(SENTENCES[language], voice=choice.name, language=language, speed=1.0)
    sound = write_flac(speech.samples, speech.rate_hz, into.with_suffix(".flac"))
    options: dict[str, graph.Option] = {"acodec": "aac", "b:a": BITRATE, "ac": 1, "fflags": "+bitexact", "flags:a": "+bitexact"}
    run_ffmpeg(graph.write_arguments([graph.read(sound).audio], into, **options), about="Writing a sample", timeout_seconds=30)
    sound.unlink()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
