"""Scripts by a language model on any server that speaks the OpenAI chat protocol.

Knows what such a server needs to be told; the protocol is in `chat.py`, what is asked in `authoring.py`.
"""

from dataclasses import dataclass

from aiprod.brief import Brief
from aiprod.errors import EngineMissing
from aiprod.story import Script
from aiprod.writers.authoring import write_script
from aiprod.writers.chat import ChatServer


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAICompatibleWriter:
    """Writes with the model `model` at `url` (such as http://127.0.0.1:11434/v1)."""

    url: str
    model: str
    key: str = ""
    timeout_seconds: float = 180.0
    name: str = "openai-compatible"

    def write(self, brief: Brief) -> Script:
        """A script of the brief's theme.

        Raises: EngineMissing, WriterFailed, ContentRefused, Throttled, Unavailable.
        """
        return write_script(self._server(), brief, writer=self.name)

    def _server(self) -> ChatServer:
        wanted = {"AIPROD_WRITER_URL": self.url, "AIPROD_WRITER_MODEL": self.model}
        missing = [name for name, value in wanted.items() if not value.strip()]
        if missing:
            raise EngineMissing(
                f"The writer {self.name} needs {' and '.join(missing)}: the address of an OpenAI-compatible server, such"
                " as http://127.0.0.1:11434/v1 for Ollama, and the name of a model there."
            )
        return ChatServer(url=self.url.strip(), model=self.model.strip(), key=self.key,
                          timeout_seconds=self.timeout_seconds)  # fmt: skip
