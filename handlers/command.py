"""A command, and the feature that answers it: what both tables of contents are made of."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from db.team.team import Role
from knowledge.text.words import fold
from locales.localized import Language
from locales.reply import Reply

Feature = Callable[..., Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command with its names; in the menu, each language shows its own."""

    name: str
    feature: Feature
    aliases: Mapping[Language, str] = field(default_factory=dict)
    with_words: Feature | None = None  # answers the command where words follow it: /sessions 2, /timezone Lima
    least: Role | None = None  # for the team only, from that role on


def unless(first: Callable[..., Awaitable[Reply | None]], feature: Feature) -> Feature:
    """Returns a feature that asks `first`, and `feature` only where that has nothing to say."""

    async def take(turn: object) -> Reply:
        return await first(turn) or await feature(turn)

    return take


def command_key(name: str) -> str:
    """Returns the name as it is compared: in small letters, without accents and spaces. "Séances" gives "seances"."""
    return fold(name).replace(" ", "")
