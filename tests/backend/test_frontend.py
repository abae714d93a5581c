"""What the frontend and the backend have to agree on."""

import hashlib
import json
from pathlib import Path

from backend.main import create_api
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


def test_the_lock_records_no_address_to_download_from() -> None:
    assert '"resolved"' not in (FRONTEND / "package-lock.json").read_text()
