"""The upscaling job's entry point: one clip that is in storage, enlarged and interpolated, written beside it.

Environment: AIPROD_UPSCALE_SOURCE and AIPROD_UPSCALE_TARGET (addresses), AIPROD_UPSCALE_SHAPE (1080x1920),
AIPROD_UPSCALE_RATE (30, or 30000/1001; none: the clip's own), AIPROD_UPSCALE (the model, or lanczos),
AIPROD_UPSCALE_INTERPOLATION (the model that draws pictures in between, or motion for ffmpeg's search).
"""

import os
import sys


def main() -> int:
    """Enlarge it; 0 when all went well."""
    from gpu_jobs.endings import run_task

    return run_task(_enlarge)


def _enlarge() -> None:
    from aiprod.bootstrap import open_app
    from aiprod.visuals.enlarging.order import read_order, run_order

    order = read_order(os.environ)
    app = open_app(log_file=None)
    with app.machines.telling(app.owner, "upscale"), app.scratch.open("upscale") as folder:
        run_order(order, app.objects, app.registry, folder)


if __name__ == "__main__":
    sys.exit(main())
