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
    first = statistics.median(result.seconds for result in next(iter(runs.values())))
    for name, results in runs.items():
        seconds = sorted(result.seconds for result in results)
        middle = statistics.median(seconds)
        lines.append(row([
            name,
            f"{middle:.2f}",
            f"{seconds[0]:.2f}–{seconds[-1]:.2f}",
            f"{middle / first:.2f}",
            median(results, "processor", "{:.2f}"),
            median(results, "memory", "{:.0f}", 1e6),
            f"{results[-1].files:,}",
            f"{results[-1].bytes / 1e6:.1f}",
        ]))
    return "\n".join(lines) + "\n"


def median(results, field, form, unit=1):
    values = [getattr(result, field) for result in results]
    return "–" if None in values else form.format(statistics.median(values) / unit)


def row(cells):
    return f"| {' | '.join(cells)} |"
