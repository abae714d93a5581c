"""Makes the provider's schema anew, out of a wheel of the package cdktn-provider-google (MPL-2.0):

    pip download --no-deps cdktn-provider-google==21.1.0
    python -m tests.terraform.extraction cdktn_provider_google-21.1.0-py3-none-any.whl google-8.7.0.schema.json.gz

The package carries JavaScript that was generated from the provider's own schema, one folder for each resource. Each class
says of its attributes whether they are required, optional or computed; the table beside it says their types, and which of
them are blocks. Only this form is understood, nothing of JavaScript.
"""

import gzip
import io
import json
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCALARS = {"string": "string", "number": "number", "boolean": "bool", "any": "dynamic"}
COLLECTIONS = {"List": "list", "Map": "map"}
GETTERS = {
    "getStringAttribute": "string", "getNumberAttribute": "number", "getBooleanAttribute": "bool",
    "getNumberListAttribute": ["list", "number"], "getListAttribute": ["list", "string"],
    "getStringMapAttribute": ["map", "string"], "getBooleanMapAttribute": ["map", "bool"],
    "getNumberMapAttribute": ["map", "number"], "getAnyMapAttribute": ["map", "dynamic"],
}  # fmt: skip
KINDS = {"Resource": "resource_schemas", "DataSource": "data_source_schemas", "Provider": "provider"}

ROW = re.compile(
    r"^ +(\w+): \{\n +value: (.*),\n +isBlock: (true|false),\n +type: \"(\w+)\",\n +storageClassType: \"(\w+)\"", re.M
)
NOTE = re.compile(
    r"^    // (\w+) - computed: (true|false), optional: (true|false), required: (true|false).*\n((?:    (?!// \w+ - ).*\n){0,12})",
    re.M,
)
TABLE = re.compile(r"^function (\w+)ToHclTerraform\(struct\) \{\n(.*?)^\}", re.M | re.S)
REFERENCE = re.compile(r"^class (\w+)OutputReference extends .*?\{\n(.*?)^\}", re.M | re.S)
TOP = re.compile(r"^class \w+ extends cdktn\.Terraform(Resource|DataSource|Provider) \{\n(.*?)^\}", re.M | re.S)
SCRIPT = re.compile(r"package/lib/([\w-]+)/(?:[\w-]+/)*[\w-]+\.js")
TITLE = re.compile(r'static tfResourceType = "(\w+)"')
INNER = re.compile(r"(\w+)ToHclTerraform")

Schema = dict[str, Any]
Note = tuple[bool, bool, bool, str]
"""Computed, optional, required, and the code that reads the attribute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One resource's JavaScript: tables and notes by the name of the block that they are of."""

    tables: Mapping[str, str]
    notes: Mapping[str, Mapping[str, Note]]

    def block(self, table: str, notes: Mapping[str, Note], within: tuple[str, ...] = ()) -> Schema:
        """The schema of one block, with those inside of it; a block inside of itself is cut there."""
        attributes: Schema = {}
        blocks: Schema = {}
        for name, value, is_block, form, storage in ROW.findall(table):
            computed, optional, required, _ = notes.get(name, (False, True, False, ""))
            flags = {"computed": computed, "optional": optional, "required": required}
            inner = INNER.search(value)
            if inner is None or inner[1] not in self.tables:
                attributes[name] = {"type": _stored(storage, form), **flags}
                continue
            own = {} if inner[1] in within else self.notes.get(inner[1][0].upper() + inner[1][1:], {})
            content = self.block("" if inner[1] in within else self.tables[inner[1]], own, (*within, inner[1]))
            if is_block == "false":
                attributes[name] = {"type": _objects(content, form), **flags}
                continue
            nested: Schema = {"nesting_mode": {"set": "set", "struct": "single"}.get(form, "list"), "block": content}
            if form != "struct":
                nested |= {"min_items": 1} if required else {}
                nested |= {} if "listMapperHcl" in value else {"max_items": 1}
            blocks[name] = nested
        for name, (*_, getter) in notes.items():
            if name not in attributes and name not in blocks:
                type_ = self._got(name, getter)
                attributes[name] = {"type": type_, "computed": True, "optional": False, "required": False}
        return {"attributes": attributes, "block_types": blocks}

    def _got(self, name: str, getter: str) -> Any:
        """Type of a computed attribute, by how it is read."""
        made = re.search(rf"new (\w+?)(List|OutputReference)\(this, \"{name}\"(?:, (true|false))?", getter)
        if made and made[1] in self.notes:
            inner = {field: self._got(field, note[3]) for field, note in self.notes[made[1]].items()}
            return ["set" if made[3] == "true" else "list", ["object", inner]]
        for method, type_ in GETTERS.items():
            if f"{method}(" in getter:
                return ["set", "string"] if "Fn.tolist" in getter and method == "getListAttribute" else type_
        mapped = re.search(r"new cdktn\.(String|Boolean|Number|Any)Map\(", getter)
        return ["map", SCALARS[mapped[1].lower()]] if mapped else "dynamic"


def _stored(storage: str, form: str) -> Any:
    """Type of a plain attribute: "stringList" of the form "set" is a set of texts."""
    for ending, collection in COLLECTIONS.items():
        if storage.endswith(ending):
            inner = _stored(storage.removesuffix(ending), "list")
            return ["set" if form == "set" and collection == "list" else collection, inner]
    return SCALARS.get(storage, "dynamic")


def _objects(content: Schema, form: str) -> Any:
    """Type of an attribute that is written like a block."""
    fields = {name: attribute["type"] for name, attribute in content["attributes"].items()}
    fields |= dict.fromkeys(content["block_types"], "dynamic")
    return ["object", fields] if form == "struct" else [form if form in ("list", "set", "map") else "list", ["object", fields]]


def sources(wheel: Path) -> Iterator[str]:
    """The JavaScript of each folder of the package."""
    folders: dict[str, list[str]] = {}
    with zipfile.ZipFile(wheel) as archive:
        inside = next(name for name in archive.namelist() if name.endswith(".jsii.tgz"))
        with tarfile.open(fileobj=io.BytesIO(archive.read(inside))) as package:
            for member in package:
                if (place := SCRIPT.fullmatch(member.name)) and (file := package.extractfile(member)):
                    lines = file.read().decode().splitlines(keepends=True)
                    text = "".join(line for line in lines if not line.startswith("//# source"))
                    folders.setdefault(place[1], []).append(text)
    for texts in folders.values():
        yield "".join(texts)


def extract(wheel: Path) -> Schema:
    """The provider's whole schema."""
    schema: Schema = {"provider": {}, "resource_schemas": {}, "data_source_schemas": {}}
    for text in sources(wheel):
        top, title = TOP.search(text), TITLE.search(text)
        if top is None or title is None:
            continue
        source = Source(
            tables=dict(TABLE.findall(text)), notes={name: _notes(body) for name, body in REFERENCE.findall(text)}
        )
        block = source.block(top[2].partition("synthesizeHclAttributes()")[2], _notes(top[2]))
        if top[1] == "Provider":
            schema["provider"] = block
        else:
            schema[KINDS[top[1]]][title[1]] = block
    return schema


def _notes(body: str) -> dict[str, Note]:
    return {
        name: (computed == "true", optional == "true", required == "true", getter)
        for name, computed, optional, required, getter in NOTE.findall(body)
    }


def main(wheel: Path, target: Path) -> None:
    """Write the schema, compressed, the same bytes each time."""
    text = json.dumps(extract(wheel), separators=(",", ":"), sort_keys=True)
    target.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
