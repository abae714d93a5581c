"""A model of the registry that judges pictures: its name, whether it is here, its networks on the processors."""

from typing import TYPE_CHECKING, ClassVar

from aiprod.models.registry import Registry
from aiprod.models.weights.sessions import open_session

if TYPE_CHECKING:
    import onnxruntime


class Judge:
    """What judges of pictures have in common; each opens its networks when they are first asked, once."""

    model: ClassVar[str]

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @property
    def name(self) -> str:
        return self._registry.model(self.model).label

    def check(self) -> None:
        self._registry.check(self.model)

    def _open(self, file: str) -> "onnxruntime.InferenceSession":
        return open_session(self._registry.path(self.model, file), self.model)
