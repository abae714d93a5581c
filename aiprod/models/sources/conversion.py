"""A model rewritten from another one that is already here, by converters of ours.

Knows which converter has which name; what a converter does is its own module's business.
"""

from pathlib import Path

from aiprod.errors import WeightsBroken
from aiprod.models.manifest import ConversionSource, ModelFile
from aiprod.models.sources import SourceFailed


def convert(source: ConversionSource, home: Path, files: tuple[ModelFile, ...], folder: Path) -> None:
    """Put the converted files into `folder`, from the source model's files in `home`. Raises: SourceFailed."""
    for file in files:
        try:
            _write(source.converter, home, file.path, folder / file.path)
        except WeightsBroken as error:
            raise SourceFailed(str(error).removesuffix(".")) from error


def _write(converter: str, home: Path, path: str, target: Path) -> None:
    """Write one file by the converter of that name. Raises: SourceFailed."""
    if converter == "whisper-to-openai":
        from aiprod.models.weights.whisper_conversion import write_openai_whisper

        write_openai_whisper(home, target)
    elif converter == "kokoro-to-torch":
        from aiprod.models.weights.kokoro_conversion import write_kokoro

        write_kokoro(home / "kokoro-v1.0.int8.onnx", target)
    elif converter == "centerface-of-any-size":
        from aiprod.models.weights.centerface_conversion import write_of_any_size

        write_of_any_size(home / path, target)
    elif converter == "torch-to-safetensors":
        from aiprod.models.weights.torch_archive import write_from_torch

        write_from_torch(home, target)
    elif converter == "torch-to-rife":
        from aiprod.models.weights.rife_conversion import write_rife

        write_rife(home, target)
    elif converter == "voice-encoder-to-safetensors":
        from aiprod.models.weights.voice_encoder_conversion import write_voice_encoder

        write_voice_encoder(home / "voice-encoder.bin", target)
    elif converter == "ncnn-to-realesrgan":
        from aiprod.models.weights.ncnn import write_realesrgan

        write_realesrgan(home / Path(path).with_suffix(".bin").name, target)
    else:
        raise SourceFailed(f"there is no converter called {converter}")
