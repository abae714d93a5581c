"""A stand-in for Terraform's provider of Google Cloud: it tells the real one's schema and knows no cloud.

Terraform speaks gRPC with a provider (its plugin protocol, version 6). To validate a folder, and to test it with
`mock_provider`, it asks for the schema and whether each block is well; nothing is planned or applied by the provider. So
the schema is the only message with content here, and it is written as protocol-buffer bytes directly: the classes for
them are published for an older protobuf than Google's clients need.

Knows names, types, which arguments are required and how blocks nest. Does not know values (regions, enumerations,
patterns) nor which arguments exclude each other: a real plan is still needed before anything is applied.
"""

import gzip
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent import futures
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).with_name("google-8.7.0.schema.json.gz")
SOURCE = "hashicorp/google"
PROTOCOL = 6
NESTINGS = {"single": 1, "list": 2, "set": 3, "map": 4}

CHECKS = ("ValidateProviderConfig", "ValidateResourceConfig", "ValidateDataResourceConfig", "ConfigureProvider", "StopProvider")
"""Calls whose empty answer means that all is well."""

Block = Mapping[str, Any]


# --- protocol-buffer bytes -----------------------------------------------------------------------------------------


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(field: int, value: int) -> bytes:
    """A number or a truth; nothing for 0, as the format has it."""
    return _varint(field << 3) + _varint(value) if value else b""


def _content(field: int, value: bytes) -> bytes:
    """Text, bytes or a message inside."""
    return _varint(field << 3 | 2) + _varint(len(value)) + value


# --- the schema as a message ---------------------------------------------------------------------------------------


def _attribute(name: str, attribute: Block) -> bytes:
    required, optional, computed = (bool(attribute[word]) for word in ("required", "optional", "computed"))
    return b"".join((
        _content(1, name.encode()),
        _content(2, json.dumps(attribute["type"]).encode()),
        _number(4, required),
        _number(5, not required and (optional or not computed)),
        _number(6, not required and computed),
    ))  # fmt: skip


def _nested(name: str, nested: Block) -> bytes:
    return b"".join((
        _content(1, name.encode()),
        _content(2, _block(nested["block"])),
        _number(3, NESTINGS[nested["nesting_mode"]]),
        _number(4, nested.get("min_items", 0)),
        _number(5, nested.get("max_items", 0)),
    ))  # fmt: skip


def _block(block: Block) -> bytes:
    attributes = (_content(2, _attribute(name, attribute)) for name, attribute in block["attributes"].items())
    nested = (_content(3, _nested(name, inner)) for name, inner in block["block_types"].items())
    return b"".join((*attributes, *nested))


def _schema(block: Block) -> bytes:
    return _content(2, _block(block))


def read_schema(tree: Path) -> Mapping[str, Any]:
    """The provider's schema (provider, resource_schemas, data_source_schemas) of what a tree names: Terraform is the
    quicker for every kind that it is not told of."""
    schema = json.loads(gzip.decompress(SCHEMA.read_bytes()))
    text = "\n".join(path.read_text() for path in tree.rglob("*.tf"))
    for kind, word in (("resource_schemas", "resource"), ("data_source_schemas", "data")):
        named = set(re.findall(rf'^{word}\s+"(\w+)"', text, re.MULTILINE))
        schema[kind] = {name: block for name, block in schema[kind].items() if name in named}
    return dict(schema)


def schema_message(schema: Mapping[str, Any]) -> bytes:
    """The answer to GetProviderSchema."""
    kinds = ((2, "resource_schemas"), (3, "data_source_schemas"))
    entries = (
        _content(field, _content(1, name.encode()) + _content(2, _schema(block)))
        for field, kind in kinds
        for name, block in schema[kind].items()
    )
    return b"".join((_content(1, _schema(schema["provider"])), *entries))


# --- the server ----------------------------------------------------------------------------------------------------


@contextmanager
def serving(folder: Path, tree: Path) -> Iterator[str]:
    """Serve the schema of what a tree names while the block lasts; gives what Terraform wants to find in TF_REATTACH_PROVIDERS."""
    import grpc

    def answers(answer: bytes) -> Callable[[bytes, grpc.ServicerContext], bytes]:
        return lambda request, context: answer

    def silence(request: bytes, context: grpc.ServicerContext) -> Iterator[bytes]:
        return iter(())

    told = {"GetProviderSchema": schema_message(read_schema(tree)), **dict.fromkeys(CHECKS, b"")}
    provider = {name: grpc.unary_unary_rpc_method_handler(answers(answer)) for name, answer in told.items()}
    server = grpc.server(futures.ThreadPoolExecutor(4), options=[("grpc.max_send_message_length", -1)])
    server.add_generic_rpc_handlers((
        grpc.method_handlers_generic_handler(f"tfplugin{PROTOCOL}.Provider", provider),
        grpc.method_handlers_generic_handler(
            "plugin.GRPCController", {"Shutdown": grpc.unary_unary_rpc_method_handler(answers(b""))}
        ),
        grpc.method_handlers_generic_handler(
            "plugin.GRPCStdio", {"StreamStdio": grpc.unary_stream_rpc_method_handler(silence)}
        ),
    ))  # fmt: skip
    socket = folder / "provider.sock"
    server.add_insecure_port(f"unix://{socket}")
    server.start()
    place = {
        "Protocol": "grpc", "ProtocolVersion": PROTOCOL, "Pid": os.getpid(), "Test": True,
        "Addr": {"Network": "unix", "String": str(socket)},
    }  # fmt: skip
    try:
        yield json.dumps({SOURCE: place})
    finally:
        server.stop(grace=None).wait()
