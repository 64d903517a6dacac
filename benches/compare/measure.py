"""Runs a program and says what it cost."""

import dataclasses
import os
import subprocess
import sys
import time


@dataclasses.dataclass
class Run:
    """What one run cost: seconds, seconds of all processors, highest resident bytes, both None where they tell
    nothing; what the program said; and what it wrote."""

    seconds: float
    processor: float | None
    memory: int | None
    said: str = ""
    files: int = 0
    bytes: int = 0

    def then(self, other):
        """Both one after the other."""
        return Run(
            self.seconds + other.seconds,
            self.processor + other.processor,
            max(self.memory, other.memory),
        )


def program(command, folder=None):
    """The whole process, from its start to its end, as the kernel counts it."""
    command = [str(part) for part in command]
    begin = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {child.returncode}\n{said[-4000:]}")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, said)


def size(folder):
    """The number of files below a folder, and their bytes."""
    files = [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names]
    return len(files), sum(os.path.getsize(file) for file in files)
