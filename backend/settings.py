"""Settings of the web, read once from the environment (`AIPROD_WEB_...`), beside those of the library."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from aiprod.errors import InvalidSetting
from aiprod.profiles import PROFILES


class Tier(BaseModel):
    """What an account of a tier may have; 0 is any number."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    videos: int = Field(default=2, ge=0)
    at_work: int = Field(default=2, ge=0)
    requests_a_minute: int = Field(default=30, ge=1)
    storage_bytes: int = Field(default=500_000_000, ge=0)
    profiles: tuple[str, ...] = tuple(PROFILES)


TIERS = {
    "free": Tier(),
    "pro": Tier(videos=100, at_work=5, requests_a_minute=120, storage_bytes=20_000_000_000),
    "enterprise": Tier(videos=0, at_work=20, requests_a_minute=600, storage_bytes=500_000_000_000),
}
ADMIN = Tier(videos=0, at_work=0, requests_a_minute=600, storage_bytes=0)


class WebSettings(BaseSettings):
    """All that a deployment decides of the web. A field's name, in capitals after `AIPROD_WEB_`, is its variable."""

    model_config = SettingsConfigDict(env_prefix="AIPROD_WEB_", frozen=True, extra="ignore", env_ignore_empty=True)

    host: str = Field(default="127.0.0.1", description="Address that is listened at.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port that is listened at (0: any free one).")
    trusted_proxies: str = Field(
        default="", description="Addresses of proxies whose word on a caller's address counts, with commas; `*` for all."
    )
    secure_cookies: bool = Field(default=True, description="Whether cookies are for https only.")
    token_algorithm: Literal["HS256", "RS256"] = Field(default="HS256", description="How session tokens are signed.")
    token_keys: dict[str, SecretStr] = Field(
        default={},
        description='Signing keys by name, as JSON: the first signs, all check; secrets (HS256) or PEM (RS256). '
        "Needed on Google Cloud; on one machine a key is made and kept in AIPROD_HOME.",
    )
    password_rounds: int = Field(default=12, ge=4, le=16, description="Cost of bcrypt; each more doubles it.")
    tiers: dict[str, Tier] = Field(default=TIERS, description="Tiers by name, as JSON; new accounts are `free`.")
    audit_days: int = Field(default=90, ge=1, description="How long the audit trail is kept.")
    metrics_token: SecretStr = Field(
        default=SecretStr(""),
        description="What Prometheus shows as Bearer at /metrics; without one, only this machine is answered there.",
    )
    heartbeat_seconds: float = Field(default=15.0, gt=0, description="How often a live connection is told it is one.")
    connections: int = Field(
        default=20, ge=1, description="Live connections that an account may have to one process of the web."
    )
    look_seconds: float = Field(
        default=0.025, gt=0, description="How often live videos are looked at while somebody watches."
    )


def read_web_settings() -> WebSettings:
    """Settings from the environment. Raises: InvalidSetting naming every fault."""
    try:
        settings = WebSettings()
    except ValidationError as error:
        faults = "; ".join(f"AIPROD_WEB_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors())
        raise InvalidSetting(f"Settings that cannot be used: {faults}.") from error
    if "free" not in settings.tiers:
        raise InvalidSetting("Expected AIPROD_WEB_TIERS with a tier `free` for new accounts, found none; add it.")
    return settings
