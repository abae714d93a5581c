"""Veo: a long-running operation of Agent Platform, started with `generate_videos` and asked after by its name.

Source: google-genai 3.4.0, which offers it to projects of Google Cloud only.
"""

from pathlib import Path

from aiprod.errors import EngineMissing
from aiprod.visuals.hosted.orders import Order
from aiprod.visuals.hosted.service import GoogleDoor, Look, is_filtered, met


class Veo:
    """Implements VideoService. Without sound, which costs less and which the film has of its own."""

    name = "veo"

    def __init__(self, door: GoogleDoor) -> None:
        self._door = door

    def check(self) -> None:
        """Raises: EngineMissing."""
        if not self._door.by_project:
            raise EngineMissing(
                "The renderer veo needs a project of Google Cloud in AIPROD_GOOGLE_PROJECT, with `gcloud auth"
                " application-default login`; a key of the Gemini API serves the renderer omni."
            )
        self._door.access.check("The renderer veo")

    def start(self, order: Order, prefix: str) -> str:
        from google.genai import types

        config = types.GenerateVideosConfig(
            number_of_videos=1, duration_seconds=order.seconds, aspect_ratio=order.aspect,
            resolution=order.resolution, seed=order.seed, negative_prompt=order.negative, generate_audio=False,
            output_gcs_uri=self._door.storage(prefix) or None,
        )  # fmt: skip
        with met("the clip", starting=True):
            operation = self._door.client.models.generate_videos(
                model=order.model, source=types.GenerateVideosSource(prompt=order.prompt), config=config
            )
            if not operation.name:
                raise ValueError("an operation without a name")
        return operation.name

    def look(self, name: str) -> Look:
        from google.genai import types

        with met("the operation", starting=False):
            operation = self._door.client.operations.get(types.GenerateVideosOperation.model_validate({"name": name}))
        if not operation.done:
            return Look(done=False)
        if operation.error:
            message = str(operation.error.get("message") or operation.error)
            return Look(done=True, refused=message) if is_filtered(message) else Look(done=True, failed=message)
        response = operation.response
        video = next((made.video for made in (response.generated_videos if response else None) or () if made.video), None)
        if video is not None and (video.uri or video.video_bytes):
            return Look(done=True, uri=video.uri or "", content=video.video_bytes or b"")
        reasons = "; ".join((response.rai_media_filtered_reasons if response else None) or ())
        if response is not None and (reasons or response.rai_media_filtered_count):
            return Look(done=True, refused=reasons or "Veo's content filter let no clip through")
        return Look(done=True, failed="the operation ended without a clip")

    def download(self, uri: str, into: Path) -> None:
        self._door.download(uri, into)
