"""Files that the bot has sent, as a phone or another program opens them."""

import io
from typing import Any

from openpyxl import load_workbook

from rehearsal.telegram.message_html import ChatMessage
from tests.support.world.people import Person, World


def files(person: Person) -> list[ChatMessage]:
    """Returns the messages with a file, oldest first."""
    return [each for each in person.chat if each.from_bot and each.media is not None]


def content(world: World, message: ChatMessage) -> bytes:
    """Returns the calendar in that message; fails where it is another kind of file."""
    assert message.media is not None
    raw = world.telegram.chats[_chat(world, message)].messages[message.id]["document"]
    assert raw["file_name"] == "ciclo.ics"
    assert raw["mime_type"] == "text/calendar"
    return world.telegram.files[raw["file_id"]].content


def _chat(world: World, message: ChatMessage) -> int:
    return next(
        number
        for number, chat in world.telegram.chats.items()
        if chat.messages.get(message.id, {}).get("document") and number > 0
    )


def file_of(world: World, person: Person) -> tuple[str, bytes]:
    """The newest file in somebody's chat."""
    media = next(each.media for each in reversed(person.chat) if each.media is not None)
    kept = world.telegram.files[media["file_id"]]
    return media["file_name"], kept.content


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """A workbook as another library reads it."""
    book = load_workbook(io.BytesIO(content))
    return {page.title: [tuple(cell.value for cell in row) for row in page.iter_rows()] for page in book.worksheets}
