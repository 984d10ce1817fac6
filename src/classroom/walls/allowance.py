"""How long something may take on a machine that others use too."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


# On a busy machine, what is kept from a processor may take this many times its limit.
BUSY = 5
# What was kept from a processor for this part of its limit did not fail by itself.
KEPT = 0.25


class Allowance:
    """How long something may take: seconds in which it had a processor, or did not want one.

    Parameters
    ----------
    seconds
        How long.
    waited
        Tells for how many seconds each of its processes was kept from a processor since it
        began.  Asked for when half of the time is over, and at its end.
    """

    def __init__(self, seconds: float, waited: Callable[[], dict[str, float]]) -> None:
        self._seconds = seconds
        self._waited = waited
        now = time.monotonic()
        self.until = now + seconds
        self._last = now + BUSY * seconds
        self._half: float | None = now + seconds / 2
        self._before: dict[str, float] = {}
        self._weight = 1.0
        self._kept = 0.0

    def left(self) -> float:
        """Give the seconds to the next time at which it is to be looked at."""
        until = self.until if self._half is None else min(self._half, self.until)
        return until - time.monotonic()

    def goes_on(self) -> bool:
        """Say, when that time has come, whether it may take longer."""
        now, waited = time.monotonic(), self._waited()
        first, self._half = self._half, None
        if first is not None and now < self.until:
            # The first half is not known, and taken to be as the second.
            self._before, self._weight = waited, 2.0
            return True
        more = self.give_back(waited)
        return now < self.until and more > self._seconds / 20

    def give_back(self, waited: Mapping[str, float]) -> float:
        """Add what processes were kept from a processor since the last time; return the seconds.

        What has ended cannot be asked any more: who runs one process after another gives
        back the time of each before it ends.
        """
        grown = [seconds - self._before.get(one, 0.0) for one, seconds in waited.items()]
        more = self._weight * max(grown, default=0.0)
        self._before, self._weight = {**self._before, **waited}, 1.0
        self._kept += more
        self.until = min(self.until + more, self._last)
        return more

    def end_in(self, seconds: float) -> None:
        """Let it take so much longer and no more."""
        self._half, self.until = None, time.monotonic() + seconds

    @property
    def kept_seconds(self) -> float:
        """For how long it was kept from a processor, as far as was asked."""
        return self._kept

    @property
    def kept(self) -> bool:
        """Whether it was kept from a processor for longer than could be given back."""
        return self._kept > KEPT * self._seconds and self.until >= self._last
