"""What a server of the benchmarks was asked and answered: every call, and how long people waited for a reply."""

from array import array
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.servers.rules import REPLIES_FROM

LANES = ("bulk", "replies")
OK = 200


class Ledger:
    """Kept in columns: a million calls are 18 MB."""

    def __init__(self) -> None:
        self._at = array("d")
        self._chats = array("q")
        self._states = array("h")
        self._waiting: defaultdict[int, deque[float]] = defaultdict(deque)
        self._waited = array("d")

    def note(self, now: float, chat: int, status: int) -> bool:
        """Notes one message and how it was answered; whether it was a reply that somebody waited for."""
        self._at.append(now)
        self._chats.append(chat)
        self._states.append(status)
        if status == OK and self._waiting.get(chat):
            self._waited.append(now - self._waiting[chat].popleft())
            return True
        return False

    def asked(self, now: float, chat: int) -> None:
        """Notes that somebody wrote and waits."""
        self._waiting[chat].append(now)

    def forget_waits(self) -> None:
        """Forgets whoever wrote before this."""
        self._waiting.clear()
        self._waited = array("d")

    def totals(self, now: float, *, expected: int, window: float) -> Mapping[str, Any]:
        """Returns each lane's figures. `lost`: of chats 1 to `expected`; `in_window`.

        Within `window` seconds of the first.
        """
        return {"now": now, "waits": self._waits(now)} | {lane: self._lane(lane, expected, window) for lane in LANES}

    def landed(self, first: int, last: int, since: float, until: float) -> Mapping[str, Any]:
        """Counts the chats `first` to `last` that have got something, and those between these moments."""
        times: defaultdict[int, list[float]] = defaultdict(list)
        for at, chat, status in zip(self._at, self._chats, self._states, strict=True):
            if status == OK and first <= chat <= last:
                times[chat].append(at)
        came = sorted(each for all_of_one in times.values() for each in all_of_one)
        return {
            "chats": len(times),
            "twice": len(came) - len(times),
            "within": sum(since <= min(each) <= until for each in times.values()),
            "after": sum(min(each) > until for each in times.values()),
            "first": came[0] if came else None,
            "last": came[-1] if came else None,
        }

    def _lane(self, lane: str, expected: int, window: float) -> Mapping[str, Any]:
        calls = [call for call in zip(self._at, self._chats, self._states, strict=True) if _lane_of(call[1]) == lane]
        taken = [(at, chat) for at, chat, status in calls if status == OK]
        reached = {chat for _, chat in taken}
        first = calls[0][0] if calls else 0.0
        return {
            "calls": len(calls),
            "ok": len(taken),
            "refused": len(calls) - len(taken),
            "chats": len(reached),
            "duplicates": len(taken) - len(reached),
            "lost": max(expected - len(reached), 0) if lane == "bulk" else 0,
            "span": taken[-1][0] - first if taken else 0.0,
            "in_window": sum(at <= first + window for at, _ in taken),
            "histogram": _histogram(calls, first),
        }

    def _waits(self, now: float) -> Mapping[str, Any]:
        """Returns seconds; who still waits counts with what they have waited so far."""
        open_ones = [now - since for waiting in self._waiting.values() for since in waiting]
        waits = sorted([*self._waited, *open_ones])
        return {
            "answered": len(self._waited),
            "unanswered": len(open_ones),
            "p50": _percentile(waits, 0.50),
            "p95": _percentile(waits, 0.95),
            "p99": _percentile(waits, 0.99),
            "longest": waits[-1] if waits else 0.0,
        }


def _lane_of(chat: int) -> str:
    return "replies" if chat >= REPLIES_FROM else "bulk"


def _histogram(calls: Sequence[tuple[float, int, int]], first: float) -> list[tuple[int, int]]:
    """Counts each second's calls, as (taken, refused)."""
    seconds: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for at, _, status in calls:
        seconds[int(at - first)][status != OK] += 1
    return [(seconds[each][0], seconds[each][1]) for each in range(max(seconds, default=-1) + 1)]


def _percentile(waits: Sequence[float], share: float) -> float:
    return waits[min(int(len(waits) * share), len(waits) - 1)] if waits else 0.0
