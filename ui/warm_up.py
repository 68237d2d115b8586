"""Keep Streamlit's garbage collection cheap once the app is warm.

Streamlit runs a full ``gc.collect()`` after every script run. Imported modules and the loaded
register are hundreds of thousands of objects that will never be garbage; walking them each time
costs more than the page itself. ``gc.freeze()`` takes what exists now out of that walk, once.
Reference counting still frees frozen objects; only a frozen *cycle* that dies later stays, which
is why this happens once, when the app is warm, and not again.
"""

from __future__ import annotations

import gc
import threading


def freeze_garbage() -> int:
    """Collect once, then take every living object out of later collections.

    Returns
    -------
    int
        How many objects are frozen.
    """
    gc.collect()
    gc.freeze()
    return gc.get_freeze_count()


class FreezeWhenWarm:
    """Freezes after the first few script runs, when pages, caches and lazy imports are there.

    Parameters
    ----------
    runs : int
        Script runs that must have finished.
    """

    def __init__(self, runs: int = 3) -> None:
        self._left = runs
        self._lock = threading.Lock()

    def run_finished(self) -> bool:
        """Count one finished script run; return whether this one froze."""
        with self._lock:
            self._left -= 1
            if self._left != 0:
                return False
        freeze_garbage()
        return True
