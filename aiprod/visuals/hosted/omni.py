"""Gemini Omni: an interaction that goes on in the background, started and asked after through the Interactions API.

Source: google-genai 3.4.0, `client.interactions`; by a project of Google Cloud or a key of the Gemini API.
"""

import base64
from pathlib import Path
from typing import cast

from aiprod.visuals.hosted.orders import Order
from aiprod.visuals.hosted.service import GoogleDoor, Look, is_filtered, met

_GOING_ON = ("in_progress", "queued", "requires_continuation")


class Omni:
    """Implements VideoService. What is not to be seen goes into the prompt: the API has no field for it."""

    name = "omni"

    def __init__(self, door: GoogleDoor) -> None:
        self._door = door

    def check(self) -> None:
        """Raises: EngineMissing."""
        self._door.access.check("The renderer omni")

    def start(self, order: Order, prefix: str) -> str:
        from google.genai import interactions

        storage = self._door.storage(prefix)
        asked = {
            "type": "video", "aspect_ratio": order.aspect, "resolution": order.resolution,
            "duration": f"{order.seconds}s",
            "delivery": "inline" if self._door.by_project and not storage else "uri",
        } | ({"gcs_uri": storage} if storage else {})  # fmt: skip
        with met("the clip", starting=True):
            interaction = self._door.client.interactions.create(
                model=order.model, input=f"{order.prompt} Not to be seen: {order.negative}.", background=True, store=True,
                response_format=cast("interactions.VideoResponseFormatParam", asked),
                generation_config={"seed": order.seed},
            )  # fmt: skip
            if not isinstance(interaction, interactions.Interaction) or not interaction.id:
                raise ValueError("an interaction without an id")
            return interaction.id

    def look(self, name: str) -> Look:
        from google.genai import interactions

        with met("the interaction", starting=False):
            interaction = self._door.client.interactions.get(id=name)
        if interaction.status in _GOING_ON:
            return Look(done=False)
        video = interaction.output_video
        if video is not None and (video.uri or video.data):
            return Look(done=True, uri=video.uri or "", content=base64.b64decode(video.data or b""))
        said = [error.message for error in interaction.errors or () if error.message]
        said += [
            step.error.message for step in interaction.steps or ()
            if isinstance(step, interactions.ModelOutputStep) and step.error and step.error.message
        ]  # fmt: skip
        message = "; ".join(said) or interaction.output_text or f"the interaction ended {interaction.status}"
        # A model that answers in words instead of pictures will not draw them.
        declined = interaction.status == "completed" and not said
        return Look(done=True, refused=message) if declined or is_filtered(message) else Look(done=True, failed=message)

    def download(self, uri: str, into: Path) -> None:
        self._door.download(uri, into)
