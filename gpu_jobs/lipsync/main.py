"""The lip-sync job's entry point: one clip that is in storage, its speaker's lips made to follow a sound, written beside it.

Environment: AIPROD_LIPSYNC_SOURCE, AIPROD_LIPSYNC_SOUND and AIPROD_LIPSYNC_TARGET (addresses), AIPROD_LIPSYNC_START
(seconds of the clip at which the sound begins; none: 0), AIPROD_LIPSYNC (the model, or nothing for musetalk).
"""

import os
import sys


def main() -> int:
    """Make the lips; 0 when all went well."""
    from gpu_jobs.endings import run_task

    return run_task(_sync)


def _sync() -> None:
    from aiprod.bootstrap import open_app
    from aiprod.visuals.lipsync.order import read_order, run_order

    order = read_order(os.environ)
    app = open_app(log_file=None)
    with app.machines.telling(app.owner, "lipsync"), app.scratch.open("lipsync") as folder:
        run_order(order, app.objects, app.registry, folder)


if __name__ == "__main__":
    sys.exit(main())
