"""Somebody with the rehearsal's page open: looks() and does()."""

from dataclasses import dataclass
from typing import Any

import httpx

from rehearsal.world import Rehearsal

MARIE, LUPITA, JOHN, ORGANIZER, YOU = 1001, 1002, 1003, 1004, 1005


@dataclass
class Visitor:
    """Asks as the page's scripts do."""

    client: httpx.AsyncClient
    rehearsal: Rehearsal

    async def looks(self, path: str) -> dict[str, Any]:
        """What the page is shown there."""
        answer = await self.client.get(f"/rehearsal/{path}")
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    async def asks(self, path: str, body: object = None) -> httpx.Response:
        """Wants something done; however it ends."""
        return await self.client.post(f"/rehearsal/{path}", json=body if body is not None else {})

    async def does(self, path: str, **body: object) -> dict[str, Any]:
        """Does something that works, and waits until the bot has answered."""
        answer = await self.asks(path, body)
        assert answer.status_code == 200, answer.text
        await self.rehearsal.settle()
        given: dict[str, Any] = answer.json()
        return given

    async def presses(self, user_id: int, address: str) -> None:
        """Presses the newest button whose address begins so, on that person's phone."""
        for message in reversed(await self.chat(user_id)):
            for row, keys in enumerate(message["keyboard"]):
                for column, key in enumerate(keys):
                    if key.get("callback_data", "").startswith(address):
                        place = {"message_id": message["id"], "row": row, "column": column}
                        await self.does(f"people/{user_id}/presses", **place)
                        return
        raise AssertionError(f"no button {address}")

    async def refusal(self, path: str, body: object = None) -> tuple[int, str]:
        """The status and code of something that does not work; it is told in words, too."""
        answer = await self.asks(path, body)
        error = answer.json()["error"]
        assert error["message"]
        return answer.status_code, error["code"]

    async def chat(self, user_id: int) -> list[dict[str, Any]]:
        """The messages on that person's phone."""
        messages: list[dict[str, Any]] = (await self.looks(f"chats/{user_id}"))["messages"]
        return messages

    async def person(self, user_id: int) -> dict[str, Any]:
        """What the page knows of that person."""
        people = (await self.looks("state"))["people"]
        found: dict[str, Any] = next(each for each in people if each["id"] == user_id)
        return found
