"""Small files of JSON that carry a digest of their own content, so that damage shows."""

import hashlib
import json
from pathlib import Path
from typing import Any, Self

from experiments.records.base import Strict
from experiments.records.files import write_atomically

DIGEST = "digest"


class Sealed(Strict):
    """What such a file holds."""

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """None if there is none, or if it is not as it was written."""
        try:
            content = json.loads(path.read_bytes())
            digest = content.pop(DIGEST)
            found = cls.model_validate(content)
        # whatever is wrong with bytes that nobody vouches for: no JSON, no object, no digest, other names
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return found if digest == _digest(content) else None

    def write(self, path: Path) -> None:
        content = self.model_dump(mode="json")
        text = json.dumps(content | {DIGEST: _digest(content)}, indent=1, allow_nan=False)
        write_atomically(path, text.encode())


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, allow_nan=False).encode()).hexdigest()
