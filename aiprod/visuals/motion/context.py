"""Opening an OpenGL context without a screen: Mesa's software rasteriser through EGL.

Knows what must be set before the driver loads and how to say that there is none. Knows nothing of what is drawn.
"""

import ctypes
import importlib.util
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import moderngl

from aiprod.errors import EngineMissing

PACKAGES = "libegl1 libegl-mesa0 libgl1-mesa-dri"


def open_context() -> moderngl.Context:
    """A fresh off-screen context of this process, drawing in this thread alone.

    Raises: EngineMissing.
    """
    # One process a core beats threads in the rasteriser, and the driver reads these only once, when it loads.
    os.environ.setdefault("LP_NUM_THREADS", "0")
    os.environ.setdefault("EGL_PLATFORM", "surfaceless")
    _load_triton()
    create: Callable[..., moderngl.Context] = (
        moderngl.create_context
    )  # its own types do not know the back ends' options
    try:
        context = create(standalone=True, backend="egl", require=330)
    except Exception as error:  # the driver's loader raises bare Exception
        raise EngineMissing(
            f"The motion renderer expected OpenGL 3.3 through EGL and found none ({_first_line(error)}); "
            f"on Debian or Ubuntu: apt-get install {PACKAGES}."
        ) from error
    # What Python drops waits in the context until `Gpu.collect`: freed at once, it might free what another context has
    # under the same number.
    context.gc_mode = "context_gc"
    return context


def _load_triton() -> None:
    """Load torch's kernel compiler, where torch brought one, before Mesa loads its own.

    Each carries an LLVM. Whoever imports triton after Mesa's has come dies of a segmentation fault, and models import it
    unasked, through torch's compiler; loaded first, both live. It costs 0.2 s and 60 MB a process.
    """
    triton = importlib.util.find_spec("triton")
    if triton and triton.origin:
        with suppress(OSError):  # what cannot be loaded now will kill nobody later
            ctypes.CDLL(str(Path(triton.origin).parent / "_C" / "libtriton.so"))


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0] or type(error).__name__
