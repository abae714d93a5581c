"""Whether the service is well."""

from typing import Literal

from pydantic import BaseModel


class Health(BaseModel):
    """Whether the service is well."""

    status: Literal["ok"]
