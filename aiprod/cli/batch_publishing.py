"""A batch for Google Cloud: files into the bucket, then one message a line on the topic of requests.

Needs the right to publish to that topic and to write uploads, and no other: no document is read or written.
"""

from contextlib import suppress

from aiprod.adapters.google_account import account
from aiprod.adapters.pubsub import PubSubMessages
from aiprod.batch import TOPIC, Sender, attributes_of
from aiprod.bootstrap import App
from aiprod.cli.batch_requests import Batch
from aiprod.cli.screen import error_console
from aiprod.errors import AlreadyExists, InvalidSetting
from aiprod.events import VideoRequested, encode


def publish_batch(app: App, asked: Batch, owner: str, quota: int, *, quiet: bool) -> str:
    """Publish every line, in order; the account it was done as. Publishing again makes nothing twice.

    Raises: InvalidSetting, Unavailable, Throttled, Permanent.
    """
    messages = app.messages
    if not isinstance(messages, PubSubMessages):
        raise InvalidSetting(f"Expected AIPROD_CLOUD=google to publish a batch, found {app.settings.cloud}.")
    sender = Sender(account=account(), owner=owner, quota=quota)
    count = len(asked.requests)
    with error_console().status("") as status:
        for done, request in enumerate(asked.requests, start=1):
            for upload in request.request.uploads:
                with suppress(AlreadyExists):
                    app.objects.write(upload.address, upload.path)
            event = VideoRequested(video=request.id, owner=owner, brief=request.request.brief)
            messages.send(TOPIC, encode(event), attributes_of(sender, request.id, asked.name, request.line.number))
            status.update("" if quiet else f"{done} of {count} published")
    return sender.account
