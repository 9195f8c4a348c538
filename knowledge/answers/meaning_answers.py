"""Answers by meaning where words settle nothing: an answer, at most three buttons, or honest silence."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answers import faq_answers
from knowledge.answers.answer_models import Answer
from knowledge.understanding.meaning import Near
from knowledge.understanding.query import Filter, Kind, Mood, Property, Query, Thing
from locales.reply import text

# Calibrated on the sets tune, tune_more and fresh: what words left unsettled there.
_ANSWER, _MARGIN = 0.75, 0.1
_OFFER, _BEYOND = 0.54, 0.35
_MOST_OFFERS = 3
BEYOND = "beyond"
_KINDS: dict[str, Kind] = {"objective": "objective", "area": "area", "session": "session"}
_CAREFUL = ("faq:emergency", "faq:personal")
# What is done by a button, and which.
_BUTTONS = {
    "wish:calendar": "calendar", "wish:quiet hours": "reminders", "property:my registration": "my_registration",
    "property:my waiting list": "my_registration", "property:my reminders": "reminders",
}  # fmt: skip


@dataclass(frozen=True)
class Band:
    """What is to be done with what is near: a Query to answer, or offers to choose from; neither is silence."""

    query: Query | None = None
    offers: tuple[tuple[str, str], ...] = ()
    beyond: bool = False  # plainly another subject


def choose_band(near: Sequence[Near]) -> Band:
    """Returns which of the three bands it is, and with it what is to be done. Pure."""
    if not near:
        return Band()
    best = near[0]
    if best.id.startswith(BEYOND):
        return Band(beyond=best.score >= _BEYOND)
    rival = next((each for each in near[1:] if _group(each.id) != _group(best.id)), None)
    clear = rival is None or best.score - rival.score >= _MARGIN
    if best.score >= _ANSWER and clear:
        return Band(offers=(_offer(best.id),)) if best.id in _BUTTONS else Band(_query(best))
    # What is said with care is never offered: who is in danger gets it without a choice, others not at all.
    close = [each for each in near if each.score >= _OFFER and not each.id.startswith((BEYOND, *_CAREFUL))]
    offers = tuple(dict.fromkeys(_offer(each.id) for each in close))
    return Band(offers=offers[:_MOST_OFFERS])


def answer_by_meaning(band: Band) -> Answer:
    """Answers in the second and in the third band."""
    if band.beyond:
        return faq_answers.beyond()
    if not band.offers:
        return faq_answers.unknown(())
    offers = (*band.offers, ("team", ""), ("menu", ""))
    return Answer("offered", (text("answer.did_you_mean"),), (), offers, known=False, query=Query())


def gives_way(answer: Answer, band: Band) -> bool:
    """Returns whether what words found in doubt is less than what the meaning says: an entry, or another subject."""
    return is_doubtful(answer) and (band.query is not None or (answer.weak and band.beyond))


def is_doubtful(answer: Answer) -> bool:
    """Returns whether words found something, but do not account for all that was said."""
    return bool(answer.unread) or answer.weak


def is_silent(answer: Answer) -> bool:
    """Returns whether words found nothing."""
    return not answer.query.asks and not answer.known and answer.topic == "out_of_scope"


def _group(address: str) -> str:
    kind, _, key = address.partition(":")
    return f"{kind}:{key.partition('-')[0]}" if kind == "faq" else address


def _query(near: Near) -> Query:
    kind, _, key = near.id.partition(":")
    if kind in _KINDS:
        return Query((Property.CARD,), Filter(_KINDS[kind], subjects=(Thing(_KINDS[kind], key, near.score),)))
    if near.id.startswith(_CAREFUL):
        return Query((Mood.PERSONAL,), sure=near.score)
    return Query((Property.ENTRY,), entry=key, sure=near.score) if kind == "faq" else Query((Mood.BEYOND,))


def _offer(address: str) -> tuple[str, str]:
    kind, _, key = address.partition(":")
    return (_BUTTONS[address], "") if address in _BUTTONS else (kind, key)
