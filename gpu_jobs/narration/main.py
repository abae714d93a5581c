"""The narration job's entry point: one script spoken by the narration stage, on a machine with a GPU.

Environment: AIPROD_NARRATION (the script's address), AIPROD_VOICE_DEVICE (cuda), AIPROD_NARRATION_JOB (false: this is it).
"""

import os
import sys


def main() -> int:
    """Speak it; 0 when the stage has decided, what can be tried again is raised and the task started again."""
    from aiprod.bootstrap import open_app
    from aiprod.events import ObjectFinalized

    app = open_app(log_file=None)
    with app.machines.telling(app.owner, "narration"):
        app.deliveries.deliver("narration", ObjectFinalized(address=os.environ["AIPROD_NARRATION"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
