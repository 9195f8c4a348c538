"""Limits how often somebody may give a code that does not exist; in memory, for a bounded number of callers. Pure."""

from collections import OrderedDict, deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass
class FailureLimit:
    """Counts failures by caller within a time; who has too many is not served until some are past."""

    most: int = 10
    within: timedelta = timedelta(minutes=10)
    most_callers: int = 10_000
    _callers: "OrderedDict[Hashable, deque[datetime]]" = field(default_factory=OrderedDict)

    def is_reached(self, caller: Hashable, now: datetime) -> bool:
        """Returns whether that caller has failed too often."""
        failed = self._callers.get(caller)
        while failed and now - failed[0] > self.within:
            failed.popleft()
        return failed is not None and len(failed) >= self.most

    def count(self, caller: Hashable, now: datetime) -> None:
        """Counts one failure."""
        failed = self._callers.pop(caller, None) or deque(maxlen=self.most)
        failed.append(now)
        self._callers[caller] = failed
        if len(self._callers) > self.most_callers:
            self._callers.popitem(last=False)
