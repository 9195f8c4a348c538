"""Live changes for the rehearsal's page, as server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from rehearsal.page.page_views import chat_json, clock_json, person_json, sessions_json
from rehearsal.telegram.records import Json
from rehearsal.world import Rehearsal

_HEARTBEAT_SECONDS = 5.0
# What happens within this time reaches the page together: 500 calls a second are ten events, not 500.
_TOGETHER_SECONDS = 0.1


@dataclass(eq=False)
class _Viewer:
    """One open page: what it has not been told yet, and the people as it was told."""

    news: asyncio.Event = field(default_factory=asyncio.Event)
    chats: set[int] = field(default_factory=set)
    answered: set[int] = field(default_factory=set)
    toasts: list[Json] = field(default_factory=list)
    people: list[Json] = field(default_factory=list)
    programme: Json = field(default_factory=dict)


class Live:
    """Hears every change of the rehearsal and tells every open page."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.busy: str | None = None
        self._rehearsal = rehearsal
        self._viewers: set[_Viewer] = set()
        self._kept: dict[int, Json] = {}
        self._toasts_seen: dict[int, int] = {}
        rehearsal.telegram.subscribe(self._heard)
        rehearsal.clock.on_turn(self._wake)

    def set_busy(self, what: str | None) -> None:
        """Says that the clock is turning ("turning") or everyone subscribes ("subscribing"); None: done."""
        self.busy = what
        self._wake()

    def goes_offline(self, user_id: int) -> None:
        """Takes that phone offline: from here on it shows what it shows now."""
        if user_id not in self._rehearsal.offline:
            self._kept[user_id] = chat_json(self._rehearsal.telegram, user_id) | {"typing": False}
            self._rehearsal.offline.add(user_id)
        self._wake()

    def comes_online(self, user_id: int) -> None:
        """Brings that phone online: everything that came meanwhile appears."""
        self._rehearsal.offline.discard(user_id)
        self._heard("chat", user_id)

    def chat(self, user_id: int) -> Json:
        """Returns what that phone shows: the present, or what it was when the phone went offline."""
        now = chat_json(self._rehearsal.telegram, user_id)
        if user_id not in self._rehearsal.offline:
            self._kept.pop(user_id, None)
            return now
        return self._kept.setdefault(user_id, now | {"typing": False})

    async def stream(self) -> AsyncIterator[str]:
        """Yields the events of one page, for as long as it listens; the first one has the whole state."""
        viewer = _Viewer(chats={user.id for user in self._rehearsal.cast})
        self._viewers.add(viewer)
        try:
            while True:
                yield f"data: {json.dumps(await self._tell(viewer))}\n\n"
                await _happens(viewer.news)
                await asyncio.sleep(_TOGETHER_SECONDS)
        finally:
            self._viewers.discard(viewer)

    async def _tell(self, viewer: _Viewer) -> Json:
        viewer.news.clear()
        programme = await sessions_json(self._rehearsal)
        told: Json = {
            "clock": clock_json(self._rehearsal, busy=self.busy),
            "chats": sorted(viewer.chats),
            "answered": sorted(viewer.answered),
            "toasts": viewer.toasts,
            "last_call": self._last_call(),
        }
        people = [person_json(self._rehearsal, each) for each in self._rehearsal.cast]
        if people != viewer.people:
            told["people"] = viewer.people = people
        if programme != viewer.programme:
            told["programme"] = viewer.programme = programme
        viewer.chats, viewer.answered, viewer.toasts = set(), set(), []
        return told

    def _last_call(self) -> int:
        calls = self._rehearsal.telegram.calls
        return calls[-1].number if calls else 0

    def _heard(self, kind: str, chat_id: int | None) -> None:
        toasts = self._new_toasts(chat_id) if kind == "toast" and chat_id is not None else []
        for viewer in self._viewers:
            if kind in {"chat", "typing"} and chat_id is not None and chat_id not in self._rehearsal.offline:
                viewer.chats.add(chat_id)
            elif kind == "toast" and chat_id is not None:
                viewer.answered.add(chat_id)
                viewer.toasts += toasts
        self._wake()

    def _new_toasts(self, user_id: int) -> list[Json]:
        shown = self._rehearsal.telegram.toasts_of(user_id)
        new = shown[self._toasts_seen.get(user_id, 0) :]
        self._toasts_seen[user_id] = len(shown)
        return [{"user": user_id, **each} for each in new]

    def _wake(self) -> None:
        for viewer in self._viewers:
            viewer.news.set()


async def _happens(news: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(_HEARTBEAT_SECONDS):
            await news.wait()
    except TimeoutError:
        return
