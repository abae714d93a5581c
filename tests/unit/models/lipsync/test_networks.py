"""The networks that make lips: out of their publishers' files, strictly; equal for equal input; what they see and hear."""

import collections
import json
import pickle
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch

from aiprod.errors import LicenceRefused, WeightsBroken, WeightsMissing
from aiprod.models.licences import LicencePolicy
from aiprod.models.lipsync.detector import open_finder, overlap
from aiprod.models.lipsync.ears import open_ears, windows
from aiprod.models.lipsync.opening import open_lips
from aiprod.models.lipsync.painter import SIDE_PX, MouthPainter, open_painter, positions
from aiprod.models.lipsync.syncnet import build_syncnet, open_judge, spectra
from aiprod.models.registry import Registry, Supply
from aiprod.models.weights.safetensors import read_arrays, write_arrays
from aiprod.models.weights.torch_archive import PUBLISHED, write_from_torch
from tests.tiny_weights.lips import draw_face, lips_registry, speak, write_coder, write_ears, write_judge, write_unet


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lips")


@pytest.fixture(scope="module")
def registry(home: Path) -> Registry:
    return lips_registry(home)


@pytest.fixture
def painter(registry: Registry) -> MouthPainter:
    return open_lips(registry, "musetalk", "cpu").painter


def heard(count: int, *, seed: int = 1) -> torch.Tensor:
    return torch.randn(count, 50, 16, generator=torch.Generator().manual_seed(seed))


def test_a_network_looks_the_same_from_both_forms_of_a_torch_archive(tmp_path: Path) -> None:
    base = torch.arange(24, dtype=torch.float32)
    content = collections.OrderedDict(a=base.view(4, 6).t(), b=base[6:18].view(3, 4), n=torch.tensor(3), c=torch.nn.Parameter(torch.ones(2)))
    content["norm.num_batches_tracked"] = torch.tensor(7)
    for modern in (True, False):
        folder = tmp_path / str(modern)
        folder.mkdir()
        torch.save(content, folder / PUBLISHED, _use_new_zipfile_serialization=modern)
        write_from_torch(folder, folder / "out.safetensors")
        arrays, metadata = read_arrays(folder / "out.safetensors")
        assert set(arrays) == {"a", "b", "c", "n"}
        assert (arrays["a"] == content["a"].numpy()).all() and arrays["a"].dtype == np.float16
        assert (arrays["b"] == content["b"].numpy()).all() and int(arrays["n"]) == 3
        assert metadata == {}
    assert (tmp_path / "True/out.safetensors").read_bytes() == (tmp_path / "False/out.safetensors").read_bytes()


