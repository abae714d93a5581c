"""The render job's entry point: one task of a Cloud Run job, or a child process of a worker.

Environment: AIPROD_SUBSCRIPTION names the queue to serve (render-cpu or render-gpu).
"""

import os
import signal
import sys

os.environ.setdefault("LP_NUM_THREADS", "0")  # llvmpipe reads it once, when it is loaded: one process a core


def main() -> int:
    """Render until the queue is idle; 0 when all went well."""
    from aiprod.bootstrap import open_app

    app = open_app(log_file=None)
    job = app.render_job()
    signal.signal(signal.SIGTERM, lambda *_: job.stopping.set())
    queue = os.environ.get("AIPROD_SUBSCRIPTION", "render-cpu")
    with app.machines.telling(app.owner, queue):
        job.run(queue)
    return 0


if __name__ == "__main__":
    sys.exit(main())
