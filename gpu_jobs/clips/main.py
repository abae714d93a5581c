"""The render job's entry point: one task of a Cloud Run job, or a child process of a worker.

Environment: AIPROD_SUBSCRIPTION names the queue to serve (render-cpu, which it is where nothing is said, render-gpu or render-api).
"""

import os
import signal
import sys

os.environ.setdefault("LP_NUM_THREADS", "0")  # llvmpipe reads it once, when it is loaded: one process a core


def main() -> int:
    """Render until the queue is idle; 0 when all went well."""
    from gpu_jobs.endings import run_task

    return run_task(_render)


def _render() -> None:
    from aiprod.bootstrap import open_app
    from aiprod.errors import InvalidSetting
    from aiprod.subscriptions import RENDER_QUEUES

    queue = os.environ.get("AIPROD_SUBSCRIPTION", "render-cpu")
    if queue not in RENDER_QUEUES:
        raise InvalidSetting(f"Expected a queue among {', '.join(RENDER_QUEUES)} in AIPROD_SUBSCRIPTION, found {queue!r}.")
    app = open_app(log_file=None)
    job = app.render_job()
    signal.signal(signal.SIGTERM, lambda *_: job.stopping.set())
    with app.machines.telling(app.owner, queue):
        job.run(queue)


if __name__ == "__main__":
    sys.exit(main())
