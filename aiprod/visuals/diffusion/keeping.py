"""What outlives a task, under `takes/`, where any machine finds it: latents on the way, and pictures that scenes share."""

import hashlib
import io
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from PIL import Image

from aiprod import paths
from aiprod.encoding import key_of
from aiprod.errors import AlreadyExists, NotAllowed, Permanent
from aiprod.logs import logger
from aiprod.models.diffusion.orders import Order
from aiprod.models.pictures import Picture
from aiprod.ports import Objects


@dataclass(frozen=True, slots=True)
class KeptTakes:
    """Implements loop.Keep over the objects: an address for each step that is kept, the last of them counts."""

    objects: Objects

    def get(self, name: str) -> bytes | None:
        kept = sorted(one.address for one in self.objects.under(paths.takes(name)))
        return self.objects.read(kept[-1]) if kept else None

    def put(self, name: str, done: int, content: bytes) -> None:
        with suppress(AlreadyExists):  # a task that was taken for dead kept the same
            self.objects.write(f"{paths.takes(name)}{done:04d}.safetensors", content)

    def drop(self, name: str) -> None:
        for one in self.objects.under(paths.takes(name)):
            try:
                self.objects.delete(one.address)
            except (NotAllowed, Permanent) as error:
                logger().info("latents left to the bucket's own rules", address=one.address, reason=str(error))
                return


@dataclass(frozen=True, slots=True)
class Meetings:
    """The pictures that scenes share, drawn by one version of a renderer. Whoever keeps one first, all have that."""

    objects: Objects
    version: str

    def find(self, order: Order) -> Picture | None:
        """The picture of that order, if it was drawn."""
        place = self._place(order)
        return _read_picture(self.objects.read(place)) if self.objects.stat(place) else None

    def keep(self, order: Order, picture: Picture) -> Picture:
        """Let all have the picture; the one that they have, if another was first."""
        place = self._place(order)
        with suppress(AlreadyExists):
            self.objects.write(place, _write_picture(picture))
            return picture
        return _read_picture(self.objects.read(place))

    def _place(self, order: Order) -> str:
        after = "" if order.like is None else hashlib.sha256(order.like.tobytes()).hexdigest()
        like = (self.version, order.shape, order.negative, order.steps, order.guidance, after, order.likeness)
        return f"{paths.takes(f'meeting-{key_of(order.prompt, order.seed, *like)}')}picture.png"


def _read_picture(content: bytes) -> Picture:
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def _write_picture(picture: Picture) -> bytes:
    content = io.BytesIO()
    Image.fromarray(picture).save(content, format="png")
    return content.getvalue()
