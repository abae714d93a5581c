"""A render task in a process of its own, to be killed: `python -m tests.hosted.video_child HOME URL BUCKET`."""

import sys
from pathlib import Path

from tests.hosted.video_server import VideoServer
from tests.unit.visuals.hosted.conftest import Studio


def main(home: str, url: str, bucket: str) -> None:
    studio = Studio(home=Path(home), server=VideoServer(url=url), bucket=bucket, timeout_seconds=30.0)
    renderer = studio.renderer()
    renderer.render(studio.shot(renderer), Path(home), lambda frames: None)


if __name__ == "__main__":
    main(*sys.argv[1:])
