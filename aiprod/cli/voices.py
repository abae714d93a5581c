"""`aiprod voices`: lend a voice to be imitated, see which were lent, and take one back."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from aiprod.bootstrap import App, open_app
from aiprod.cli.exit_codes import ExitCode
from aiprod.cli.screen import output
from aiprod.cloned_voices import ClonedVoice
from aiprod.consents import consent_sentence, day_of, default_purpose
from aiprod.encoding import to_fields
from aiprod.errors import AiprodError, InvalidInput
from aiprod.language import guess_language
from aiprod.settings import read_settings
from aiprod.speech.lending import Offer
from aiprod.speech.voices import CLONING


def voices(arguments: argparse.Namespace) -> int:
    """List, say the sentence, add or remove."""
    settings = read_settings()
    app = open_app(settings, log_file=settings.home_folder / "logs" / "command.log")
    actions: dict[str, Callable[[App, argparse.Namespace], int]] = {
        "list": _list, "sentence": _sentence, "add": _add, "remove": _remove,
    }  # fmt: skip
    if arguments.action not in actions:
        raise InvalidInput("aiprod voices", expected=f"one of {', '.join(actions)}", found=arguments.action)
    return actions[arguments.action](app, arguments)


def _list(app: App, arguments: argparse.Namespace) -> int:
    found = app.cloned_voices.all()
    if arguments.json:
        print(json.dumps([to_fields(voice.consent) for voice in found], ensure_ascii=False, indent=2))
        return ExitCode.DONE
    if not found:
        output().print("No voice was lent yet; `aiprod voices sentence` shows what its speaker has to say.", highlight=False)
        return _tell_engines(app)
    from rich.table import Table

    table = Table("voice", "whose", "since", "for", "language", "likeness", box=None, pad_edge=False)
    for voice in found:
        own = voice.consent
        table.add_row(own.voice, own.speaker, day_of(own.given_at), own.purpose, own.language, f"{own.likeness:.2f}")
    output().print(table)
    return _tell_engines(app)


def _tell_engines(app: App) -> int:
    """Which engines can speak in lent voices here, and what the others lack."""
    for name in CLONING:
        try:
            app.engines.voices.engine(name).check("en")
        except AiprodError as error:
            output().print(f"{name} cannot speak in lent voices yet. {error}", highlight=False, markup=False, soft_wrap=True)
        else:
            output().print(f"{name} speaks in lent voices.", highlight=False, markup=False)
    return ExitCode.DONE


def _sentence(_app: App, arguments: argparse.Namespace) -> int:
    """What the speaker has to say."""
    speaker, purpose, language = _terms(arguments)
    sentence = consent_sentence(speaker, purpose, language)
    if arguments.json:
        told = {"speaker": speaker, "purpose": purpose, "language": language, "sentence": sentence}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        output().print(sentence, highlight=False, markup=False, soft_wrap=True)
    return ExitCode.DONE


def _add(app: App, arguments: argparse.Namespace) -> int:
    if not (arguments.name and arguments.sample and arguments.consent):
        raise InvalidInput("aiprod voices add", expected="NAME --speaker NAME --sample FILE --consent FILE", found="less")
    speaker, purpose, language = _terms(arguments)
    offer = Offer(
        voice=arguments.name, speaker=speaker, purpose=purpose, language=language, sample=Path(arguments.sample),
        consent=Path(arguments.consent), said=arguments.said,
    )  # fmt: skip
    voice = app.voice_lending.take(offer)
    return _tell(voice, f"Kept: films may be spoken in the voice of {speaker} with --voice {voice.consent.voice}.", arguments)


def _remove(app: App, arguments: argparse.Namespace) -> int:
    if not arguments.name:
        raise InvalidInput("aiprod voices remove", expected="the NAME of a voice", found="none")
    voice = app.cloned_voices.withdraw(arguments.name)
    return _tell(voice, f"Removed: no film will use {voice.consent.voice} any more, and its recordings are gone.", arguments)


def _tell(voice: ClonedVoice, sentence: str, arguments: argparse.Namespace) -> int:
    if arguments.json:
        print(json.dumps(to_fields(voice.consent), ensure_ascii=False, indent=2))
    else:
        output().print(sentence, highlight=False, markup=False)
    return ExitCode.DONE


def _terms(arguments: argparse.Namespace) -> tuple[str, str, str]:
    """Speaker, purpose and language. Raises: InvalidInput."""
    if not arguments.speaker:
        raise InvalidInput("--speaker", expected="the name of whoever lends their voice", found="none")
    language = arguments.language or (guess_language(arguments.purpose) if arguments.purpose else "en")
    return arguments.speaker, arguments.purpose or default_purpose(language), language
