"""The provider's schema: how it is read out of the package that carries it, and what is served of it."""

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

from tests.terraform.extraction import main
from tests.terraform.offline import TREE
from tests.terraform.provider import read_schema, schema_message

SCRIPT = """
class ShelfBookOutputReference extends cdktn.ComplexObject {
    // title - computed: false, optional: false, required: true
    _title;
    get title() {
        return this.getStringAttribute('title');
    }
    // pages - computed: true, optional: true, required: false
    _pages;
    get pages() {
        return this.getNumberAttribute('pages');
    }
}
function shelfBookToHclTerraform(struct) {
    const attrs = {
        title: {
            value: cdktn.stringToHclTerraform(struct.title),
            isBlock: false,
            type: "simple",
            storageClassType: "string",
        },
        pages: {
            value: cdktn.numberToHclTerraform(struct.pages),
            isBlock: false,
            type: "simple",
            storageClassType: "number",
        },
    };
}
class Shelf extends cdktn.TerraformResource {
    static tfResourceType = "google_shelf";
    // book - computed: false, optional: false, required: true
    _book = new ShelfBookList(this, "book", false);
    // owners - computed: false, optional: true, required: false
    _owners;
    // etag - computed: true, optional: false, required: false
    get etag() {
        return this.getStringAttribute('etag');
    }
    synthesizeHclAttributes() {
        const attrs = {
            book: {
                value: cdktn.listMapperHcl(shelfBookToHclTerraform, true)(this._book.internalValue),
                isBlock: true,
                type: "list",
                storageClassType: "ShelfBookList",
            },
            owners: {
                value: cdktn.listMapperHcl(cdktn.stringToHclTerraform, false)(this._owners),
                isBlock: false,
                type: "set",
                storageClassType: "stringList",
            },
        };
    }
}
"""


def wheel(folder: Path) -> Path:
    """A package with one resource."""
    package = io.BytesIO()
    with tarfile.open(fileobj=package, mode="w:gz") as archive:
        member = tarfile.TarInfo("package/lib/shelf/index.js")
        member.size = len(SCRIPT.encode())
        archive.addfile(member, io.BytesIO(SCRIPT.encode()))
    path = folder / "package.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("somewhere/provider.jsii.tgz", package.getvalue())
    return path


def test_a_resource_is_read_with_its_blocks_types_and_duties(tmp_path: Path) -> None:
    main(wheel(tmp_path), tmp_path / "schema.gz")
    schema = json.loads(gzip.decompress((tmp_path / "schema.gz").read_bytes()))
    given = {"computed": False, "optional": False, "required": True}
    assert schema["resource_schemas"]["google_shelf"] == {
        "attributes": {
            "owners": {"type": ["set", "string"], "computed": False, "optional": True, "required": False},
            "etag": {"type": "string", "computed": True, "optional": False, "required": False},
        },
        "block_types": {
            "book": {
                "nesting_mode": "list",
                "min_items": 1,
                "block": {
                    "attributes": {
                        "title": {"type": "string", **given},
                        "pages": {"type": "number", "computed": True, "optional": True, "required": False},
                    },
                    "block_types": {},
                },
            }
        },
    }


def test_only_what_the_tree_names_is_served() -> None:
    schema = read_schema(TREE)
    assert {"google_cloud_run_v2_service", "google_firestore_index"} <= set(schema["resource_schemas"])
    assert set(schema["data_source_schemas"]) == {"google_project", "google_storage_project_service_account"}
    assert len(schema["resource_schemas"]) < 60
    assert b"google_cloud_run_v2_job" in schema_message(schema)
