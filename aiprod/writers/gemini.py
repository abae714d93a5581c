"""Scripts by Gemini, over the Gemini API (a key) or Google Cloud (a project).

Knows how Gemini is asked and what its answer costs; what is asked is in `authoring.py`, who pays and what failures mean
in `aiprod/models/gemini.py`.
"""

import json
from dataclasses import dataclass, replace

from aiprod.brief import Brief
from aiprod.errors import ContentRefused, Unavailable, WriterFailed
from aiprod.expenses import Expense, Expenses
from aiprod.models import hosted
from aiprod.models.gemini import GeminiAccess, finished, refusal, tokens, translated
from aiprod.models.hosted import HostedModel
from aiprod.story import Script
from aiprod.writers.authoring import Answer, Request, write_script

KIND = "gemini"


@dataclass(frozen=True, slots=True, kw_only=True)
class GeminiWriter:
    """Writes with a Gemini model: `model` is its id ("": the first of the table)."""

    access: GeminiAccess
    expenses: Expenses
    model: str = ""
    timeout_seconds: float = 180.0
    name: str = "gemini"

    def check(self) -> HostedModel:
        """The model that will be asked. Raises: EngineMissing, NotFound."""
        self.access.check(f"The writer {self.name}")
        return hosted.model(self.model or KIND)

    def look(self, timeout_seconds: float) -> str:
        """Ask the service whether the model is there for us; costs nothing.

        Raises: EngineMissing, NotFound, InvalidSetting, WriterFailed, Throttled, Unavailable.
        """
        model = self.check()
        with translated(model.id, WriterFailed), replace(self.access, tries=1).client(timeout_seconds) as client:
            client.models.get(model=model.id)
        return f"{model.id}; costs money, and writes where it is asked for by name"

    def write(self, brief: Brief) -> Script:
        """A script of the brief's theme.

        Raises: EngineMissing, InvalidSetting, NotFound, WriterFailed, ContentRefused, Throttled, Unavailable.
        """
        model = _GeminiModel(
            row=self.check(), access=self.access, expenses=self.expenses, timeout_seconds=self.timeout_seconds
        )
        return write_script(model, brief, writer=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _GeminiModel:
    """Implements authoring.LanguageModel."""

    row: HostedModel
    access: GeminiAccess
    expenses: Expenses
    timeout_seconds: float

    @property
    def title(self) -> str:
        """The model's id."""
        return self.row.id

    @property
    def advice(self) -> str:
        """What to try when the model writes badly."""
        return "Try again, use another model (AIPROD_GEMINI_MODEL), or the writer outline."

    def ask(self, request: Request) -> Answer:
        """The model's answer; what it cost is written down, also for one that refuses."""
        with translated(self.row.id, WriterFailed):
            from google.genai import types

            system = [turn.text for turn in request.turns if turn.role == "system"]
            contents = [
                types.Content(role="model" if turn.role == "assistant" else "user", parts=[types.Part(text=turn.text)])
                for turn in request.turns
                if turn.role != "system"
            ]
            # The temperature is left as it is: Gemini 3 loops and rambles below its own.
            config = types.GenerateContentConfig(
                system_instruction="\n\n".join(system) or None, seed=request.seed,
                response_mime_type="application/json" if request.schema else None,
                response_json_schema=json.loads(request.schema) if request.schema else None,
            )  # fmt: skip
            with self.access.client(self.timeout_seconds) as client:
                response = client.models.generate_content(model=self.row.id, contents=contents, config=config)
        self._pay(*tokens(response))
        if reason := refusal(response):
            raise ContentRefused(
                f"The language model {self.title} will not write this: {reason}. Ask for another theme, or use the"
                " writer outline."
            )
        parts = [part for candidate in (response.candidates or [])[:1]
                 for part in (candidate.content.parts if candidate.content and candidate.content.parts else [])]  # fmt: skip
        text = "".join(part.text for part in parts if part.text and not part.thought)
        end = finished(response)
        if not text and end != "MAX_TOKENS":
            raise Unavailable(f"The language model {self.title} answered without any text ({end or 'no reason given'}).")
        return Answer(text=text, cut_off=end == "MAX_TOKENS")

    def _pay(self, read: int, written: int) -> None:
        if read or written:
            usd = self.row.usd_for_tokens(read, written)
            bought = f"{read:,} tokens in, {written:,} out"
            self.expenses.record(Expense(engine=KIND, model=self.row.id, bought=bought, usd=usd))
