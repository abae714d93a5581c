"""Keys for programs."""

import pytest

from aiprod.accounts.api_keys import MOST_KEYS, ApiKeys
from aiprod.errors import InvalidInput, NotFound, NotSignedIn


@pytest.fixture
def keys(documents, clock) -> ApiKeys:
    return ApiKeys(documents=documents, clock=clock)


def test_a_key_is_known_again_and_kept_as_a_digest(keys: ApiKeys, documents) -> None:
    key, text = keys.create("jane", "my blog", ("videos:read",))
    assert keys.read(text) == key
    assert (key.user, key.name, key.scopes) == ("jane", "my blog", ("videos:read",))
    secret = text.split("_", 2)[2]
    assert secret not in str(documents.get("api_keys", key.id).fields)


def test_a_key_with_an_underscore_in_its_secret_is_read_whole(keys: ApiKeys) -> None:
    texts = [keys.create("jane", "k", ("videos:read",))[1] for _ in range(MOST_KEYS)]
    assert {keys.read(text).user for text in texts} == {"jane"}
    with pytest.raises(InvalidInput):
        keys.create("jane", "one too many", ("videos:read",))


@pytest.mark.parametrize("spoil", [lambda text: text[:-1], lambda text: text + "x", lambda text: "aip_00_x", lambda text: "aip_../x_y", lambda text: ""])
def test_what_is_no_key_opens_nothing(keys: ApiKeys, spoil) -> None:
    _, text = keys.create("jane", "my blog", ("videos:read",))
    with pytest.raises(NotSignedIn):
        keys.read(spoil(text))


def test_a_revoked_key_opens_nothing_and_only_its_owner_revokes_it(keys: ApiKeys) -> None:
    key, text = keys.create("jane", "my blog", ("videos:read", "videos:write"))
    with pytest.raises(NotFound):
        keys.revoke("john", key.id)
    keys.revoke("jane", key.id)
    with pytest.raises(NotSignedIn):
        keys.read(text)
    assert keys.of("jane") == ()


@pytest.mark.parametrize(("name", "scopes"), [("", ("videos:read",)), ("a\nb", ("videos:read",)), ("x" * 61, ("videos:read",)), ("k", ()), ("k", ("admin",))])
def test_a_key_needs_a_name_and_scopes_that_there_are(keys: ApiKeys, name, scopes) -> None:
    with pytest.raises(InvalidInput):
        keys.create("jane", name, scopes)
