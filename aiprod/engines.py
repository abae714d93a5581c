"""The engines of this machine, each made when first asked for; chosen by `aiprod/bootstrap.py` alone.

Knows which engine serves which port and in which order they are tried; no engine's library is loaded before it works.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Protocol

from aiprod.cloned_voices import ClonedVoices
from aiprod.consents import VoiceConsent
from aiprod.errors import NotFound
from aiprod.expenses import Expenses
from aiprod.models.gemini import GeminiAccess
from aiprod.models.opening import open_registry
from aiprod.models.registry import Registry
from aiprod.picture_ports import PromptMatcher, SafetyFilter
from aiprod.ports import Aligner, ErrorRate, Objects, Renderer, Transcriber, Voice, VoiceChoice, VoiceChooser, Writer
from aiprod.settings import Settings


class Voices:
    """Implements ports.VoiceChooser over every speech engine; `named` are those that speak where they are asked for by name,
    `lent` the voices that people lent, `default` is the voice where none is asked for, `device` what Kokoro runs on."""

    def __init__(
        self, registry: Registry, named: Sequence[Voice] = (), default: str = "", device: str = "",
        lent: ClonedVoices | None = None,
    ) -> None:  # fmt: skip
        self._registry = registry
        self._named = tuple(named)
        self._default = default
        self._device = device
        self._lent = lent

    @cached_property
    def _engines(self) -> Sequence[Voice]:
        from aiprod.speech.voices import all_voices

        return (*all_voices(self._registry, self._device), *self._named)

    def choose(self, language: str, wanted: str) -> VoiceChoice:
        from aiprod.speech.voices import choose_voice

        chosen = choose_voice(self._engines, language, wanted or self._default)
        return VoiceChoice(voice=chosen.engine, name=chosen.voice, notes=chosen.notes)

    def engine(self, name: str) -> Voice:
        for voice in self._engines:
            if voice.name == name:
                return voice
        raise NotFound(f"Expected a voice engine among {', '.join(one.name for one in self._engines)}, found {name!r}.")

    def consent(self, engine: str, voice: str) -> VoiceConsent | None:
        from aiprod.speech.voices import CLONING

        return self._lent.get(voice).consent if self._lent is not None and engine in CLONING else None


class EngineSet(Protocol):
    """What the stages are given."""

    @property
    def writers(self) -> Mapping[str, Writer]: ...
    @property
    def voices(self) -> VoiceChooser: ...
    @property
    def aligner(self) -> Aligner: ...
    @property
    def transcriber(self) -> Transcriber: ...
    @property
    def error_rate(self) -> ErrorRate: ...
    @property
    def renderers(self) -> Mapping[str, Renderer]: ...
    @property
    def prompt_matcher(self) -> PromptMatcher: ...
    @property
    def safety_filter(self) -> SafetyFilter: ...


class Engines:
    """Writers, voices, transcribers and renderers, by the settings."""

    def __init__(self, settings: Settings, objects: Objects, expenses: Expenses) -> None:
        self._settings = settings
        self._objects = objects
        self._expenses = expenses

    @cached_property
    def registry(self) -> Registry:
        """The weights."""
        return open_registry(self._settings, self._expenses.documents)

    @cached_property
    def voices(self) -> VoiceChooser:
        """Kokoro, then Piper, then espeak-ng; Gemini, Chirp and lent voices where they are asked for by name."""
        from aiprod.speech.chirp import ChirpVoice
        from aiprod.speech.cloning import Asked
        from aiprod.speech.gemini_speech import GeminiVoice
        from aiprod.speech.voices import lent_voices

        settings = self._settings
        seconds = settings.voice_timeout_seconds
        gemini = GeminiVoice(
            access=self.gemini, expenses=self._expenses, model=settings.gemini_voice_model, timeout_seconds=seconds
        )
        chirp = ChirpVoice(
            project=settings.google_project, expenses=self._expenses, url=settings.chirp_url, timeout_seconds=seconds
        )
        lent = ClonedVoices(documents=self._expenses.documents, objects=self._objects, clock=self._expenses.clock)
        asked = Asked(device=settings.voice_device, model=settings.cloning_model, elsewhere=settings.narration_job)
        imitators = lent_voices(self.registry, lent, asked)
        return Voices(self.registry, (gemini, chirp, *imitators), settings.voice, settings.voice_device, lent)

    @cached_property
    def gemini(self) -> GeminiAccess:
        """Who pays for Gemini."""
        settings = self._settings
        return GeminiAccess(
            key=settings.gemini_key.get_secret_value(), project=settings.google_project,
            location=settings.gemini_location, url=settings.gemini_url,
        )  # fmt: skip

    @cached_property
    def transcriber(self) -> Transcriber:
        """Whisper, by the library of the settings."""
        from aiprod.speech.transcripts import choose_whisper

        return choose_whisper(self._settings.transcriber, self.registry)

    @property
    def error_rate(self) -> ErrorRate:
        """How much of what was said was heard otherwise."""
        from aiprod.speech.wer import word_error_rate

        return word_error_rate

    @cached_property
    def aligner(self) -> Aligner:
        """The same Whisper, with the words known."""
        from aiprod.speech.alignment import WhisperAligner
        from aiprod.speech.transcripts import choose_whisper

        return WhisperAligner(choose_whisper(self._settings.transcriber, self.registry))

    @cached_property
    def writers(self) -> Mapping[str, Writer]:
        """Writers by name; "recording" writes from the user's own narration."""
        from aiprod.writers.gemini import GeminiWriter
        from aiprod.writers.openai_compatible import OpenAICompatibleWriter
        from aiprod.writers.outline import OutlineWriter
        from aiprod.writers.recording import RecordingWriter

        settings = self._settings
        server = OpenAICompatibleWriter(
            url=settings.writer_url, model=settings.writer_model, key=settings.writer_key.get_secret_value(),
            timeout_seconds=settings.writer_timeout_seconds,
        )  # fmt: skip
        gemini = GeminiWriter(
            access=self.gemini, expenses=self._expenses, model=settings.gemini_model,
            timeout_seconds=settings.writer_timeout_seconds,
        )  # fmt: skip
        recording = RecordingWriter(transcriber=self.transcriber, objects=self._objects)
        outline = OutlineWriter(self.registry)
        return {"outline": outline, server.name: server, gemini.name: gemini, "recording": recording}

    @cached_property
    def renderers(self) -> Mapping[str, Renderer]:
        """Renderers by name; those that ask others over the network serve where they are asked for by name."""
        from aiprod.visuals.hosted.renderer import Accounts, omni_renderer, veo_renderer
        from aiprod.visuals.motion.renderer import MotionRenderer
        from aiprod.visuals.slideshow import SlideshowRenderer
        from aiprod.visuals.stills import StillsRenderer
        from aiprod.visuals.stock.pexels import Pexels
        from aiprod.visuals.stock.pixabay import Pixabay
        from aiprod.visuals.stock.renderer import stock_renderer

        settings = self._settings
        accounts = Accounts(
            access=self.gemini, bucket=settings.bucket if settings.cloud == "google" else "", objects=self._objects,
            expenses=self._expenses,
        )  # fmt: skip
        libraries = (Pexels(settings.pexels_key.get_secret_value()), Pixabay(settings.pixabay_key.get_secret_value()))
        all_of_them: tuple[Renderer, ...] = (
            MotionRenderer(), SlideshowRenderer(), StillsRenderer(),
            stock_renderer(libraries, self._expenses.documents, self._expenses.clock),
            veo_renderer(accounts, settings.veo_model), omni_renderer(accounts, settings.omni_model),
            *self._diffusion(),
        )  # fmt: skip
        return {renderer.name: self._enlarging(self._speaking(renderer)) for renderer in all_of_them}

    @cached_property
    def prompt_matcher(self) -> PromptMatcher:
        """CLIP."""
        from aiprod.models.sight.prompt_match import ClipMatcher

        return ClipMatcher(self.registry)

    @cached_property
    def safety_filter(self) -> SafetyFilter:
        """open_nsfw."""
        from aiprod.models.sight.safety import OpenNsfwFilter

        return OpenNsfwFilter(self.registry)

    def _diffusion(self) -> tuple[Renderer, ...]:
        """Wan and LTX, drawn on a GPU of this machine, or by jobs of the cloud."""
        from aiprod.visuals.diffusion.renderer import DiffusionRenderer, Wishes

        settings = self._settings
        wishes = Wishes(
            device=settings.diffusion_device, side_px=settings.diffusion_side_px, steps=settings.diffusion_steps,
            seconds=settings.diffusion_seconds, precision=settings.diffusion_precision, quick=settings.diffusion_quick,
            cache=settings.diffusion_cache, batch=settings.diffusion_batch, attention=settings.diffusion_attention,
            sound=settings.ltx_sound, cameras=settings.ltx_cameras, elsewhere=settings.cloud == "google",
        )  # fmt: skip
        own = {"wan": (settings.wan_model, settings.wan_loras), "ltx": (settings.ltx_model, settings.ltx_loras)}
        return tuple(
            DiffusionRenderer(
                name, replace(wishes, model=model, loras=loras), self.registry, self._objects, self._expenses.clock
            )
            for name, (model, loras) in own.items()
        )

    def _speaking(self, renderer: Renderer) -> Renderer:
        """The renderer, or where the settings wish so, one around it that makes a presenter's lips follow the narration."""
        settings = self._settings
        if not settings.lipsync or renderer.name not in settings.lipsync_renderers:
            return renderer
        from aiprod.visuals.lipsync.renderer import LipsyncRenderer

        return LipsyncRenderer(renderer, settings.lipsync, self.registry)

    def _enlarging(self, renderer: Renderer) -> Renderer:
        """The renderer, or where the settings wish so, one around it that enlarges what it draws and fills it up to the film's
        rate."""
        from aiprod.visuals.around import Paced
        from aiprod.visuals.enlarging.renderer import EnlargingRenderer, Wish

        settings = self._settings
        enlarged = bool(settings.upscale) and renderer.name in settings.upscale_renderers
        if not enlarged and not (settings.interpolation and isinstance(renderer, Paced)):
            return renderer
        wish = Wish(interpolation=settings.interpolation)
        if enlarged:
            wish = replace(
                wish, model=settings.upscale, drawn_px=settings.upscale_drawn_px, large_px=settings.upscale_to_px,
                drawn_rate=settings.upscale_drawn_rate,
            )  # fmt: skip
        return EnlargingRenderer(renderer, wish, self.registry)
