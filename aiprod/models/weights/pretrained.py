"""Networks that a library of Hugging Face loads from a folder, because it renames old keys itself: whole, or refused.

Knows transformers' and diffusers' way of loading, and no network.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from aiprod.errors import WeightsBroken

MOST_NAMED = 4


def load_pretrained(kind: Any, folder: Path, what: str, *, unread: Collection[str] = (), **options: object) -> Any:
    """The network of that class, ready to be asked; `what` is its name for people, `unread` are keys that nothing reads, so
    that they need not be right. Raises: WeightsBroken."""
    from safetensors import SafetensorError

    try:
        # The libraries refuse keys of another shape without naming them: they are asked to go on and to say which they were.
        network, facts = kind.from_pretrained(
            folder, use_safetensors=True, local_files_only=True, output_loading_info=True, ignore_mismatched_sizes=True, **options
        )
    except (OSError, ValueError, RuntimeError, SafetensorError) as error:
        raise WeightsBroken(f"Expected {what} in {folder}, found something else ({_reason(error)}): fetch it again.") from error
    for fault in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        found = {key[0] if isinstance(key, tuple) else str(key) for key in facts.get(fault) or ()}
        if keys := sorted(found - {*unread}):
            raise WeightsBroken(
                f"Expected {what} in {folder}, found {fault.replace('_', ' ')} {', '.join(keys[:MOST_NAMED])}: fetch the model's "
                "own release."
            )
    return network.eval().requires_grad_(requires_grad=False)


def _reason(error: Exception) -> str:
    """What the library said, in one line and without its full stop."""
    return " ".join(str(error).split()).rstrip(".")
