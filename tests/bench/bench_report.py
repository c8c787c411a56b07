"""``make bench-report``: how long a report takes, phase by phase, beside pandoc → WeasyPrint on
the same Markdown. Three rounds of each, one after another; the fastest of each counts.

    python tests/bench/bench_report.py PANDOC
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 3
RESULTS = Path("results/reference")


def seconds(*command: str) -> tuple[float, str]:
    started = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - started, done.stdout


def main(pandoc: str) -> None:
    ours, again, theirs, phases = [], [], [], ""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(ROUNDS):
            build = folder / f"build-{number}"
            command = (sys.executable, "-m", "report", "build", "--timings")
            options = ("--results", str(RESULTS), "--build", str(build))
            duration, output = seconds(*command, *options)
            if not ours or duration < min(ours):
                phases = next(line for line in output.splitlines() if line.startswith("Fases"))
            ours.append(duration)
            again.append(seconds(*command, *options)[0])
            html, pdf = build / "pandoc.html", build / "pandoc.pdf"
            source = build / "informe.md"
            to_html, _ = seconds(pandoc, "-s", "-f", "gfm", str(source), "-o", str(html))
            to_pdf, _ = seconds(sys.executable, "-m", "weasyprint", "-q", str(html), str(pdf))
            theirs.append(to_html + to_pdf)
    print(phases)
    print(f"Informe completo, figuras incluidas: {min(ours):.2f} s; sin cambios: {min(again):.2f} s.")
    print(f"pandoc → WeasyPrint, mismo Markdown y figuras ya hechas: {min(theirs):.2f} s.")
    print(f"Razón: {min(ours) / min(theirs):.2f} (mejor de {ROUNDS} rondas de cada uno).")


if __name__ == "__main__":
    main(sys.argv[1])
