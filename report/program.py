"""Which program writes a document: the digests of its code and templates, and the versions of the
libraries that decide the bytes. Reads bytes only."""

import hashlib
import importlib.metadata
import platform
import zlib

from report.freshness import LIBRARIES, ROOT, Digests, digest_of

# What only looks at a finished document, or at the command line: it may change, and a document
# written before can still be verified.
LOOKERS = (
    "__main__",
    "check_pdf",
    "check_text",
    "freshness",
    "native",
    "outcome",
    "pdf_parts",
    "pdf_reading",
    "status",
    "verify",
)


def sources() -> Digests:
    """Digest of each template and of each module that has a part in the document."""
    modules = [path for path in (ROOT / "report").glob("*.py") if path.stem not in LOOKERS]
    modules += [*(ROOT / "report" / "findings").glob("*.py"), *(ROOT / "report" / "figures").glob("*.py")]
    modules += (ROOT / "experiments" / "records").glob("*.py")
    templates = [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".j2", ".css")]
    return {path.relative_to(ROOT).as_posix(): digest_of(path) for path in sorted(modules + templates)}


def sources_digest() -> str:
    """SHA-256 of all of them."""
    listed = "\n".join(f"{name} {digest}" for name, digest in sources().items())
    return hashlib.sha256(listed.encode()).hexdigest()


def libraries() -> dict[str, str]:
    found = {name: importlib.metadata.version(name) for name in LIBRARIES}
    return found | {"Python": platform.python_version()}


def native_libraries() -> dict[str, str]:
    """Versions of what the system brings, as WeasyPrint finds it."""
    from weasyprint.text.ffi import harfbuzz, pango

    number = pango.pango_version()
    return {
        "Pango": f"{number // 10_000}.{number // 100 % 100}.{number % 100}",
        "HarfBuzz": _harfbuzz_version(harfbuzz.hb_version_atleast),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def _harfbuzz_version(at_least: object) -> str:
    """WeasyPrint only gives access to the question whether it is at least some version."""
    assert callable(at_least)
    version = [0, 0, 0]
    for place in range(len(version)):
        following = version.copy()
        following[place] += 1
        while at_least(*following):
            version[place] += 1
            following[place] += 1
    return ".".join(map(str, version))
