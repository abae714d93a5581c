"""The words of the command line: commands, options, and their help.

Knows no engine and checks no value: a value that cannot be used is told with the same sentence as in a script or over
HTTP, by the code that reads it (`requests.py`).
"""

import argparse
from collections.abc import Callable, Sequence
from typing import NoReturn, TypeAlias

from aiprod.brief import ASPECTS, MUSIC_MOODS, STYLES, SUBTITLE_STYLES
from aiprod.cli.exit_codes import MEANINGS
from aiprod.errors import InvalidInput
from aiprod.story import LANGUAGES

Command: TypeAlias = Callable[[argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """Like argparse's, but a mistake is an InvalidInput and not the end of the process."""

    def error(self, message: str) -> NoReturn:
        raise InvalidInput(self.prog, expected=f"words as `{self.prog} --help` shows", found=message)


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The command asked for, in `command`, and its options. Raises: InvalidInput; SystemExit after help."""
    return build_parser().parse_args(words)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    from aiprod import __version__

    codes = "\n".join(f"  {int(code):<3} {sentence}" for code, sentence in MEANINGS.items())
    parser = Parser(
        prog="aiprod",
        description="Turns a theme into a finished, narrated, subtitled, mixed and graded short video.",
        epilog=f"exit codes:\n{codes}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"aiprod {__version__}")
    parser.add_argument("--debug", action="store_true", help="show where an error arose")
    shared = Parser(add_help=False)
    shared.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help="show where an error arose")
    shared.add_argument("--json", action="store_true", help="answer in JSON on standard output")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=Parser)

    def command(name: str, sentence: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=sentence, description=sentence, parents=[shared])

    _add_make(command("make", "Make a film from a theme, a script or a narration."))
    _add_batch(command("batch", "Make a film of every line of a file; doing it again makes nothing twice."))
    _add_list(command("list", "List the videos, newest first."))
    show = command("show", "Show one video: where it is, its scenes, its files.")
    show.add_argument("id", metavar="ID")
    resume = command("resume", "Go on with a video that was interrupted, and wait for its film.")
    resume.add_argument("id", metavar="ID")
    _add_delivery(resume)
    cancel = command("cancel", "Stop a video for good.")
    cancel.add_argument("id", metavar="ID")
    retry = command("retry", "Make some scenes of a finished or failed video anew, and wait for the film.")
    retry.add_argument("id", metavar="ID")
    retry.add_argument("--scenes", metavar="3,5", default="", help="numbers of the scenes (default: all)")
    _add_delivery(retry)
    worker = command("worker", "Work on what is waiting; several workers may run at once.")
    worker.add_argument("--stay", action="store_true", help="wait for more when nothing is left")
    doctor = command("doctor", "Say what is here, what is missing and how to get it.")
    doctor.add_argument("groups", metavar="GROUP", nargs="*", help="only these, such as memory, disk or weights (default: all)")
    _add_models(command("models", "List, fetch or verify the models' weights; choose their versions."))
    _add_voices(command("voices", "Lend a voice to be imitated, with its speaker's recorded consent; list them, take one back."))
    _add_gpu(command("gpu", "Measure how many seconds a clip takes on this machine's GPU, beside plain diffusers."))
    return parser


def _add_make(make: argparse.ArgumentParser) -> None:
    make.add_argument("theme", metavar="THEME", nargs="?", default="", help="what the film is about, in one line")
    make.add_argument("--script", metavar="FILE", default="", help="your own script: Markdown or script.json")
    make.add_argument("--audio", metavar="FILE", default="", help="your own narration: a sound file")
    story = make.add_argument_group("the story")
    story.add_argument("--language", metavar="|".join(LANGUAGES), default="", help="default: guessed from the input")
    story.add_argument("--scenes", metavar="N", default="", help="number of scenes")
    story.add_argument("--seconds", metavar="N", default="", help="wanted duration")
    story.add_argument("--writer", metavar="NAME", default="", help="outline (offline), openai-compatible or gemini (paid)")
    look = make.add_argument_group("the picture")
    look.add_argument("--style", metavar="STYLE", default="", help=", ".join(STYLES))
    look.add_argument("--profile", metavar="NAME", default="", help="social (default), web, broadcast or draft")
    look.add_argument("--aspect", metavar="|".join(ASPECTS), default="", help="default: the profile's own")
    look.add_argument("--renderer", metavar="NAME", default="", help="what draws the scenes; see `aiprod doctor`")
    look.add_argument("--presenter", action="store_true", help="a character tells the story")
    look.add_argument("--media", metavar="DIR", default="", help="your own pictures and clips, named by scene: 03.jpg")
    look.add_argument("--subtitles", metavar="STYLE", default="", help=", ".join(SUBTITLE_STYLES))
    sound = make.add_argument_group("the sound")
    voices = "default: the language's best here; gemini:NAME, chirp:NAME: paid; a lent one by its name"
    sound.add_argument("--voice", metavar="NAME", default="", help=voices)
    sound.add_argument("--music", metavar="MOOD|FILE|none", default="", help=", ".join(MUSIC_MOODS))
    work = make.add_argument_group("the work")
    work.add_argument("--seed", metavar="N", default="", help="another number gives another film (default: 0)")
    work.add_argument("--budget", metavar="USD", default="", help="the most that paid pictures may cost (default: 0)")
    work.add_argument("--webhook", metavar="URL", default="", help="address to tell each change of status")
    work.add_argument("--queue", action="store_true", help="only queue the video; `aiprod worker` makes it")
    _add_delivery(work)


def _add_delivery(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--out", metavar="DIR", default="films", help="folder for the finished films (default: films)")


def _add_batch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.jsonl", help="a JSON object a line, with the fields of `aiprod make`")
    parser.add_argument("--owner", metavar="NAME", default="", help="whose videos they are")
    parser.add_argument("--quota", metavar="N", default="", help="the most videos a day for that owner")
    parser.add_argument("--cloud", metavar="local|google", default="", help="where to ask (default: AIPROD_CLOUD)")
    parser.add_argument("--queue", action="store_true", help="only queue the videos; `aiprod worker` makes them")
    _add_delivery(parser)


def _add_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", metavar="N", default="20", help="how many (default: 20; 0: all)")


def _add_models(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", metavar="list|fetch|verify|measure|promote|rollback")
    parser.add_argument(
        "names", metavar="NAME", nargs="*",
        help="models, NAME or NAME@VERSION (list and verify: default all); promote: NAME VERSION; "
        "measure: NAME VERSION MEASURE=NUMBER[:higher|:lower]",
    )  # fmt: skip
    parser.add_argument("--default", action="store_true", help="fetch what a film needs")
    parser.add_argument("--all", action="store_true", help="fetch every model that needs no GPU and no model hub")
    parser.add_argument("--canary", metavar="PERCENT", default="", help="promote to staging, and make that share of the videos with it")
    parser.add_argument("--tolerance", metavar="PART", default="", help="how much worse a figure may be in production (default: 0.02)")


def _add_voices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", metavar="list|sentence|add|remove")
    parser.add_argument("name", metavar="NAME", nargs="?", default="", help="what the voice is called, as in --voice NAME")
    parser.add_argument("--speaker", metavar="NAME", default="", help="who lends their voice, by their full name")
    parser.add_argument("--purpose", metavar="TEXT", default="", help="what for (default: the narration of films)")
    parser.add_argument("--language", metavar="|".join(LANGUAGES), default="", help="of both recordings (default: the purpose's, else en)")
    parser.add_argument("--sample", metavar="FILE", default="", help="5 to 60 s of the voice, .wav or .mp3")
    parser.add_argument("--consent", metavar="FILE", default="", help="the speaker saying what `aiprod voices sentence` shows")
    parser.add_argument("--said", metavar="TEXT", default="", help="what the sample says (default: as it is heard)")


def _add_gpu(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", metavar="bench")
    parser.add_argument(
        "--model", dest="models", metavar="NAME", action="append", default=[],
        help="a model's full size with random weights, or the folder of one that is here (default: Wan 5B, A14B, LTX-2)",
    )  # fmt: skip
    parser.add_argument("--size", dest="sizes", metavar="480p|720p|1080p", action="append", default=[], help="default: all")
    parser.add_argument("--side", type=int, metavar="PIXELS", default=0, help="smaller side of the pictures, instead of a size")
    parser.add_argument("--seconds", type=float, metavar="N", default=5.0, help="how long the clip is (default: 5)")
    parser.add_argument("--steps", type=int, metavar="N", default=3, help="denoising steps that are timed (default: 3)")
