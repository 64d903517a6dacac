"""Builds the same made-up archives with plenary and with other generators, in turns; see README.md."""

import argparse
import datetime
import os
import pathlib
import shutil
import sys

import machine
import measure
import table
from tools import tools

HERE = pathlib.Path(__file__).resolve().parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent.parent / "target")).resolve()
HELPERS = pathlib.Path(os.environ.get("HELPERS", TARGET / "release" / "examples"))


def arguments():
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, prog="run")
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10000], help="numbers of speeches")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--plenary", default=os.environ.get("PLENARY", str(TARGET / "release" / "plenary")))
    parser.add_argument("--zola", default=os.environ.get("ZOLA") or shutil.which("zola"))
    parser.add_argument("--only", help="some of plenary,zola,hugo,pagefind,floor")
    parser.add_argument("--work", type=pathlib.Path, default=TARGET / "compare-bench")
    return parser.parse_args()


def corpus(size, seed, form, folder):
    """Makes the archive for one generator, unless it is there from before."""
    if not (folder / ".made").exists():
        words = HERE / "node_modules" / "@node-rs" / "jieba" / "dict.txt"
        measure.program([HELPERS / "corpus", size, folder, "--for", form, "--seed", seed, "--words", words])
        (folder / ".made").touch()
    anchor = HERE / "anchors" / form
    if anchor.exists():
        shutil.copytree(anchor, folder, dirs_exist_ok=True)


def compare(size, options, chosen, fresh):
    """Measures one size: a list of runs for each tool, by its name."""
    sites = {}
    for form in sorted({tool.form for tool in chosen}):
        sites[form] = options.work / f"corpus-{size}-{options.seed}" / form
        corpus(size, options.seed, form, sites[form])
    fresh.mkdir(parents=True)
    runs = {tool.name: [] for tool in chosen}
    for number in range(options.runs):
        turn = number % len(chosen)
        for tool in chosen[turn:] + chosen[:turn]:
            out = fresh / f"{number}-{tool.key}"
            print(f"{size}: run {number + 1} of {options.runs}, {tool.name}", file=sys.stderr, flush=True)
            os.sync()
            result = tool.run(sites[tool.form], out)
            result.files, result.bytes = measure.size(out)
            runs[tool.name].append(result)
    return runs


def main():
    options = arguments()
    now = datetime.datetime.now()
    options.work.mkdir(parents=True, exist_ok=True)
    chosen = tools(options, HERE, HELPERS, options.work)
    print(table.heading(now, machine.described(options.work), options, [tool.version for tool in chosen]))
    for size in options.sizes:
        fresh = options.work / f"{now:%Y%m%d-%H%M%S}" / str(size)
        print(table.table(size, compare(size, options, chosen, fresh)), flush=True)
    print(f"The sites are left in {fresh.parent}: removing them slows the disk down for minutes.", file=sys.stderr)


if __name__ == "__main__":
    main()
