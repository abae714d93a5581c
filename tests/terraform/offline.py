"""Terraform without a network: the folder terraform/ with the stand-in provider.

    python -m tests.terraform.offline                      format, validate, test
    python -m tests.terraform.offline plan -help           any command of Terraform
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.terraform.provider import serving

TREE = Path(__file__).resolve().parents[2] / "terraform"
ABSENT = "the program terraform (1.11 or later) was not found"


def absent() -> str:
    """Why Terraform cannot be run here; "" when it can."""
    return "" if shutil.which("terraform") else ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Terraform:
    """A copy of the folder, initialised; every command runs in it."""

    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of Terraform."""
        return subprocess.run(
            ["terraform", *arguments], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=300,
        )  # fmt: skip


@contextmanager
def offline(scratch: Path) -> Iterator[Terraform]:
    """Terraform over a copy of the folder under `scratch`. Raises: RuntimeError, when it cannot be initialised."""
    folder = scratch / "terraform"
    shutil.copytree(TREE, folder, ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*"))
    with tempfile.TemporaryDirectory(prefix="aiprod-") as short, serving(Path(short), folder) as reattach:
        environment = {
            **os.environ, "TF_REATTACH_PROVIDERS": reattach, "TF_CLI_CONFIG_FILE": os.devnull,
            "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1",
            "GOGC": "400",  # the schema is large: a third of the time is its collector's
        }  # fmt: skip
        terraform = Terraform(folder=folder, environment=environment)
        ready = terraform.run("init", "-backend=false", "-input=false", "-no-color")
        if ready.returncode:
            raise RuntimeError(f"Expected terraform init to pass, found: {ready.stdout}{ready.stderr}")
        yield terraform


def main(arguments: Sequence[str]) -> int:
    """Run one command, or all that can be checked."""
    if absent():
        print(f"Not checked: {absent()}.", file=sys.stderr)
        return 3
    commands = [list(arguments)] if arguments else [["fmt", "-check", "-recursive", "-diff"], ["validate"], ["test"]]
    with tempfile.TemporaryDirectory(prefix="aiprod-") as scratch, offline(Path(scratch)) as terraform:
        for command in commands:
            done = terraform.run(*command)
            print(done.stdout, done.stderr, sep="", end="", flush=True)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
