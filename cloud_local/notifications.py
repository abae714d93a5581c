"""Cloud Storage's notifications on a laptop: from the storage server's one stream to a topic for each prefix.

The real service sends the events of one prefix to one topic; fake-gcs-server sends all to one. This stands where that server
expects Pub/Sub, and sends each event on as the real notification would. Knows: the bucket of a project is PROJECT-work.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.api_core.exceptions import DeadlineExceeded, NotFound, RetryError, ServiceUnavailable
from google.api_core.retry import Retry
from google.cloud.pubsub_v1 import PublisherClient
from google.pubsub_v1 import PublisherClient as OneByOne
from google.pubsub_v1.types import GetTopicRequest, PublishRequest, PublishResponse, PubsubMessage, Topic

from aiprod.paths import NOTIFIED, finalized_topic

PROJECT, TOPIC = "storage-server", "finalized"
PATIENCE_SECONDS = 120.0


def bucket_of(project: str) -> str:
    """The work bucket of a test's project."""
    return f"{project}-work"


def _passes(error: Exception) -> bool:
    return isinstance(error, ServiceUnavailable | DeadlineExceeded)


@dataclass(slots=True, kw_only=True)
class Notifications:
    """A Pub/Sub of one topic, whose messages go on to the Pub/Sub emulator (PUBSUB_EMULATOR_HOST)."""

    publisher: PublisherClient = field(default_factory=PublisherClient)
    server: grpc.Server = field(default_factory=lambda: grpc.server(ThreadPoolExecutor(8)))
    lost: list[str] = field(default_factory=list)

    def start(self) -> str:
        """The address to be given to the storage server."""
        methods: dict[str, tuple[Any, Any, Any]] = {
            "GetTopic": (self._get_topic, GetTopicRequest, Topic),
            "Publish": (self._publish, PublishRequest, PublishResponse),
        }
        served = {
            name: grpc.unary_unary_rpc_method_handler(
                answer, request_deserializer=request.deserialize, response_serializer=response.serialize
            )
            for name, (answer, request, response) in methods.items()
        }
        self.server.add_generic_rpc_handlers(
            (grpc.method_handlers_generic_handler("google.pubsub.v1.Publisher", served),)
        )
        port = self.server.add_insecure_port("127.0.0.1:0")
        self.server.start()
        return f"127.0.0.1:{port}"

    def stop(self) -> None:
        """Answer what is being answered, then end."""
        self.server.stop(grace=1).wait()
        self.publisher.stop()

    def _get_topic(self, request: GetTopicRequest, _: grpc.ServicerContext) -> Topic:
        return Topic(name=request.topic)

    def _publish(self, request: PublishRequest, _: grpc.ServicerContext) -> PublishResponse:
        for message in request.messages:
            self._send_on(message)
        return PublishResponse(message_ids=[str(number) for number, _ in enumerate(request.messages)])

    def _send_on(self, message: PubsubMessage) -> None:
        attributes = dict(message.attributes)
        prefix = attributes.get("objectId", "").partition("/")[0]
        project = attributes.get("bucketId", "").removesuffix("-work")
        if prefix not in NOTIFIED:
            return
        topic = self.publisher.topic_path(project, finalized_topic(prefix))
        patience = Retry(predicate=_passes, initial=0.2, maximum=1.0, timeout=PATIENCE_SECONDS)
        copy = PubsubMessage(data=message.data, attributes=attributes)
        request = PublishRequest(topic=topic, messages=[copy])
        try:
            patience(OneByOne.publish)(self.publisher, request=request, retry=None, timeout=5.0)
        except (NotFound, RetryError) as error:
            self.lost.append(f"{attributes.get('objectId')}: {error}")
