"""Settings: read once from the environment (`AIPROD_...`), typed, frozen; every fault told together."""

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from aiprod.errors import InvalidSetting


class Settings(BaseSettings):
    """All that a machine or a deployment decides. A field's name, in capitals after `AIPROD_`, is its variable."""

    model_config = SettingsConfigDict(env_prefix="AIPROD_", frozen=True, extra="forbid", env_ignore_empty=True)

    cloud: Literal["local", "google"] = Field(
        default="local", description="Where films are made: local (one SQLite file and a folder) or google."
    )
    google_project: str = Field(default="", description="Google Cloud: the project's id.")
    google_region: str = Field(default="europe-west4", description="Google Cloud: the region of services and jobs.")
    bucket: str = Field(default="", description="Google Cloud: the bucket of all artefacts.")
    firestore_database: str = Field(default="(default)", description="Google Cloud: the Firestore database.")
    render_job_prefix: str = Field(
        default="", description="Google Cloud: what precedes the names of the jobs render-cpu, render-gpu and render-api."
    )
    run_endpoint: str = Field(
        default="", description="Google Cloud: another address of the Cloud Run API, such as that of a stand-in for it."
    )
    home: Path = Field(
        default=Path("~/.local/share/aiprod"),
        description="Folder of the embedded cloud: the store, the objects, the logs.",
    )
    models_dir: Path = Field(default=Path("~/.cache/aiprod/models"), description="Folder of fetched model weights.")
    models_mirror: str = Field(
        default="", description="Your own copy of the models, asked first: gs://BUCKET/FOLDER or https://..., with NAME/VERSION/FILE."
    )
    hub_url: str = Field(default="https://huggingface.co", description="Hub that models are fetched from, or a mirror of it.")
    hub_token: SecretStr = Field(
        default=SecretStr(""), description="Token of the hub, for models whose terms must be accepted there first."
    )
    licence_policy: Literal["any", "commercial"] = Field(
        default="any", description="What films are made for: any (each user answers for it) or commercial (films for sale)."
    )
    licences_accepted: tuple[str, ...] = Field(
        default=(), description="Models whose conditions for commercial use somebody has read and found met, as a JSON list."
    )
    territory: str = Field(
        default="", pattern="^([A-Z]{2})?$", description="Country (ISO 3166, such as FR) that films are made and shown in."
    )
    safety: Literal["off", "flag", "block"] = Field(
        default="flag",
        description="Clips of other people's models and libraries that may not be for everybody: shown (off), drawn again where"
        " that can be (flag), never shown (block, which looks at users' own pictures too: for services open to others).",
    )
    upscale: str = Field(
        default="", description="What enlarges drawn scenes: a model (realesrgan-x4plus, realesr-animevideov3), lanczos, or nothing."
    )
    upscale_renderers: tuple[str, ...] = Field(
        default=("wan", "ltx"), description="Renderers whose scenes are drawn small and then enlarged, as a JSON list."
    )
    upscale_drawn_px: int = Field(default=480, ge=64, description="The most that the smaller side of a scene is drawn with before that.")
    upscale_to_px: int = Field(default=1080, ge=64, description="The smaller side of a scene after it.")
    interpolation: str = Field(
        default="rife-hd-v3",
        description="What draws the pictures between those of a renderer that is slower than the film: a model (rife-hd-v3), motion "
        "(ffmpeg's search) or nothing (pictures are shown twice).",
    )
    upscale_drawn_rate: int = Field(
        default=0, ge=0, description="The most frames a second that are drawn; the others are interpolated (0: all are drawn)."
    )
    lipsync: str = Field(
        default="", description="What makes the lips of a film's presenter follow the narration: a model (musetalk), or nothing."
    )
    lipsync_renderers: tuple[str, ...] = Field(
        default=("wan", "ltx", "stills"), description="Renderers in whose scenes a presenter's lips are made, as a JSON list."
    )
    workers: int = Field(default=2, ge=1, le=64, description="Worker processes that `aiprod make` starts.")
    render_tasks: int = Field(
        default=2, ge=1, le=1000, description="Tasks of a render job that may run at once, a queue."
    )
    render_clips_per_task: int = Field(
        default=1, ge=1, description="Waiting clips for which one task is started; it renders them one after the other, or together."
    )
    render_hours_per_day: float = Field(
        default=0.0, ge=0, description="Task hours of a queue after which no task is started until midnight UTC (0: any)."
    )
    videos_at_work: int = Field(
        default=0, ge=0, description="Videos of one owner that may be at work at once; more are refused (0: any number)."
    )
    videos_a_day: int = Field(
        default=0, ge=0,
        description="Videos that one owner may have made or at work in a day, through whichever door; one more fails (0: any number).",
    )
    lease_seconds: float = Field(
        default=30.0, gt=0, description="How long a piece of work counts as held without a sign of life."
    )
    retry_seconds: tuple[float, float, float] = Field(
        default=(60.0, 180.0, 600.0), description="Waits before a clip is tried again (with jitter), as a JSON list."
    )
    backoff_scale: float = Field(
        default=1.0, gt=0, description="Factor on every redelivery back-off of the embedded cloud."
    )
    sweep_seconds: float = Field(default=20.0, gt=0, description="How often the monitor looks for what was lost.")
    redeliver_seconds: float = Field(
        default=600.0, gt=0, description="How long a stage may be silent before its event is delivered again."
    )
    stage_deadline_seconds: float = Field(
        default=7200.0, gt=0,
        description="How long a video may stay in one status before it fails; twelve times as long in line for its script or pictures. "
        "Time in which no sweep came (the machine slept, no worker ran) does not count.",
    )
    job_idle_seconds: float = Field(
        default=3.0, ge=0, description="How long a render job waits for more work before it ends."
    )
    job_seconds: float = Field(
        default=0.0, ge=0,
        description="How long a task of a render job takes on new clips, where a cloud ends tasks by the clock; then it ends by itself,"
        " and another goes on (0: as long as clips wait).",
    )
    writer: str = Field(
        default="outline", description="Script writer when none is asked for: outline, openai-compatible or gemini."
    )
    writer_url: str = Field(
        default="", description="Base address of an OpenAI-compatible server, such as http://127.0.0.1:11434/v1."
    )
    writer_model: str = Field(default="", description="Model that the OpenAI-compatible server is to use.")
    writer_key: SecretStr = Field(
        default=SecretStr(""), description="Key of the OpenAI-compatible server, if it wants one."
    )
    writer_timeout_seconds: float = Field(
        default=180.0, gt=0, description="How long the script writer may take to answer."
    )
    gemini_key: SecretStr = Field(
        default=SecretStr(""),
        description="Key of the Gemini API; without one, Gemini is paid by AIPROD_GOOGLE_PROJECT, if that is set.",
    )
    gemini_location: str = Field(
        default="global", description="Where Google Cloud runs Gemini for the project: global, us, eu or a region."
    )
    gemini_url: str = Field(default="", description="Address that stands in for Google's own for Gemini, as of a proxy.")
    gemini_model: str = Field(
        default="", description="Gemini model that writes scripts, of aiprod/models/hosted.toml; none: its first."
    )
    gemini_voice_model: str = Field(
        default="", description="Gemini model that speaks, of aiprod/models/hosted.toml; none: its first."
    )
    chirp_url: str = Field(
        default="", description="Regional address of Cloud Text-to-Speech; none: https://texttospeech.googleapis.com."
    )
    voice: str = Field(
        default="",
        description="Voice when none is asked for: an engine (gemini:, chirp:) or its voice (gemini:Kore); none: the best here.",
    )
    voice_device: Literal["", "cpu", "cuda"] = Field(
        default="",
        description="Where voices speak with torch: cuda or cpu; none: on the processors, Kokoro without torch.",
    )
    cloning_model: Literal["", "qwen3-tts-0.6b", "qwen3-tts-1.7b", "chatterbox-multilingual", "chatterbox"] = Field(
        default="", description="Model that speaks in lent voices before others, of docs/voices.md; none: qwen3-tts-0.6b."
    )
    narration_job: bool = Field(
        default=False, description="Whether scripts are spoken by the job narration, such as one with a GPU, rather than here."
    )
    voice_timeout_seconds: float = Field(
        default=120.0, gt=0, description="How long a hosted voice may take to speak a line."
    )
    veo_model: str = Field(default="", description="Veo model, of aiprod/models/hosted.toml; none: its first.")
    omni_model: str = Field(
        default="", description="Gemini Omni model, of aiprod/models/hosted.toml; none: its first."
    )
    wan_model: str = Field(
        default="", description="Model of the renderer wan: wan2.2-ti2v-5b, wan2.2-t2v-a14b or wan2.2-i2v-a14b; none: the first."
    )
    ltx_model: str = Field(default="", description="Model of the renderer ltx: ltx-video-2b or ltx-2; none: the first.")
    diffusion_device: Literal["cuda", "cpu"] = Field(
        default="cuda", description="Where diffusion models run: cuda (an NVIDIA GPU) or cpu (hours a clip)."
    )
    diffusion_side_px: int = Field(
        default=0, ge=0, description="Smaller side at which diffusion models draw at most; clips are scaled up (0: the model's own)."
    )
    diffusion_steps: int = Field(default=0, ge=0, description="Denoising steps a clip (0: the model's own number).")
    diffusion_seconds: float = Field(
        default=3000.0, gt=0, description="How long a try at a clip may take; the next one goes on from the steps that are done."
    )
    diffusion_precision: Literal["", "bfloat16", "float8", "int8"] = Field(
        default="", description="How a diffusion model's weights are kept; none: by the memory at hand."
    )
    diffusion_quick: bool = Field(
        default=True, description="Whether diffusion models are compiled for the GPU (minutes once, then kept) where there is one."
    )
    diffusion_cache: float = Field(
        default=0.0, ge=0, le=1, description="How alike two steps must be for the second to be guessed: 0 never, 0.05 saves about a third."
    )
    diffusion_batch: int = Field(
        default=0, ge=0, le=16,
        description="Clips of one shape and length that a GPU draws together at most (0: as many as have room, up to 4).",
    )
    diffusion_attention: str = Field(
        default="", description="Attention kernel of diffusers, such as _native_cudnn or sage; none: PyTorch's own choice."
    )
    wan_loras: tuple[str, ...] = Field(
        default=(), description="LoRA files for the renderer wan with their weights, as a JSON list such as [\"film.safetensors=0.8\"]."
    )
    ltx_loras: tuple[str, ...] = Field(
        default=(), description="LoRA files for the renderer ltx with their weights, as a JSON list."
    )
    ltx_cameras: bool = Field(
        default=False, description="Whether camera moves of ltx-2 are led by the models ltx-2-camera-..., beside the prompt's words."
    )
    ltx_sound: bool = Field(
        default=True, description="Whether clips of ltx-2 bring their own sound, which takes the place of the composed ambience."
    )
    pexels_key: SecretStr = Field(
        default=SecretStr(""), description="Key of Pexels (free), for the renderer stock: www.pexels.com/api."
    )
    pixabay_key: SecretStr = Field(
        default=SecretStr(""), description="Key of Pixabay (free), for the renderer stock: pixabay.com/api/docs."
    )
    transcriber: str = Field(default="faster-whisper", description="Whisper engine: faster-whisper or openai-whisper.")
    webhook_secret: SecretStr = Field(
        default=SecretStr(""), description="Key that signs webhooks (HMAC-SHA256); needed for --webhook."
    )
    webhook_retry_seconds: tuple[float, ...] = Field(
        default=(30.0, 300.0), description="Waits before a webhook is called again that did not answer, as a JSON list."
    )
    webhook_private: bool = Field(
        default=False, description="Whether webhooks may go to private and loopback addresses."
    )
    traces_url: str = Field(
        default="",
        description="Where traces are sent, by OpenTelemetry's protocol over HTTP, such as "
        "http://127.0.0.1:4318/v1/traces; none: nowhere.",
    )
    traces_share: float = Field(default=1.0, ge=0, le=1, description="Share of requests that are traced.")
    metrics_url: str = Field(
        default="",
        description="Where render jobs tell their GPUs and clips, by OpenTelemetry's protocol over HTTP, such as "
        "http://127.0.0.1:4318/v1/metrics; none: nowhere.",
    )
    gpu_usd_per_hour: float = Field(
        default=0.0, ge=0, description="What an hour of this machine with its GPU costs, in US dollars (0: that is not counted)."
    )
    log_level: str = Field(
        default="info", pattern="^(debug|info|warning|error)$", description="Least important log line that is written."
    )

    @cached_property
    def home_folder(self) -> Path:
        """`home` as an absolute path."""
        return self.home.expanduser().absolute()

    @cached_property
    def models_folder(self) -> Path:
        """`models_dir` as an absolute path."""
        return self.models_dir.expanduser().absolute()


def read_settings() -> Settings:
    """Settings from the environment. Raises: InvalidSetting naming every fault."""
    try:
        return check_cloud(Settings())
    except ValidationError as error:
        faults = "; ".join(
            f"AIPROD_{str(fault['loc'][0]).upper()}: {fault['msg']}, found {fault['input']!r}"
            for fault in error.errors()
        )
        raise InvalidSetting(f"Settings that cannot be used: {faults}.") from error


def check_cloud(settings: Settings) -> Settings:
    """The settings, if all that their cloud needs is there. Raises: InvalidSetting naming all that is missing."""
    needed = ("google_project", "google_region", "bucket") if settings.cloud == "google" else ()
    missing = [f"AIPROD_{name.upper()}" for name in needed if not getattr(settings, name)]
    if missing:
        raise InvalidSetting(f"AIPROD_CLOUD=google also needs {', '.join(missing)}; set them.")
    return settings
