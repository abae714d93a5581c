"""The renderer's GLSL programs, one file a stage (`NAME.vert`, `NAME.frag`), and how their text is put together.

Knows `#include "FILE"` (GLSL has none) and `#define`s given by name. Knows no context: `gpu.py` compiles.
"""

from functools import cache
from importlib import resources

_HEADER = "#version 330\n"


def shader_source(file: str, defines: tuple[str, ...] = ()) -> str:
    """Whole text of a shader file, its includes pasted in; `defines` are names set to 1."""
    return _HEADER + "".join(f"#define {name} 1\n" for name in defines) + _expanded(file)


@cache
def _expanded(file: str) -> str:
    text = resources.files(__name__).joinpath(file).read_text(encoding="utf-8")
    lines = []
    for line in text.splitlines():
        if line.startswith("#include "):
            lines.append(_expanded(line.removeprefix("#include ").strip('" ')))
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"
