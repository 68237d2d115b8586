"""What a command printed and how it ended."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that was run."""

    status: object
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return the JSON document it printed."""
        return json.loads(self.out)
