"""A model rewritten from another one that is already here, by converters of ours.

Knows which converter has which name; what a converter does is its own module's business.
"""

from pathlib import Path

from aiprod.models.manifest import ConversionSource, ModelFile
from aiprod.models.sources import SourceFailed


def convert(source: ConversionSource, home: Path, files: tuple[ModelFile, ...], folder: Path) -> None:
    """Put the converted files into `folder`, from the source model's files in `home`. Raises: SourceFailed."""
    if source.converter == "whisper-to-openai":
        from aiprod.models.weights.whisper_conversion import write_openai_whisper

        for file in files:
            write_openai_whisper(home, folder / file.path)
    elif source.converter == "kokoro-to-torch":
        from aiprod.models.weights.kokoro_conversion import write_kokoro

        for file in files:
            write_kokoro(home / "kokoro-v1.0.int8.onnx", folder / file.path)
    elif source.converter == "ncnn-to-realesrgan":
        from aiprod.models.weights.ncnn import write_realesrgan

        for file in files:
            write_realesrgan(home / Path(file.path).with_suffix(".bin").name, folder / file.path)
    else:
        raise SourceFailed(f"there is no converter called {source.converter}")
