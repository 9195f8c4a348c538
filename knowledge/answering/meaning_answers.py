"""Answers by meaning where words settle nothing: an answer, at most three buttons, or honest silence."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from knowledge.answers import faq_answers
from knowledge.answers.answer_models import Answer
from knowledge.search.team_answers import KEY as OF_TEAM
from knowledge.understanding.meaning import (
    ASKED,
    BEYOND,
    CAREFUL,
    DEFINITION,
    OF_PERSON,
    UNKNOWN,
    Near,
    button_of,
    family_of,
    meaning_class,
)
from knowledge.understanding.query import TIMES, Form, Mood, Order, Property, Query
from knowledge.understanding.subject_reader import ANSWER, SURE_HALF
from locales.reply import text

# Calibrated on questions that were kept from training: how probable a class must be to be answered, or offered.
_ANSWER, _ANSWER_ASKED, _OFFER, _BEYOND, _CARE = 0.6, 0.5, 0.2, 0.5, 0.4
_OVERRULES, _OVERRULES_THING, _OVERRULES_NAMED = 0.5, 0.7, 0.85
# Of the whole message, where its clauses were answered one by one; of one that is a personal case, or is to be silence.
_SURELY = 0.8
_NO_CARE = 0.05  # below, nothing but single words speaks for somebody's own case
_OVERRULES_CARE, _WEAK = 0.9, 0.75
_PRACTICE, _TERM = "practice:", "term:"
_LEAST = (((BEYOND, UNKNOWN), _BEYOND), ((ASKED, _PRACTICE), _ANSWER_ASKED))  # of classes that are answered sooner
_PUBLISHED, _PUBLISHED_OFFER, _MARGIN = 0.75, 0.54, 0.1  # how near the team's own wordings are
_OF_TALK = 5.0  # so many times likelier is a question about what was told than any other, of the same words alone
_OF_TOLD = (ASKED, "faq:session-")
_MOST_OFFERS = 3
_OFFER_OF_FEW = 0.4  # how probable a class of a word or two must be to be offered
_FEW, _MANY, _SURE_OF_FEW = 4, 12, 0.95  # words of a message; how surely they are read where they are few
_SURE_PRACTICE = 0.7  # from here on a practice is called by its name
# "now", "to go": also said of other things.
_VAGUE_ORDERS = frozenset({Order.PRESENT, Order.LEFT, Order.BEFORE, Order.AFTER})
_LOOSE_MOODS = frozenset({Mood.BEYOND, Mood.PERSONAL, Mood.INJECTION})
_LOOSE_ASKS = frozenset({Property.CARD, Property.DEFINITION, Property.TOPIC, Property.PRACTICES})
# Words find these by their names: where they find another, its name was there.
_NAMED_THINGS = ("objective:", "area:", "principle:", "session:")
_CALLED_BY_KIND = frozenset({"objective", "principle"})
_THINGS = (*_NAMED_THINGS, _TERM, _PRACTICE)
# "The day you speak of diplomas": half of it is like a question for a session, half like that objective.
_WHICH_SESSION = ("ask:which-session", "ask:day", "ask:hour")
_OF_THING = (*_WHICH_SESSION, "ask:objectives", "ask:areas", DEFINITION, "ask:practices")
_OF_SESSIONS = frozenset({"when", "topic", "ask:next", "ask:state", "ask:programme"})
# Neither do thanks and greetings come before a question that they end or begin.
_NEVER_FIRST = (*_NAMED_THINGS, "ask:objectives", "ask:principles", "small:")
WISHED = "wished"  # the topic of an answer that stands for a wish; its id is the wish's name


@dataclass(frozen=True)
class Band:
    """What is to be done with what is near: one clear class, or offers to choose from; neither is silence."""

    clear: Near | None = None
    offers: tuple[tuple[str, str], ...] = ()  # also beside a clear class: what the team published that is alike
    care: float = 0.0  # how probably it is told in the careful text


def choose_band(near: Sequence[Near]) -> Band:
    """Returns which of the three bands it is, and with it what is to be done. Pure."""
    published = [each for each in near if each.id.startswith(f"faq:{OF_TEAM}")]
    classes = [each for each in near if each not in published]
    care = sum(each.score for each in classes if each.id.startswith(CAREFUL))
    alone = len(published) < 2 or published[0].score - published[1].score >= _MARGIN  # noqa: PLR2004 - two are rivals
    if published and published[0].score >= _PUBLISHED and alone:
        return Band(published[0])
    alike = [each for each in published if each.score >= _PUBLISHED_OFFER]
    if classes and (clear := _clear(classes)) is not None:
        return Band(clear, _offers(alike), care)
    # What is said with care is never offered: who is in danger gets it without a choice, others not at all.
    likely = [each for each in classes if each.score >= _OFFER and not each.id.startswith(CAREFUL)]
    return Band(offers=_offers([*alike, *likely])[:_MOST_OFFERS])


def without_guesses(near: Sequence[Near]) -> list[Near]:
    """Returns what is near to a word or two: no thing of the content.

    Every name of an objective is near to some word: "perejil" is none of them.
    """
    return [each for each in near if each.score >= _OFFER_OF_FEW and not each.id.startswith(_THINGS)]


def _clear(classes: Sequence[Near]) -> Near | None:
    """Returns the first class, with those that one answer suits as well, where it is probable enough."""
    best = classes[0]
    careful = best.id.startswith(CAREFUL)
    least = next((least for starts, least in _LEAST if best.id.startswith(starts)), _CARE if careful else _ANSWER)
    score = sum(each.score for each in classes if family_of(each.id) == family_of(best.id))
    other = _companion(best, classes)
    if other is not None and (score < least or best.id.startswith(_PRACTICE)):
        score += other.score
        if best.id.startswith(_TERM) and other.id.startswith(_WHICH_SESSION):
            best = other  # "where do you talk of decent work?" asks for no definition
    return Near(best.id, score) if score >= least else None


def _companion(best: Near, classes: Sequence[Near]) -> Near | None:
    """Returns the likeliest thing beside a class that asks something of one, and such a class beside a thing."""
    if not best.id.startswith((*_THINGS, *_OF_THING)):
        return None
    others = _THINGS if best.id.startswith(_OF_THING) else _OF_THING
    return next((each for each in classes if each.id.startswith(others)), None)


def favour_talk(near: Sequence[Near]) -> list[Near]:
    """Returns what is near to a few words said after something was told: they rather ask for more of it."""
    weighed = [replace(each, score=each.score * (_OF_TALK if each.id.startswith(_OF_TOLD) else 1.0)) for each in near]
    total = sum(each.score for each in weighed) + max(0.0, 1.0 - sum(each.score for each in near))
    return sorted((replace(each, score=each.score / total) for each in weighed), key=lambda each: -each.score)


def _offers(near: Sequence[Near]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(offer for each in near if (offer := button_of(each.id)) is not None))


def offer_nearest(band: Band) -> Answer:
    """Answers in the second and in the third band: what may be meant, or that it is not known."""
    if not band.offers:
        return faq_answers.unknown(())
    offers = (*band.offers, ("team", ""), ("menu", ""))
    return Answer("offered", (text("answer.did_you_mean"),), (), offers, known=False, query=Query())


def answer_class(clear: Near) -> Answer | None:
    """Returns the answer to what no note says, to another subject and to a wish; None where it is to be read."""
    if clear.id.startswith(UNKNOWN):
        return faq_answers.unknown(())
    if clear.id.startswith(BEYOND):
        return faq_answers.small_talk(Mood.BEYOND)
    if not (done := meaning_class(clear.id).does):
        return None
    # Its button, until the wish is carried out.
    offers = tuple(offer for offer in (button_of(clear.id), ("menu", "")) if offer is not None)
    return Answer(WISHED, (text("answer.did_you_mean"),), (done,), offers, query=Query())


def is_unsettled(answer: Answer, words: int) -> bool:
    """Returns whether its meaning is asked for: words found nothing, not all of it, or something like it.

    In a message of many words they may lead to what is only told beside the question; in one of very few there is
    nothing else.
    """
    if answer.settled:
        return False
    if is_silent(answer) or is_doubtful(answer):
        return True
    query = answer.query
    by_name = query.asks == (Property.ENTRY,) or bool(query.criteria.subjects or query.where)
    if words <= _FEW and by_name and query.sure >= _SURE_OF_FEW:
        return False
    timed = _is_named(query) and not TIMES.isdisjoint(query.asks)
    return _is_loose(answer) or (words > _MANY and not timed)


def clauses_are_unsettled(answers: Sequence[Answer]) -> bool:
    """Returns whether one of several clauses was not understood: "Who approved it, and when?" is one question."""
    if any(each.query.mood is Mood.PERSONAL for each in answers):
        return True
    return any(is_silent(each) or each.query.sure < SURE_HALF for each in answers)


def clauses_give_way(answers: Sequence[Answer], band: Band) -> bool:
    """Returns whether the answers to several clauses are less than what the meaning says of the whole message."""
    clear = band.clear
    if clear is None:
        return False
    # "When is session 2? I am being followed": what the other clause asks says nothing of this one.
    other_is_sure = any(_is_named(each.query) and each.query.sure >= _ANSWER for each in answers[1:])
    if answers[0].query.mood is Mood.PERSONAL and (band.care >= _NO_CARE or other_is_sure):
        return False
    return clear.score >= _SURELY and not clear.id.startswith((*_NEVER_FIRST, UNKNOWN, BEYOND))


def gives_way(answer: Answer, band: Band, nouns: Collection[str] = ()) -> bool:
    """Returns whether what words found is less than what the meaning says; `nouns` are the kinds of things it names."""
    clear = band.clear
    if is_silent(answer):
        return True
    # "The one on data lasts two hours, right?" is no question on how long they all last.
    if clear is None or (clear.id.startswith("faq:") and _checks_a_time(answer.query)):
        return False
    # "Coyotes que cobran caro, ¿qué objetivo?": an objective is asked for, not what it costs.
    called = answer.query.criteria.kind in _CALLED_BY_KIND and answer.query.criteria.kind in nouns
    if called and not (clear.id.startswith(ASKED) and clear.score >= _OVERRULES_NAMED):
        return _is_another(answer, clear)
    # "They won't accept my sister's diploma: in which session is that?": a thing is asked for, and no case is told.
    of_thing = clear.id.startswith((*_NAMED_THINGS, *_OF_THING)) and bool(nouns)
    overrules = _overrules(answer, clear) and not _asks_no_definition(answer.query, clear, nouns)
    no_case = answer.query.mood is Mood.PERSONAL and of_thing and band.care < _NO_CARE
    other = _is_of_another_kind(answer, clear, nouns)
    if no_case or overrules or other or (answer.weak and clear.score >= _WEAK):
        return True
    query, of = answer.query, answer.query.criteria
    # "Will the prime minister of Barbados be there" asks for no hours in Barbados.
    of_place = query.asks == (Property.HOUR,) and bool(query.where) and not (of.numbers or of.subjects)
    told = query.asks == (Property.CARD,) and not (of.days or of.weekdays or of.order)
    if not answer.unread or not (told or of_place):
        return False
    # "The link of session 1": words found session 1 only. "It was adopted in New York, right?" asks no hour.
    return clear.id.startswith("faq:" if told else ("faq:", UNKNOWN)) and clear.score >= _WEAK


def _checks_a_time(query: Query) -> bool:
    """Returns whether a length, an hour or a day is surely claimed of a session that is named."""
    claimed = query.criteria.length or query.criteria.hours or query.criteria.days
    named = query.criteria.numbers or query.criteria.subjects
    return query.form is Form.YES_NO and bool(claimed and named) and query.sure >= SURE_HALF


def _asks_no_definition(query: Query, clear: Near, nouns: Collection[str]) -> bool:
    """Returns whether a meaning is not asked for, or was found: "the session on decent work" asks for none."""
    named = clear.id.startswith(_TERM) and bool(query.criteria.subjects)
    of_session = query.criteria.kind == "session" and ("session" in nouns or query.sure >= _SURELY)
    found = clear.id == DEFINITION and query.asks == (Property.DEFINITION,)
    return found or (named and (of_session or (bool(nouns) and query.sure >= _SURELY)))


def _is_of_another_kind(answer: Answer, clear: Near, nouns: Collection[str]) -> bool:
    """Returns whether an objective or a principle is asked for, and words found something of another kind.

    "A principle that says that unions must join in" asks for no speakers.
    """
    kind = clear.id.partition(":")[0]
    named = kind in _CALLED_BY_KIND and kind in nouns
    return named and answer.query.criteria.kind != kind and clear.score >= _SURELY


def _is_another(answer: Answer, clear: Near) -> bool:
    """Returns whether the meaning surely names another objective, or principle, than a few of the words resemble."""
    of = answer.query.criteria
    of_kind = clear.id.startswith(f"{of.kind}:") and clear.score >= _OVERRULES_THING
    return of_kind and bool(of.subjects) and not of.numbers and answer.query.sure < _SURELY


def confirms(answer: Answer, near: Sequence[Near]) -> bool:
    """Returns whether the meaning is what words found in doubt: what they ask, or the very thing."""
    if not near or not is_doubtful(answer):
        return False
    things = {f"{each.kind}:{each.key}" for each in answer.query.criteria.subjects[:1]}
    asked = near[0].score >= _ANSWER_ASKED and meaning_class(near[0].id).asked in answer.query.asks
    return (bool(answer.unread) and asked) or (answer.weak and near[0].id in things)


def is_doubtful(answer: Answer) -> bool:
    """Returns whether words found something, but do not account for all that was said."""
    return bool(answer.unread) or answer.weak


def is_silent(answer: Answer) -> bool:
    """Returns whether words found nothing."""
    return not answer.query.asks and not answer.known and answer.topic == "out_of_scope"


def is_an_answer(answer: Answer) -> bool:
    """Returns whether it says what is asked, or that this is not known: no offer, no silence, no wish."""
    return answer.topic not in {"offered", WISHED} and not is_silent(answer) and not is_doubtful(answer)


def stands_alone(answer: Answer) -> bool:
    """Returns whether it is no list of all sessions to "and in which year?", which asks for something told before."""
    query = answer.query
    timed = query.criteria.kind == "session" and not TIMES.isdisjoint(query.asks)
    return query.says_of_what or query.criteria.focus or not timed


def _is_loose(answer: Answer) -> bool:
    """Returns whether words alone led to it by a likeness: an entry, one subject, or nothing at all of its own.

    What is named by number, day, order, place or property is read surely enough.
    """
    query, of = answer.query, answer.query.criteria
    if query.mood is not None or query.wish is not None:
        return (query.wish is not None and not (of.numbers or of.focus)) or query.mood in _LOOSE_MOODS
    if query.asks == (Property.ENTRY,):
        return query.sure < 1
    if query.sure > _SURE_PRACTICE and of.kind == "practice" and query.asks == (Property.CARD,):
        return False  # it is called by its name
    # "When does the cycle on migration begin?" has a word of an objective, and asks for no session of it.
    timed = not TIMES.isdisjoint(query.asks) and bool(of.subjects) and of.subjects[0].sure >= ANSWER
    guessed = of.kind == "session" and bool(of.subjects) and not timed
    on_now = of.order is Order.PRESENT and bool(answer.ids)
    return bool(query.asks) and (query.asks[0] in _LOOSE_ASKS or guessed) and not (_is_named(query) or on_now)


def _is_named(query: Query) -> bool:
    """Returns whether it is asked of something by its number, day, order, place or state, or goes on with the talk."""
    of = query.criteria
    # "Was it in Marrakesh?" asks for no hour.
    placed = bool(query.where) and (query.asks != (Property.CARD,) or bool(of.hours))
    chosen = of.numbers or of.days or of.weekdays or of.countries or of.state or of.focus
    compared = query.form in {Form.SAME, Form.COMPARE, Form.COUNT}
    return bool(chosen) or placed or compared or of.order not in {None, *_VAGUE_ORDERS}


def _overrules(answer: Answer, clear: Near) -> bool:
    """Returns whether a very clear class comes before what words led to only by a likeness."""
    if clear.id.startswith(OF_PERSON):
        return clear.score >= _OVERRULES_CARE and answer.query.mood is None
    if answer.query.where and Property.HOUR in answer.query.asks:
        return False
    if answer.query.criteria.without and answer.query.criteria.numbers:
        return False  # "if I only come to 1 and 3, what do I miss?" asks no rule of attendance
    # "The date of the inclusion session": the class says what is asked, and the words say of which.
    if answer.query.criteria.subjects and (family_of(clear.id) in _OF_SESSIONS or not _is_loose(answer)):
        return clear.id.startswith(CAREFUL)
    # An entry or a wish that words found is more than a question about the programme that is only likely.
    asked = 0.0 if answer.query.mood is Mood.PERSONAL else _OVERRULES_NAMED
    of_class = ((UNKNOWN, _SURELY), (BEYOND, _SURELY), (_PRACTICE, _OVERRULES_THING), (ASKED, asked))
    least = max(_least_for(answer), *(least for start, least in of_class if clear.id.startswith(start)), 0.0)
    return not clear.id.startswith(_NEVER_FIRST) and clear.score >= least


def _least_for(answer: Answer) -> float:
    """Returns how probable any class must be to come before that answer of the words."""
    if answer.query.mood is Mood.PERSONAL:
        return _SURELY
    if answer.query.mood is Mood.INJECTION or not _is_loose(answer):
        return _OVERRULES_NAMED
    is_thing = bool(answer.query.criteria.subjects) and answer.query.criteria.kind != "term"
    return _OVERRULES_THING if is_thing or answer.query.wish is not None else _OVERRULES
