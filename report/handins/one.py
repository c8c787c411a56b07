"""One document among many, in a process of its own: ``python -m report.handins.one verify FILE RESULTS…``
prints its row as JSON."""

import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as in ``report.__main__``

from experiments.terminal.orders import as_typed
from report.handins.row import Row, State

MEMORY = 4 * 2**30  # bytes of addresses, where the system can limit them


def examine(verb: str, path: Path, results: Sequence[Path]) -> Row:
    """What ``verify`` or ``audit`` finds, which compares with ``results``, too; what carries no data of its
    own is audited by either."""
    from experiments.records.base import RecordError
    from report.audit.blocks import UnreadableError
    from report.errors import RenderError
    from report.proof.carried.opening import FileError
    from report.proof.carried.unpacking import NothingCarriedError

    try:
        if verb == "verify" and path.suffix.lower() == ".pdf":
            with suppress(NothingCarriedError):
                return _verified(path, results)
        return _audited(path, results)
    except (FileError, UnreadableError, RecordError, RenderError) as error:
        return Row(str(path), State.UNKNOWN, reason=as_typed(str(error).removeprefix(f"{path}: ")))


def _verified(path: Path, results: Sequence[Path]) -> Row:
    from report.proof.carried.opening import read_pdf
    from report.proof.checks.outcome import as_lines
    from report.proof.checks.verification import verify

    outcome = verify(read_pdf(path), *results)
    state = State.DIFFERENT if outcome.differences else State.PROVEN if outcome.proven else State.UNKNOWN
    reason = f"hecho con otra versión: {outcome.remedy}" if state is State.UNKNOWN else ""
    row = Row(
        *(str(path), state, outcome.counts.read, outcome.counts.matched, len(outcome.differences)),
        told=tuple(as_lines(outcome)),
        reason=reason,
    )
    if (carried := outcome.carried) is None:
        return row
    return replace(row, origin=carried.origin, seeds=carried.seeds, digest=carried.digest)


def _audited(path: Path, results: Sequence[Path]) -> Row:
    from report.audit.auditing import audit
    from report.audit.output import to_text, unchecked

    found = audit(path, *results)
    counts = found.counts
    state = State.CLEAN if found.is_clean else State.CONTRADICTED
    nothing = found.is_clean and found.coverage.is_nothing
    checked = counts["verificados"] + counts["contradichos"]
    return Row(
        *(str(path), State.UNKNOWN if nothing else state, counts["leidos"], checked),
        *(counts["contradichos"], counts["sin_respaldo"]),
        told=tuple(line for line in to_text(found).splitlines() if line.strip()),
        reason=unchecked(found).removeprefix(f"{path}: ") if nothing else "",
    )


def _limit_itself() -> None:
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = [limit for limit in (soft, hard, MEMORY) if limit != resource.RLIM_INFINITY]
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (min(allowed), hard))


def main(arguments: list[str]) -> None:
    verb, path, *results = arguments
    _limit_itself()
    row = examine(verb, Path(path), [Path(each) for each in results])
    sys.stdout.buffer.write(json.dumps(row.to_json(), allow_nan=False).encode())


if __name__ == "__main__":
    main(sys.argv[1:])
