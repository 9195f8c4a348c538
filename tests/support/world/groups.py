"""A group with the bot in it."""

from dataclasses import dataclass

from rehearsal.telegram.message_html import ChatMessage
from tests.support.world.people import World


@dataclass
class Group:
    """Ana's group, with the bot in it, and Beto, who administers nothing."""

    world: World
    id: int
    ana: int
    beto: int

    @property
    def said(self) -> list[ChatMessage]:
        """What the bot wrote there."""
        return [each for each in self.world.telegram.chat(self.id) if each.from_bot]

    async def says(self, who: int, words: str) -> None:
        """Writes in the group, and waits for what comes of it."""
        self.world.telegram.says(who, words, chat_id=self.id)
        await self.world.settle()

    async def presses(self, who: int, label: str) -> None:
        """Presses the newest button whose label holds those words."""
        for message in reversed(self.said):
            for row, buttons in enumerate(message.keyboard):
                for column, button in enumerate(buttons):
                    if label in button["text"]:
                        self.world.telegram.presses(who, message.id, row, column, chat_id=self.id)
                        await self.world.settle()
                        return
        raise AssertionError(f"no button {label!r}")


async def with_the_bot(world: World, *, language: str = "es", small: bool = False) -> Group:
    """Returns a group that Ana has made and to which she has added the bot."""
    ana, beto = world.person("Ana", language=language), world.person("Beto", language=language)
    number = world.telegram.group("Red", creator=ana.id, small=small)
    world.telegram.adds_bot(number, ana.id)
    await world.settle()
    return Group(world, number, ana.id, beto.id)
