"""The machine on which is measured, in one line."""

import os
import platform
import re
import subprocess


def described(folder):
    """Processor, cores, memory, system, and the file system of a folder."""
    facts = open("/proc/cpuinfo", encoding="utf-8").read()
    model = re.search(r"^model name\s*:\s*(.+)$", facts, re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    files = subprocess.run(
        ["findmnt", "--noheadings", "--output", "FSTYPE", "--target", str(folder)], capture_output=True, text=True, check=True
    ).stdout.strip()
    return ", ".join([
        model.group(1) if model else platform.machine(),
        f"{len(os.sched_getaffinity(0))} cores",
        f"{memory / 1e9:.0f} GB",
        f"Linux {platform.release()}",
        files,
    ])
