"""The programs that are measured: each builds the site of one archive into a folder that does not exist yet."""

import dataclasses
import re
import shutil
import subprocess
import sys
import typing

import measure


@dataclasses.dataclass
class Tool:
    """A row of the table: `run(site, out)` gives what it cost; `form` says for whom the archive is written."""

    key: str
    name: str
    form: str
    version: str
    run: typing.Callable


def tools(options, here, helpers, work):
    """All tools that are installed and asked for; plenary is always one of them."""
    wanted = options.only.split(",") if options.only else ["plenary", "zola", "hugo", "pagefind", "floor"]
    if unknown := set(wanted) - {"plenary", "zola", "hugo", "pagefind", "floor"}:
        sys.exit(f"unknown: {', '.join(sorted(unknown))}")
    found = [plenary(options.plenary)]
    if "zola" in wanted:
        command = [options.zola] if options.zola else ["node", here / "zola.cjs"]
        if starts(command):
            found.append(zola(command))
        else:
            print("Zola does not run here and is left out: npm's needs glibc 2.39 (--zola FILE).", file=sys.stderr)
    hugo_program = one(here, "venv/lib/python*/site-packages/hugo/binaries/hugo*")
    cache = work / "hugo-cache"
    if "hugo" in wanted:
        found.append(hugo(hugo_program, cache))
    if "pagefind" in wanted:
        found.append(pagefind(hugo_program, cache, one(here, "node_modules/@pagefind/*/bin/pagefind_extended")))
    if "floor" in wanted:
        found.append(floor(helpers / "floor"))
    return found


def plenary(program):
    """plenary with all that it does: search index, feeds, minified."""

    def run(site, out):
        return measure.program([program, "build", "--root", site, "--output", out])

    return Tool("plenary", "plenary", "plenary", version([program, "--version"]), run)


def zola(command):
    """Zola, minified, with a feed, without any search."""

    def run(site, out):
        return measure.program([*command, "--root", site, "build", "--output-dir", out])

    return Tool("zola", "Zola, no search", "zola", version([*command, "--version"]), run)


def hugo_build(program, cache, site, out):
    return measure.program(
        [program, "--source", site, "--destination", out, "--cacheDir", cache, "--noBuildLock", "--minify", "--quiet"]
    )


def hugo(program, cache):
    """Hugo, minified, with a feed, without any search."""

    def run(site, out):
        return hugo_build(program, cache, site, out)

    return Tool("hugo", "Hugo, no search", "hugo", version([program, "version"]), run)


def pagefind(hugo_program, cache, program):
    """Hugo as above, then Pagefind over its pages: time and work of both, memory of the larger."""

    def run(site, out):
        pages = hugo_build(hugo_program, cache, site, out)
        return pages.then(measure.program([program, "--site", out]))

    return Tool("pagefind", "Hugo, then Pagefind", "hugo", version([program, "--version"]), run)


def floor(program):
    """What the disk alone costs: the bytes of plenary's latest site, written from memory by two threads."""

    def run(_, out):
        latest = max(out.parent.glob("*-plenary"), key=lambda folder: folder.stat().st_ctime, default=None)
        if latest is None:
            sys.exit("the floor needs a site of plenary first")
        result = measure.program([program, latest, out, 2])
        return measure.Run(float(result.said.split()[0]), None, None)

    return Tool("floor", "the floor: plenary's bytes from memory, 2 threads", "plenary", "", run)


def one(folder, pattern):
    """The file that an npm or PyPI package has brought."""
    files = sorted(folder.glob(pattern))
    return files[0] if files else sys.exit(f"{folder}/{pattern} is missing")


def starts(command):
    """Whether a program can be run on this machine: npm's Zola needs a C library of its own age."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run([*command, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def version(command):
    """A program's name and number as it says them."""
    said = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout
    name, number = re.search(r"([A-Za-z_]+) v?(\d[\d.]*\d)", said).groups()
    return f"{name.removesuffix('_extended')} {number}"
