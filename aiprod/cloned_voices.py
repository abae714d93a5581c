"""The voices that people lent to be imitated: their recordings, their consent, and the end of it.

One document a voice. What was lent stays until it is withdrawn: then the recordings go, and the document only says that the
voice may not be used. Knows nothing of how a recording is heard or a voice imitated.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from aiprod import paths
from aiprod.compare_and_set import change
from aiprod.consents import VoiceConsent, day_of
from aiprod.encoding import from_fields, key_of, to_fields
from aiprod.errors import AiprodError, AlreadyExists, InvalidInput, NotAllowed, NotFound
from aiprod.ports import Clock, Documents, Fields, Objects

COLLECTION = "voices"
_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")
_MARK_LETTERS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ClonedVoice:
    """A voice that may be imitated while `withdrawn_at` is 0; `said` is what its sample says. `sample` and `spoken_consent`
    are the recordings' addresses."""

    consent: VoiceConsent
    said: str
    sample: str
    spoken_consent: str
    withdrawn_at: float = 0.0

    @property
    def full_name(self) -> str:
        """Its name with a mark of what was agreed to, and when, so that a voice lent anew is another voice."""
        return f"{self.consent.voice}@{key_of(self.consent)[:_MARK_LETTERS]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClonedVoices:
    """All that were lent."""

    documents: Documents
    objects: Objects
    clock: Clock

    def all(self) -> tuple[ClonedVoice, ...]:
        """Those that may be used, by name."""
        found = (_read(document.fields) for document in self.documents.query(COLLECTION))
        return tuple(sorted((one for one in found if not one.withdrawn_at), key=lambda one: one.consent.voice))

    def get(self, name: str) -> ClonedVoice:
        """The voice of that name, or full name. Raises: NotFound, NotAllowed (its consent was withdrawn)."""
        voice = self._named(name)
        if voice.withdrawn_at:
            raise NotAllowed(
                f"The voice {voice.consent.voice} may not be used: the consent of {voice.consent.speaker} was withdrawn on "
                f"{day_of(voice.withdrawn_at)}; choose another voice."
            )
        return voice

    def check_free(self, name: str) -> None:
        """Whether a voice may be called so. Raises: InvalidInput, AlreadyExists."""
        if not _NAME.fullmatch(name):
            raise InvalidInput("voice", expected="a name of 2 to 40 small letters, digits and hyphens", found=repr(name[:60]))
        document = self.documents.get(COLLECTION, name)
        _check_over(name, document.fields if document else None)

    def keep(self, consent: VoiceConsent, said: str, sample: Path, spoken_consent: Path) -> ClonedVoice:
        """Keep a voice with its recordings as they were brought. Raises: InvalidInput, AlreadyExists, StorageFull, Transient."""
        self.check_free(consent.voice)
        bare = ClonedVoice(consent=consent, said=said, sample="", spoken_consent="")
        voice = replace(
            bare,
            sample=paths.voice_recording(bare.full_name, f"sample{sample.suffix.lower()}"),
            spoken_consent=paths.voice_recording(bare.full_name, f"consent{spoken_consent.suffix.lower()}"),
        )

        def decide(before: Fields | None) -> Fields:
            _check_over(consent.voice, before)
            return to_fields(voice)

        try:
            for address, file in ((voice.sample, sample), (voice.spoken_consent, spoken_consent)):
                self.objects.write(address, file, only_if_absent=False)
            change(self.documents, COLLECTION, consent.voice, decide)
        except AiprodError:
            self._forget(voice)
            raise
        return voice

    def fetch_sample(self, voice: ClonedVoice, folder: Path) -> Path:
        """The recording from which the voice is imitated. Raises: NotFound, NotAllowed (it is another than was lent), Transient."""
        file = self.objects.fetch(voice.sample, folder)
        if digest_of(file) != voice.consent.sample_sha256:
            raise NotAllowed(
                f"The voice {voice.consent.voice} may not be used: {voice.sample} is not the recording that {voice.consent.speaker} "
                "lent; remove the voice and lend it again."
            )
        return file

    def withdraw(self, name: str) -> ClonedVoice:
        """End a voice: no film may use it from now on, and its recordings are deleted; asked again, those that were left.

        Raises: NotFound, NotAllowed (another voice has the name by now).
        """
        voice = self._named(name)
        if not voice.withdrawn_at:
            voice = replace(voice, withdrawn_at=self.clock.now(), said="")

            def end(found: Fields | None) -> Fields | None:
                """Another may have taken it back meanwhile, and lent one anew under its name."""
                same = found is not None and _read(found).full_name == voice.full_name
                return to_fields(voice) if same else found

            change(self.documents, COLLECTION, voice.consent.voice, end)
        self._forget(voice)
        return voice

    def _named(self, name: str) -> ClonedVoice:
        full = name.strip().lower()
        bare = full.partition("@")[0]
        document = self.documents.get(COLLECTION, bare) if _NAME.fullmatch(bare) else None
        if document is None:
            known = ", ".join(one.consent.voice for one in self.all()) or "none yet"
            raise NotFound(f"The voices lent to be imitated are {known}; found {name!r}.")
        voice = _read(document.fields)
        if full not in (bare, voice.full_name):
            raise NotAllowed(f"The voice {full} may not be used: its consent was withdrawn; choose another voice.")
        return voice

    def _forget(self, voice: ClonedVoice) -> None:
        for address in (voice.sample, voice.spoken_consent):
            self.objects.delete(address)


def digest_of(recording: Path) -> str:
    """The SHA-256 of a recording as it is."""
    with recording.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _check_over(name: str, fields: Fields | None) -> None:
    """Raises: AlreadyExists, while a voice has the name."""
    if fields is not None and not _read(fields).withdrawn_at:
        raise AlreadyExists(f"Expected a name that no voice has, found {name}: remove that voice first.")


def _read(fields: Fields) -> ClonedVoice:
    return from_fields(ClonedVoice, fields, source="voice")
