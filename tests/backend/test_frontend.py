"""What the frontend and the backend have to agree on."""

import hashlib
import json
import re
from pathlib import Path

from aiprod.errors import NOT_GOOD_ENOUGH, OWN_FAULT, TOOK_TOO_LONG, ContentRefused, WeightsMissing
from aiprod.video import WAY
from backend.main import create_api
from backend.observing import QUIET
from backend.problems import FAULT, KINDS, OTHERS
from tests.backend.conftest import Site

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"


def test_the_generated_client_is_that_of_this_api(site: Site) -> None:
    described = json.dumps(create_api(site.services).openapi(), sort_keys=True)
    digest = hashlib.sha256(described.encode()).hexdigest()
    written = (FRONTEND / "src/client/schema.ts").read_text().splitlines()[0]
    assert written == f"// The API of sha256:{digest}", "The API has changed: run scripts/client."


def test_every_kind_of_problem_has_a_sentence_in_both_languages() -> None:
    kinds = {kind.name for kind in (*KINDS.values(), *OTHERS.values(), FAULT)}
    for language in ("en", "fr"):
        texts = json.loads((FRONTEND / f"src/texts/{language}/app.json").read_text())
        assert kinds - texts["problem"].keys() == set()


def test_every_kind_of_failure_has_words_in_both_languages() -> None:
    kinds = set(re.findall(r"^\| `([a-z-]+)` \|", (FRONTEND.parent / "docs/api.md").read_text().split("<!-- failures -->")[1], re.MULTILINE))
    assert {NOT_GOOD_ENOUGH, TOOK_TOO_LONG, OWN_FAULT, ContentRefused.kind, WeightsMissing.kind} < kinds
    for language in ("en", "fr"):
        words = json.loads((FRONTEND / f"src/texts/{language}/failure.json").read_text())
        assert words["cause"].keys() == words["do"].keys() == kinds
        assert words["in"].keys() == words["after"].keys() == {status.value for status in WAY}


def test_every_act_of_the_audit_trail_has_a_name_in_both_languages(site: Site) -> None:
    paths = create_api(site.services).openapi()["paths"].values()
    acts = {told["operationId"] for methods in paths for method, told in methods.items() if method != "get"} - QUIET
    for language in ("en", "fr"):
        assert acts - json.loads((FRONTEND / f"src/texts/{language}/app.json").read_text())["act"].keys() == set()


def test_the_lock_records_no_address_to_download_from() -> None:
    assert '"resolved"' not in (FRONTEND / "package-lock.json").read_text()
