"""A Python client of the API: what a program of somebody else's needs, and no more of AIPROD than that.

Knows HTTP and the API's own words (docs/api.md); knows no server, no engine and no store.
"""

from aiprod.client.bodies import VideoRequest
from aiprod.client.problems import NotNow, Problem
from aiprod.client.service import Client

__all__ = ["Client", "NotNow", "Problem", "VideoRequest"]
