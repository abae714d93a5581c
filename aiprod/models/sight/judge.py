"""A model of the registry that judges pictures: its name, whether it is here, its networks on the processors."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from aiprod.models.registry import Registry
from aiprod.models.resident import Opened, Resident
from aiprod.models.weights.sessions import open_session

if TYPE_CHECKING:
    import onnxruntime


class Judge:
    """What judges of pictures have in common; each opens its networks when they are first asked, once."""

    model: ClassVar[str]

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._residents: dict[str, Resident[Any]] = defaultdict(Resident)

    @property
    def name(self) -> str:
        return self._registry.model(self.model).label

    def check(self) -> None:
        self._registry.check(self.model)

    def _open(self, file: str) -> "onnxruntime.InferenceSession":
        """The network of a file. Raises: as `check`."""
        return self._kept(file, lambda path: open_session(path, self.model))

    def _kept(self, file: str, opened: Callable[[Path], Opened]) -> Opened:
        """What is made of a file of the model's version in use. Raises: as `check`."""
        kept: Resident[Opened] = self._residents[file]
        return kept.get(self.name, lambda: opened(self._registry.path(self.model, file)))
