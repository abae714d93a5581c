"""What can be chosen for a film, and whether the service is well."""

from dataclasses import dataclass

from aiprod.client.bodies import Choice, Health, ProfileChoice, VoiceChoice
from aiprod.client.connection import Call, Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """Choices, the same for everybody."""

    connection: Connection

    def styles(self) -> list[Choice]:
        """Looks of the pictures."""
        return self.connection.ask(list[Choice], Call("GET", "/api/v1/styles"))

    def moods(self) -> list[Choice]:
        """Moods of the music."""
        return self.connection.ask(list[Choice], Call("GET", "/api/v1/moods"))

    def languages(self) -> list[Choice]:
        """Languages that can be spoken."""
        return self.connection.ask(list[Choice], Call("GET", "/api/v1/languages"))

    def subtitles(self) -> list[Choice]:
        """Styles of subtitles."""
        return self.connection.ask(list[Choice], Call("GET", "/api/v1/subtitles"))

    def aspects(self) -> list[Choice]:
        """Shapes of the picture."""
        return self.connection.ask(list[Choice], Call("GET", "/api/v1/aspects"))

    def profiles(self) -> list[ProfileChoice]:
        """Where a film goes."""
        return self.connection.ask(list[ProfileChoice], Call("GET", "/api/v1/profiles"))

    def voices(self, language: str = "en") -> list[VoiceChoice]:
        """Voices that speak a language there, the best first."""
        return self.connection.ask(list[VoiceChoice], Call("GET", "/api/v1/voices", query={"language": language}))

    def voice_sample(self, voice: str, language: str = "en") -> bytes:
        """A sentence spoken by a voice."""
        call = Call("GET", "/api/v1/voices/{voice}/sample", parts={"voice": voice}, query={"language": language})
        return self.connection.send(call).content

    def style_frame(self, style: str) -> bytes:
        """A picture in a style."""
        return self.connection.send(Call("GET", "/api/v1/styles/{style}/frame", parts={"style": style})).content

    def alive(self) -> Health:
        """Whether the process answers."""
        return self.connection.ask(Health, Call("GET", "/healthz"))

    def ready(self) -> Health:
        """Whether it can serve."""
        return self.connection.ask(Health, Call("GET", "/readyz"))
