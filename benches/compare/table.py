"""The results as Markdown."""

import statistics


def heading(now, machine, options, versions):
    """When, where and what."""
    names = ", ".join(dict.fromkeys(version for version in versions if version))
    return f"{now:%Y-%m-%d}; {machine}; {names}; seed {options.seed}, {options.runs} runs each, in turns.\n"


def table(size, runs):
    """One size; the first tool is what the others are compared with."""
    lines = [
        f"**{size:,} speeches**\n",
        "| | median, s | fastest–slowest, s | ratio | processors, s | peak MB | files | MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    first = median(next(iter(runs.values())), "seconds")
    for name, results in runs.items():
        seconds = sorted(result.seconds for result in results)
        middle = statistics.median(seconds)
        lines.append(row([
            name,
            f"{middle:.2f}",
            f"{seconds[0]:.2f}–{seconds[-1]:.2f}",
            f"{middle / first:.2f}",
            f"{median(results, 'processor'):.2f}",
            f"{median(results, 'memory') / 1e6:.0f}",
            f"{results[-1].files:,}",
            f"{results[-1].bytes / 1e6:.1f}",
        ]))
    return "\n".join(lines) + "\n"


def median(results, field):
    return statistics.median(getattr(result, field) for result in results)


def row(cells):
    return f"| {' | '.join(cells)} |"
