"""Values to JSON and back, by several threads too."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TWO_AT_ONCE = '''
import threading, time
from dataclasses import dataclass
from aiprod.encoding import from_fields, from_json

def slow():
    time.sleep(0.2)
    return int

@dataclass
class Inner:
    number: "slow()"

@dataclass
class Outer:
    inner: Inner
    inners: tuple[Inner, ...] = ()

found = []

def read(wait, how):
    time.sleep(wait)
    found.append(how())

fields = {"inner": {"number": 1}, "inners": [{"number": 2}]}
ways = [lambda: from_fields(Outer, fields), lambda: from_json(Outer, '{"inner": {"number": 1}, "inners": [{"number": 2}]}')]
threads = [threading.Thread(target=read, args=(0.05 * number, ways[number % 2])) for number in range(5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert found == [Outer(Inner(1), (Inner(2),))] * 5
'''


def test_threads_that_read_a_type_for_the_first_time_at_once_all_get_their_values() -> None:
    run = subprocess.run([sys.executable, "-c", TWO_AT_ONCE], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
