"""The registry of models by the settings."""

import os

from aiprod.models.licences import LicencePolicy
from aiprod.models.manifest import own_manifest
from aiprod.models.promotion import VersionsInUse
from aiprod.models.registry import Registry, Supply, by_default
from aiprod.models.sources.addresses import STORAGE_URL, Access
from aiprod.ports import Documents
from aiprod.settings import Settings


def open_registry(settings: Settings, documents: Documents | None = None) -> Registry:
    """The models in the settings' folder, under their licence policy; the documents tell which versions are in use."""
    access = Access(
        mirror=settings.models_mirror, hub_url=settings.hub_url, hub_token=settings.hub_token.get_secret_value(),
        # Google's own clients take their stand-in's address from this variable.
        storage_url=os.environ.get("STORAGE_EMULATOR_HOST") or STORAGE_URL,
    )  # fmt: skip
    manifest = own_manifest()
    in_use = VersionsInUse(documents, manifest) if documents is not None else by_default
    policy = LicencePolicy(purpose=settings.licence_policy, territory=settings.territory, accepted=settings.licences_accepted)
    return Registry(settings.models_folder, manifest, Supply(access=access, policy=policy), in_use)
