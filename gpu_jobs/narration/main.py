"""The narration job's entry point: one script spoken by the narration stage, on a machine with a GPU.

Environment: AIPROD_NARRATION (the script's address), AIPROD_VOICE_DEVICE (cuda), AIPROD_NARRATION_JOB (false: this is it).
"""

import os
import re
import sys


def main() -> int:
    """Speak it; 0 when the stage has decided, another code where it can be tried again and the task is to be started again."""
    from gpu_jobs.endings import run_task

    return run_task(_speak)


def _speak() -> None:
    from aiprod.bootstrap import open_app
    from aiprod.errors import InvalidSetting
    from aiprod.events import ObjectFinalized

    script = os.environ.get("AIPROD_NARRATION", "")
    if not re.fullmatch(r"scripts/[^/]+/\d+\.json", script):
        raise InvalidSetting(f"Expected a script's address, scripts/VIDEO/REVISION.json, in AIPROD_NARRATION, found {script!r}.")
    app = open_app(log_file=None)
    with app.machines.telling(app.owner, "narration"):
        app.deliveries.deliver("narration", ObjectFinalized(address=script))


if __name__ == "__main__":
    sys.exit(main())