class Harm:
    """Runs something when it is read."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (self.target,)  # type: ignore[return-value]


@pytest.mark.parametrize("modern", [True, False])
def test_nothing_that_an_archive_names_is_run(tmp_path: Path, modern: bool) -> None:
    torch.save({"weight": torch.ones(2), "harm": Harm(tmp_path / "touched")}, tmp_path / PUBLISHED, _use_new_zipfile_serialization=modern)
    with pytest.raises(WeightsBroken) as caught:
        write_from_torch(tmp_path, tmp_path / "out.safetensors")
    assert "it names" in str(caught.value) and "which no tensor needs" in str(caught.value)
    assert not (tmp_path / "touched").exists()
    assert not (tmp_path / "out.safetensors").exists()


@pytest.mark.parametrize("content", [b"", b"\x80\x02}.", b"no pickle", pickle.dumps({"weight": 3}), pickle.dumps([1, 2])])
def test_a_file_that_is_no_archive_of_tensors_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / PUBLISHED).write_bytes(content)
    with pytest.raises(WeightsBroken) as caught:
        write_from_torch(tmp_path, tmp_path / "out.safetensors")
    assert "Expected tensors by name in published.pth" in str(caught.value)


def test_a_tensor_that_reaches_beyond_its_storage_is_told(tmp_path: Path) -> None:
    torch.save({"weight": torch.ones(600)}, tmp_path / "whole.pth")
    with zipfile.ZipFile(tmp_path / "whole.pth") as whole, zipfile.ZipFile(tmp_path / PUBLISHED, "w") as cut:
        for name in whole.namelist():
            cut.writestr(name, whole.read(name)[:1200] if "/data/" in name else whole.read(name))
    with pytest.raises(WeightsBroken) as caught:
        write_from_torch(tmp_path, tmp_path / "out.safetensors")
    assert "weight reaches beyond its storage" in str(caught.value)


def test_a_mouth_is_painted_by_what_is_heard_and_each_time_the_same(painter: MouthPainter, registry: Registry) -> None:
    faces = [np.asarray(draw_face(0.2)), np.asarray(draw_face(0.6))]
    made = painter.paint(faces, heard(2))
    assert [one.shape for one in made] == [(SIDE_PX, SIDE_PX, 3)] * 2
    again = open_lips(registry, "musetalk", "cpu").painter.paint(faces, heard(2))
    assert all((one == other).all() for one, other in zip(made, again, strict=True))
    other = painter.paint(faces, heard(2, seed=9))
    assert all((one != two).any() for one, two in zip(made, other, strict=True))
    alone = painter.paint(faces[1:], heard(2)[1:])
    assert int(np.abs(alone[0].astype(int) - made[1]).max()) <= 1


def test_the_lower_half_of_the_first_latents_is_hidden(painter: MouthPainter) -> None:
    seen: list[torch.Tensor] = []
    painter._coder.encode = lambda pictures, encode=painter._coder.encode: (seen.append(pictures), encode(pictures))[1]
    painter.paint([draw_face(0.5)], heard(1))
    hidden, whole = seen
    assert (hidden[:, :, SIDE_PX // 2 :] == -1).all()
    assert (hidden[:, :, : SIDE_PX // 2] == whole[:, :, : SIDE_PX // 2]).all()
    assert float(whole[:, :, SIDE_PX // 2 :].std()) > 0.1


def test_where_memory_is_short_fewer_faces_are_painted_at_once(painter: MouthPainter) -> None:
    whole = painter.paint([draw_face(0.1 * n) for n in range(5)], heard(5))
    network, sizes = painter._network, []

    def forgetful(latents: torch.Tensor, *rest: object, **more: object) -> object:
        sizes.append(len(latents))
        if len(latents) > 2:
            raise torch.AcceleratorError("CUDA error: out of memory")
        return network(latents, *rest, **more)

    painter._network = forgetful
    made = painter.paint([draw_face(0.1 * n) for n in range(5)], heard(5))
    assert sizes[-3:] == [2, 2, 1]
    assert all(int(np.abs(one.astype(int) - other).max()) <= 1 for one, other in zip(made, whole, strict=True))


def test_places_are_told_by_sines_and_cosines() -> None:
    told = positions(3, 4)
    assert torch.allclose(told[2], torch.tensor([np.sin(2), np.cos(2), np.sin(0.02), np.cos(0.02)], dtype=torch.float32), atol=1e-6)


def test_weights_that_do_not_fit_are_refused_with_what_is_wrong(tmp_path: Path) -> None:
    network, coder = write_unet(tmp_path / "unet"), write_coder(tmp_path / "coder")
    arrays, metadata = read_arrays(network)
    arrays["conv_in.bias"] = np.zeros(3, np.float16)
    write_arrays(tmp_path / "shape.safetensors", arrays, metadata)
    with pytest.raises(WeightsBroken) as caught:
        open_painter(tmp_path / "shape.safetensors", coder, "cpu")
    assert "conv_in.bias: expected the shape [8], found [3]" in str(caught.value)
    write_arrays(tmp_path / "bare.safetensors", arrays, {})
    with pytest.raises(WeightsBroken) as caught:
        open_painter(tmp_path / "bare.safetensors", coder, "cpu")
    assert "run `aiprod models fetch musetalk`" in str(caught.value)
    file = coder / "diffusion_pytorch_model.safetensors"
    kept, about = read_arrays(file)
    for change, told in ((lambda: kept.pop("quant_conv.bias"), "missing keys quant_conv.bias"),
                         (lambda: kept.update({"quant_conv.bias": np.zeros(8, np.float32), "extra": np.zeros(1, np.float32)}), "unexpected keys extra")):  # fmt: skip
        change()
        write_arrays(file, kept, about)
        with pytest.raises(WeightsBroken) as caught:
            open_painter(network, coder, "cpu")
        assert told in str(caught.value)
    file.write_bytes(b"cut")
    with pytest.raises(WeightsBroken):
        open_painter(network, coder, "cpu")


def test_a_whisper_that_lacks_something_is_refused(tmp_path: Path) -> None:
    folder = write_ears(tmp_path / "ears")
    arrays, about = read_arrays(folder / "model.safetensors")
    arrays.pop(next(key for key in arrays if key.endswith("encoder.layer_norm.bias")))
    write_arrays(folder / "model.safetensors", arrays, about)
    with pytest.raises(WeightsBroken) as caught:
        open_ears(folder, "cpu")
    assert "missing keys" in str(caught.value) and "layer_norm.bias" in str(caught.value)


def test_ears_hear_fifty_times_a_second_beyond_half_a_minute(registry: Registry) -> None:
    ears = open_lips(registry, "musetalk", "cpu").ears
    all_heard = ears.hear(speak(Fraction(61, 2)))
    assert all_heard.shape == (1525, 3, 16)
    assert torch.equal(ears.hear(speak(Fraction(1))), ears.hear(speak(Fraction(1))))


def test_a_window_is_ten_hearings_around_its_moment_and_silent_beyond_the_voice() -> None:
    hearings = torch.arange(100.0)[:, None, None].expand(100, 2, 1) + 1
    around = windows(hearings, [Fraction(1), Fraction(0), Fraction(199, 100), Fraction(-1), Fraction(26, 25)])
    assert around.shape == (5, 20, 1)
    rows = around[:, ::2, 0].tolist()
    assert rows[0] == [47, 48, 49, 50, 51, 52, 53, 54, 55, 56]
    assert rows[1] == [0, 0, 0, 0, 1, 2, 3, 4, 5, 6]
    assert rows[2] == [96, 97, 98, 99, 100, 0, 0, 0, 0, 0]
    assert rows[3] == [0] * 10
    assert rows[4][4] == 53


def test_a_face_is_found_where_it_is_drawn(registry: Registry) -> None:
    finder = open_finder(registry.path("centerface", "centerface.onnx"))
    for shift, rows in ((0.0, 256), (60.0, 300), (-50.0, 500)):
        picture = draw_face(0.3, rows=rows, columns=400, shift=shift)
        (face,) = finder.find(picture)
        middle = 200 + shift, rows * 0.48
        drawn = (middle[0] - 42, middle[1] - 40, middle[0] + 42, middle[1] + 60)
        assert overlap((face.left, face.top, face.right, face.bottom), drawn) > 0.5
        assert abs(face.eyes - (middle[1] - 10)) < 8
        assert face.eyes < face.nose < face.bottom
    assert finder.find(np.full((240, 320, 3), 90, np.uint8)) == ()


def test_the_published_detector_is_freed_of_its_size_and_another_file_is_refused(tmp_path: Path, registry: Registry) -> None:
    from aiprod.models.weights.centerface_conversion import write_of_any_size

    with pytest.raises(WeightsBroken):
        write_of_any_size(registry.path("centerface", "centerface.onnx"), tmp_path / "again.onnx")
    (tmp_path / "bad.onnx").write_bytes(b"what")
    with pytest.raises(WeightsBroken):
        open_finder(tmp_path / "bad.onnx")


def test_what_is_lacking_is_said_with_how_to_get_it(tmp_path: Path) -> None:
    lacking = lips_registry(tmp_path / "a", lacking="sd-vae-ft-mse")
    with pytest.raises(WeightsMissing) as caught:
        open_lips(lacking, "musetalk", "cpu")
    assert "aiprod models fetch sd-vae-ft-mse" in str(caught.value)
    assert "found none of its files" in str(caught.value)
    lips = open_lips(lips_registry(tmp_path / "b"), "musetalk", "cpu")
    assert lips.judge is None and "aiprod models fetch syncnet" in lips.no_judge
    strict = lips_registry(tmp_path / "c", supply=Supply(policy=LicencePolicy(purpose="commercial")))
    with pytest.raises(LicenceRefused):
        open_lips(strict, "musetalk", "cpu")


def test_cepstra_have_the_loudness_first_and_tell_a_low_tone_from_a_high_one() -> None:
    times = np.arange(16_000) / 16_000
    low, high = (0.5 * np.sin(2 * np.pi * pitch * times).astype(np.float32) for pitch in (200, 4000))
    found = spectra(low)
    assert found.shape == (13, 99)
    assert np.allclose(spectra(low / 2)[0] - found[0], np.log(0.25), atol=1e-3)
    assert np.allclose(spectra(low / 2)[1:], found[1:], atol=1e-2)
    assert found[1].mean() > spectra(high)[1].mean() + 10
    assert np.isfinite(spectra(np.zeros(1000, np.float32))).all()


def test_the_judge_is_loaded_strictly_and_scores_what_is_long_enough(tmp_path: Path) -> None:
    path = write_judge(tmp_path / "judge")
    judge = open_judge(path, "cpu")
    faces = [np.asarray(draw_face(n % 3 / 3, rows=224, columns=224)) for n in range(15)]
    voice = speak(Fraction(15, 25))
    assert judge.judge(faces[:12], voice) is None
    found = judge.judge(faces, voice)
    assert found is not None
    assert found.distance > 0 and found.confidence >= 0 and abs(found.shift) <= 15
    assert judge.judge(faces, voice) == found
    arrays, about = read_arrays(path)
    arrays.pop("netfclip.3.bias")
    write_arrays(tmp_path / "cut.safetensors", arrays, about)
    with pytest.raises(WeightsBroken) as caught:
        open_judge(tmp_path / "cut.safetensors", "cpu")
    assert "netfclip.3.bias" in str(caught.value)


def test_the_judges_towers_meet_in_a_thousand_numbers_and_know_the_published_names() -> None:
    network = build_syncnet().eval()
    names = set(network.state_dict())
    for name in ("netcnnaud.0.weight", "netcnnaud.18.weight", "netcnnaud.19.running_var", "netcnnlip.4.weight", "netcnnlip.18.weight",
                 "netcnnlip.19.running_mean", "netfcaud.3.weight", "netfclip.1.weight"):  # fmt: skip
        assert name in names
    assert not any(name.endswith("num_batches_tracked") for name in names)


def test_the_settings_of_the_network_travel_in_its_file(tmp_path: Path) -> None:
    _, about = read_arrays(write_unet(tmp_path / "unet"))
    assert json.loads(about["config"])["in_channels"] == 8
