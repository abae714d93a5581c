"""Which models may be used, by what films are made for here and where.

Knows the settings' policy and a model's licence as its manifest tells it; gives no legal advice.
"""

from dataclasses import dataclass
from typing import Literal

from aiprod.errors import LicenceRefused
from aiprod.models.manifest import Model

EUROPEAN_UNION = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT",
    "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LicencePolicy:
    """What films are made for: "any" use that each user answers for, or "commercial", films for sale.

    `accepted` are the models whose conditions somebody has read and found met; `territory` is the country (ISO 3166) in
    which films are made and shown, "" where nobody said.
    """

    purpose: Literal["any", "commercial"] = "any"
    territory: str = ""
    accepted: tuple[str, ...] = ()

    def check(self, model: Model) -> None:
        """Raises: LicenceRefused, naming the model, its licence and what to do."""
        named = f"{model.name} ({model.title}) under {model.licence}"
        if self.purpose == "commercial" and model.commercial == "no":
            raise LicenceRefused(
                f"Expected models whose films may be sold (AIPROD_LICENCE_POLICY=commercial), found {named}, which is not "
                f"for commercial use: take another model. {model.terms}".rstrip()
            )
        if self.purpose == "commercial" and model.commercial == "conditions" and model.name not in self.accepted:
            raise LicenceRefused(
                f"Expected models whose films may be sold (AIPROD_LICENCE_POLICY=commercial), found {named}, which allows it "
                f"on conditions: {model.terms} Where they are met, add {model.name} to AIPROD_LICENCES_ACCEPTED."
            )
        if self.territory and self.territory in _countries(model.excluded):
            raise LicenceRefused(
                f"Expected models that may be used in {self.territory} (AIPROD_TERRITORY), found {named}, which may not be "
                f"used in {', '.join(model.excluded)}: take another model."
            )


def _countries(excluded: tuple[str, ...]) -> frozenset[str]:
    return frozenset(excluded) | (EUROPEAN_UNION if "EU" in excluded else frozenset())
