"""Answers from the details of sessions: the link, who speaks, languages, materials, recordings."""

from collections.abc import Mapping, Sequence

from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.session_answers import link_offer
from knowledge.programme.cycle import Faq
from knowledge.programme.session_details import AFTERWARDS, FILE, DetailField, field_lines, text_size
from knowledge.understanding.query import TALK_OF_SESSIONS
from locales.reply import Value, text

# Topics of the FAQ, and the details that answer them better: the first is what one is told of later.
_FIELDS: Mapping[str, tuple[DetailField, ...]] = {
    "platform": ("link", "platform"),
    "panelists": ("panelists",),
    "panelist_names": ("panelists",),
    "interpretation": ("interpretation",),
    "recordings": ("recording",),
    "materials": ("materials",),
    "practices_presented": ("practices",),
}
# More than so many signs in one answer are told session by session.
_MOST_SIGNS = 2_500


def detail_answer(at: Situation, faq: Faq) -> Answer | None:
    """Returns the answer where any of it has been told; None where the content's own answer holds."""
    fields = _FIELDS.get(faq.topic, ())
    meant = _meant_sessions(at, fields) if fields else []
    known = [number for number in meant if any(at.details_of(number).has(field) for field in fields)]
    if not known:
        return None
    lines: list[Value] = []
    apart = sum(text_size(at.details_of(number), fields[0]) for number in known) > _MOST_SIGNS and len(known) > 1
    for number in meant:
        lines += [*([""] if lines else []), *_session_details(at, number, () if apart and number in known else fields)]
    offers = [offer for number in known if "link" in fields for offer in link_offer(at, number)]
    if "link" in fields:
        offers += [offer for number in known for offer in _offers_for_access(at, number)]
    offers += _notify_offers(at, meant, fields)
    has_files = [n for n in known if any(address.startswith(FILE) for _, address in at.details_of(n).materials)]
    offers += [("files", str(number)) for number in has_files if "materials" in fields]
    offers += [("detail", f"{number}:{fields[0]}") if apart else ("session", str(number)) for number in meant]
    ids = tuple(map(str, meant))
    source = text("answer.source", source=text("detail.from_team"))
    return Answer(faq.topic, (*lines, "", source), (faq.key,), tuple(offers)).about("session", ids)


def _offers_for_access(at: Situation, number: int) -> list[tuple[str, str]]:
    """Offers what who cannot see the link can do to get it: who waits for a place has done all that one can."""
    match at.details_of(number).hidden:
        case "unplaced":
            return [("join", str(number))]
        case "unregistered":
            return [("register", "")]
        case "unconcerned":
            return [("register", ""), ("remind", str(number))]
        case "waiting":
            return [("my_registration", "")]
        case _:
            return []


def _session_details(at: Situation, number: int, fields: Sequence[DetailField]) -> list[Value]:
    """Returns what is known of it; what is asked for first is said not to be known, where it is not."""
    found = at.details_of(number)
    shown = [field for field in fields if found.has(field) or field in fields[:1]]
    heading = text("session.short", number=number, title=at.cycle.session(number).title)
    if shown and shown[0] not in AFTERWARDS and number in at.cancelled:
        return [heading, text("moved.cancelled", number=number)]
    if shown and shown[0] not in AFTERWARDS and at.now >= at.live[number][1]:
        return [heading, text("session.over")]
    return [heading, *(line for field in shown for line in field_lines(found, field))]


def detail_offers(at: Situation, topic: str) -> tuple[tuple[str, str], ...]:
    """Offers to tell them once it is known, where it is one of these and not too late."""
    fields = _FIELDS.get(topic, ())
    return _notify_offers(at, _meant_sessions(at, fields)[:1], fields) if fields else ()


def _notify_offers(at: Situation, numbers: Sequence[int], fields: Sequence[DetailField]) -> tuple[tuple[str, str], ...]:
    field = fields[0]
    of_use = [n for n in numbers if n not in at.cancelled and (field in AFTERWARDS or at.now < at.live[n][1])]
    return tuple(("tell", f"{number}:{field}") for number in of_use if not at.details_of(number).has(field))


def _meant_sessions(at: Situation, fields: Sequence[DetailField]) -> list[int]:
    """Returns the sessions named, or talked about; else those of which it is known, the next, or the last."""
    if at.named_sessions:
        return list(at.named_sessions)
    if at.talk is not None and at.talk.kind in TALK_OF_SESSIONS and len(at.talk.ids) == 1:
        number = int(at.talk.ids[0])
        if number in at.live and (fields[0] in AFTERWARDS or at.now < at.live[number][1]):
            return [number]
    if fields[0] == "link":
        first, later = at.ahead()[:1], at.ahead()[1:]
        known = any(at.details_of(number).has("link") for number in first)
        return first if known else [*first, *(number for number in later if at.details_of(number).has("link"))]
    of_use = at.in_order() if fields[0] in AFTERWARDS else at.ahead()
    if found := [number for number in of_use if at.details_of(number).has(fields[0])]:
        return found
    over = [number for number in at.in_order() if at.now >= at.live[number][1]]
    return (over[-1:] if fields[0] == "recording" else []) or at.ahead()[:1] or over[-1:]
