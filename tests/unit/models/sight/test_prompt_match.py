"""CLIP by our own preparation of pictures and words: the same numbers as the library that its publishers' weights are used with."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from transformers import CLIPModel
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from aiprod.errors import WeightsBroken, WeightsMissing
from aiprod.models.manifest import Manifest, own_manifest
from aiprod.models.registry import Registry
from aiprod.models.sight.prompt_match import MODEL, ClipMatcher, prepared
from aiprod.picture_ports import Pictures
from tests.tiny_weights.clip import tiny_tokenizer, write_tiny_clip


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[ClipMatcher, CLIPModel]:
    """Our matcher over tiny networks, and the same network in the other library."""
    folder = tmp_path_factory.mktemp("models")
    model = own_manifest().model(MODEL)
    home = folder / model.name / model.version
    clip = write_tiny_clip(home)
    files = tuple(msgspec.structs.replace(file, size=(home / file.path).stat().st_size) for file in model.files)
    return ClipMatcher(Registry(folder, Manifest(models=(msgspec.structs.replace(model, files=files),)))), clip


def pictures(width: int, height: int, count: int = 3) -> Pictures:
    random = np.random.default_rng(3)
    coarse = random.integers(0, 256, (count, 9, 7, 3), dtype=np.uint8)
    rows = np.arange(height) * 9 // height
    columns = np.arange(width) * 7 // width
    return np.ascontiguousarray(coarse[:, rows][:, :, columns])


@pytest.mark.parametrize(("width", "height"), [(256, 456), (456, 256), (224, 224), (300, 301)])
def test_pictures_are_prepared_as_the_other_library_does(width: int, height: int) -> None:
    ours = prepared(pictures(width, height))
    theirs = CLIPImageProcessorPil()(list(pictures(width, height)), return_tensors="np")["pixel_values"]
    assert ours.shape == (3, 3, 224, 224)
    assert np.abs(ours - theirs).max() < 1e-5


@pytest.mark.parametrize("text", ["a panda in a forest", "A Panda,\n eats; BAMBOO!", "L'été à Paris, café", "panda " * 60])
def test_a_match_is_the_cosine_that_the_other_library_finds(tiny: tuple[ClipMatcher, CLIPModel], text: str) -> None:
    matcher, clip = tiny
    shown = pictures(256, 456)
    words = tiny_tokenizer()([text], truncation=True, max_length=77, return_tensors="pt")
    seen = CLIPImageProcessorPil()(list(shown), return_tensors="pt")["pixel_values"]
    with torch.no_grad():
        cosines = clip(input_ids=words["input_ids"], pixel_values=seen).logits_per_image / clip.logit_scale.exp()
    assert matcher.match(shown, text) == pytest.approx(float(cosines.mean()), abs=1e-4)


def test_other_words_and_other_pictures_match_otherwise(tiny: tuple[ClipMatcher, CLIPModel]) -> None:
    matcher, _ = tiny
    found = {round(matcher.match(shown, text), 5) for shown in (pictures(256, 256), 255 - pictures(256, 256)) for text in ("panda", "city")}
    assert len(found) == 4


def test_without_its_weights_it_says_what_to_fetch_and_how_large_it_is(tmp_path: Path) -> None:
    matcher = ClipMatcher(Registry(tmp_path))
    assert matcher.name == "clip-vit-b32@1.0.0"
    with pytest.raises(WeightsMissing) as caught:
        matcher.check()
    assert "3 of its 3 files missing, 155.8 MB" in str(caught.value)
    assert str(caught.value).endswith("Run `aiprod models fetch clip-vit-b32`.")


def test_a_network_that_cannot_be_read_is_told_by_its_file(tiny: tuple[ClipMatcher, CLIPModel], tmp_path: Path) -> None:
    model = own_manifest().model(MODEL)
    files = tuple(msgspec.structs.replace(file, size=8) for file in model.files)
    for file in files:
        place = tmp_path / model.name / model.version / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"no graph")
    broken = ClipMatcher(Registry(tmp_path, Manifest(models=(msgspec.structs.replace(model, files=files),))))
    with pytest.raises(WeightsBroken) as caught:
        broken.match(pictures(256, 256), "panda")
    assert "vision_model_quantized.onnx" in str(caught.value)
    assert str(caught.value).endswith("run `aiprod models fetch clip-vit-b32`.")
