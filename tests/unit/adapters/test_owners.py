"""Who is certainly gone: nobody who lives, whatever this machine is short of."""

import subprocess
import sys

from aiprod.adapters.embedded.owners import is_gone, process_name

WITHOUT_FILES = """
import resource, sys
from aiprod.adapters.embedded.owners import is_gone, process_name
from aiprod.errors import Unavailable
resource.setrlimit(resource.RLIMIT_NOFILE, (3, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
print(is_gone(sys.argv[1]))
try:
    process_name()
except Unavailable as error:
    print(error)
"""


def test_a_process_is_gone_when_it_has_ended_and_when_it_had_before_it_was_named() -> None:
    child = subprocess.Popen(["sleep", "60"])
    named = process_name(child.pid)
    assert not is_gone(named)
    child.kill()
    child.wait()
    assert is_gone(named)
    assert is_gone(process_name(child.pid))


def test_nobody_is_taken_for_gone_where_no_file_can_be_opened() -> None:
    answer = subprocess.run([sys.executable, "-c", WITHOUT_FILES, process_name()], capture_output=True, text=True, check=True)
    gone, reason = answer.stdout.splitlines()
    assert gone == "False"
    assert "Too many open files" in reason


def test_who_is_no_process_of_this_machine_is_not_known_to_be_gone() -> None:
    boot, pid, started = process_name().split(":")
    assert not is_gone("projects/p/jobs/render/executions/x/0")
    assert not is_gone(f"{boot}:{pid}")
    assert is_gone(f"another-boot:{pid}:{started}")
