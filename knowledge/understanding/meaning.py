"""Defines how a text is compared with examples by its meaning, and what is done with each class that it may have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.understanding.query import Kind, Mood, Property, State, Wish
from locales.localized import Language


@dataclass(frozen=True, slots=True)
class Near:
    """An example that a text is near to: its id, and how near, calibrated so that 0 is chance and 1 the same words."""

    id: str
    score: float


class Meaning(Protocol):
    """Compares a clause with the examples; called only where words do not settle it."""

    def nearest(
        self, text: str, language: Language, limit: int = 40, published: Mapping[str, Sequence[str]] | None = None
    ) -> Sequence[Near]:
        """Returns the nearest examples, best first, each id once; [] where nothing is near.

        `published` has examples beside those of the content: an id, and its wordings.
        """
        ...


# How a class begins: plainly another subject; what no note says; what is asked of the programme and its things.
BEYOND, UNKNOWN, ASKED = "beyond:", "unknown:", "ask:"
OF_PERSON = "property:"  # what is kept of the person
CAREFUL = ("faq:emergency", "faq:personal")  # what is told in the careful text
DEFINITION = "ask:definition"


@dataclass(frozen=True, slots=True)
class MeaningClass:
    """What a class asks, or what is done; the button that offers it; what is one with it, for one answer suits both."""

    kind: Kind | None = None  # what is asked of
    asked: str = ""  # and the word that asks: a section of asks.toml or turns.toml
    wish: Wish | None = None
    mood: Mood | None = None
    entry: str = ""  # of the FAQ
    does: str = ""  # a wish that is carried out at once: a key of wishes.toml
    button: str = ""
    family: str = ""


CLASSES: Mapping[str, MeaningClass] = {
    "ask:hour": MeaningClass("session", Property.HOUR, family="when"),
    "ask:day": MeaningClass("session", Property.DAY, family="when"),
    "ask:end": MeaningClass("session", Property.END, family="when"),
    "ask:next": MeaningClass("session", "next"),
    "ask:before": MeaningClass("session", "before"),
    "ask:topic": MeaningClass("session", Property.TOPIC, family="topic"),
    "ask:which-session": MeaningClass("session", "which", family="topic"),
    "ask:areas": MeaningClass("area", family="topic"),
    "ask:compare": MeaningClass("session", "compare"),
    "ask:except": MeaningClass("session", "without"),
    "ask:count": MeaningClass("session", "count"),
    "ask:list": MeaningClass("session", "list"),
    "ask:state": MeaningClass("session", State.STILL),
    "ask:programme": MeaningClass("session", "list", button="sessions"),
    "ask:objectives": MeaningClass("objective", button="objectives"),
    "ask:principles": MeaningClass("principle", button="principles"),
    "ask:practices": MeaningClass("practice", button="practices"),
    "wish:register": MeaningClass(wish=Wish.REGISTER, button="register", family="register"),
    "wish:leave": MeaningClass(wish=Wish.LEAVE, button="my_registration", family="leave"),
    "wish:remind": MeaningClass(wish=Wish.REMIND, button="reminders"),
    "wish:stop": MeaningClass(does="stop", button="reminders", family="stop"),
    "wish:quiet hours": MeaningClass(does="quiet", button="reminders"),
    "wish:calendar": MeaningClass(does="calendar", button="calendar"),
    "wish:language": MeaningClass(does="language", button="language", family="language"),
    "wish:zone": MeaningClass(does="zone", button="zone", family="zone"),
    "wish:team": MeaningClass(does="person", button="team", family="team"),
    "wish:menu": MeaningClass(does="menu", button="menu"),
    "wish:offer-practice": MeaningClass(does="offer", button="offer", family="offer"),
    "wish:meet": MeaningClass(does="meet"),
    "wish:delete": MeaningClass(does="delete", button="data"),
    "wish:panel-question": MeaningClass(does="panel"),
    "wish:my-certificate": MeaningClass(entry="certificate", button="my_registration"),
    "property:my registration": MeaningClass(does="registered", button="my_registration", family="standing"),
    "property:my waiting list": MeaningClass(does="waiting", button="my_registration", family="standing"),
    "property:my reminders": MeaningClass(does="next_reminder", button="reminders"),
    "small:hello": MeaningClass(mood=Mood.GREETING),
    "small:thanks": MeaningClass(mood=Mood.THANKS),
    "small:lost": MeaningClass(does="confused"),
    "faq:session-dates": MeaningClass(entry="session-dates", family="when"),
    "faq:session-themes": MeaningClass(entry="session-themes", family="topic"),
    "faq:registration": MeaningClass(entry="registration", family="register"),
    "faq:cancel-registration": MeaningClass(entry="cancel-registration", family="leave"),
    "faq:reminders-stop": MeaningClass(entry="reminders-stop", family="stop"),
    "faq:bot-language": MeaningClass(entry="bot-language", family="language"),
    "faq:timezone-set": MeaningClass(entry="timezone-set", family="zone"),
    "faq:contact": MeaningClass(entry="contact", family="team"),
    "faq:how-to-present": MeaningClass(entry="how-to-present", family="offer"),
    "faq:audience": MeaningClass(entry="audience", family="audience"),
    "faq:audience-me": MeaningClass(entry="audience-me", family="audience"),
}
_NONE = MeaningClass()


def meaning_class(address: str) -> MeaningClass:
    """Returns what is done with that class; for a thing of the content, nothing of its own."""
    return CLASSES.get(address, _NONE)


def family_of(address: str) -> str:
    """Returns what is one for classes that one answer suits: a wish, and how to do it; danger, and one's own case."""
    if address.startswith(CAREFUL):
        return "care"
    return meaning_class(address).family or address


def button_of(address: str) -> tuple[str, str] | None:
    """Returns the button that is offered for that class; None where it has none."""
    kind, _, key = address.partition(":")
    if button := meaning_class(address).button:
        return button, ""
    return (kind, key) if kind in {"faq", "session", "objective"} else None
