"""RIFE's network out of its published training state: without the teacher that only training needs, under plain names.

Knows the state's names; the archive's form is `torch_archive.py`'s.
"""

from pathlib import Path

from aiprod.errors import WeightsBroken
from aiprod.models.weights.safetensors import write_arrays
from aiprod.models.weights.torch_archive import PUBLISHED, read_torch

WHOLE, TEACHER = "module.", "block_tea."


def write_rife(folder: Path, target: Path) -> None:
    """Write the network of the archive in a folder as safetensors, half precision. Raises: WeightsBroken."""
    found = {key.removeprefix(WHOLE): array for key, array in read_torch(folder / PUBLISHED).items()}
    strange = next((key for key in found if not key.startswith("block")), "")
    if strange or not found:
        raise WeightsBroken(f"Expected RIFE's blocks among what was published, found {strange or 'nothing'}; fetch the model again.")
    write_arrays(target, {key: array for key, array in found.items() if not key.startswith(TEACHER)}, {"format": "pt"})
