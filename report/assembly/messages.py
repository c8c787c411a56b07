"""What the three processes tell one another: one class for each message.

            Draw, NoMoreDrawings                TypesetPage, Attach
    drawing <──────────────────── writing ────────────────────> typesetting
       │    ────────────────────>         <────────────────────      ^
       │           Drawn                    LaidOut, Printed         │
       └─────────────────────────────────────────────────────────────┘
                          Available, NoMoreDrawings

Instead of an answer, either of the two may say ``Failed``, and is then no more.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what draws needs nothing of the PDF
    from report.pdf.layout import Attachment, Piece


class Message:
    """One of those below."""


@dataclass(frozen=True)
class Draw(Message):
    """Draw ``file`` from ``data``, or copy it from ``earlier``, which was drawn from the same.
    Answered by ``Drawn``."""

    file: Path
    data: Any
    earlier: Path | None


@dataclass(frozen=True)
class Drawn(Message):
    """``labels`` are the texts inside ``file``, of a copy none."""

    file: Path
    labels: list[str]


@dataclass(frozen=True)
class Available(Message):
    """``file`` is there, whole: the page that shows it need not wait any more."""

    file: Path


@dataclass(frozen=True)
class NoMoreDrawings(Message):
    """All that will ever be in ``folder`` has been asked for or, passed on, is there. Not answered."""

    folder: Path


@dataclass(frozen=True)
class TypesetPage(Message):
    """Lay out ``html``, whose images lie in ``folder``, and print it as of the date ``created``.
    Answered by ``LaidOut`` and then, once ``Attach`` has come as well, by ``Printed``."""

    html: str
    folder: Path
    created: datetime


@dataclass(frozen=True)
class LaidOut(Message):
    """What stands on which page, and the versions of the native libraries that decided it."""

    pieces: list["Piece"]
    native_libraries: dict[str, str]


@dataclass(frozen=True)
class Attach(Message):
    """The files that travel inside the PDF of the page that was laid out."""

    files: list["Attachment"]


@dataclass(frozen=True)
class Printed(Message):
    """The finished file."""

    pdf: bytes


@dataclass(frozen=True)
class Failed(Message):
    """What ended the work."""

    error: BaseException
