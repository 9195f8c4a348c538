"""Builds answers from the FAQ, to small talk, and to what is not known."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge.answers import detail_answers
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.content_answers import all_areas, all_objectives, all_principles
from knowledge.answers.session_answers import overview
from knowledge.programme.cycle import Faq
from knowledge.search.team_answers import TeamAnswer
from knowledge.understanding.care import CAREFUL_TOPICS
from knowledge.understanding.query import TALK_OF_CARE, Mood, Talk
from knowledge.understanding.wish_reader import OF_PAGES
from locales.reply import Day, Formatted, Value, text

_TEAM = (("team", ""),)
_MENU = (("menu", ""),)
# What these answers lead to; the live programme follows where days and hours are asked.
_OFFERS: dict[str, tuple[tuple[str, str], ...]] = {
    "registration": (("register", ""), ("reminders", "")),
    "capacity": (("register", ""),),
    "change_registration": (("my_registration", ""),),
    "cancel_registration": (("my_registration", ""), ("reminders", "")),
    "reminders": (("reminders", ""), ("calendar", "")),
    "stop_reminders": (("reminders", ""),),
    "timezone": (("zone", ""),),
    "clock_change": (("zone", ""), ("sessions", "")),
    "language": (("language", ""),),
    "privacy": (("privacy", ""), ("my_data", "")),
    "delete_data": (("my_data", ""), ("privacy", "")),
    "changes": (("sessions", ""), ("reminders", "")),
    "themes": (("sessions", ""), ("objectives", "")),
    "objectives_by_session": (("sessions", ""), ("objectives", "")),
    "objectives_how_many": (("objectives", ""),),
    "principles_how_many": (("principles", ""),),
    "practices_here": (("practices", ""),),
    "practices_repository": (("practices", ""),),
    "eligibility": (("offer", ""),),
    "how_to_present": (("offer", ""), ("team", "")),
    "panelists": (("team", ""),),
    "moderation": (("team", ""),),
    "bot_human": (("team", ""),),
    "practices_presented": (("practices", ""), ("team", "")),
}
# Where the answer is the programme or a list itself.
_FULLER: dict[str, Callable[[Situation], Answer]] = {
    "dates": overview,
    "themes": overview,
    "objectives_by_session": all_areas,
    "objectives_how_many": all_objectives,
    "principles_how_many": all_principles,
}
_MOST_NEAR = 3


def faq_answer(at: Situation, faq: Faq) -> Answer:
    """Returns what the content lets us say, with its source; what it does not say, with who may know."""
    if (fuller := _FULLER.get(faq.topic)) is not None:
        return fuller(at)
    if faq.topic in CAREFUL_TOPICS:
        return sensitive_case(at, urgent=faq.topic == "emergency")
    if isinstance(faq, TeamAnswer):
        return _team_answer(at, faq)
    if (details := detail_answers.detail_answer(at, faq)) is not None:
        return details
    lines: list[Value] = [faq.answer]
    lines += _page_lines(at) if faq.topic in OF_PAGES else []
    lines += ["", text("answer.source", source=faq.source)] if faq.source is not None else []
    offers = _OFFERS.get(faq.topic, () if faq.known else _TEAM)
    if not faq.known and ("team", "") not in offers:
        offers = (*offers, *_TEAM)
    offers = (*detail_answers.detail_offers(at, faq.topic), *offers)
    return Answer(faq.topic, tuple(lines), (faq.key,), (*offers, *_MENU), known=faq.known).about("faq", [faq.key])


def _team_answer(at: Situation, faq: TeamAnswer) -> Answer:
    """Returns the team's answer as they wrote it, and when: no source but their word."""
    lines: list[Value] = [Formatted(faq.answer.in_(at.language)), "", text("answer.by_team", day=Day(faq.answered_at))]
    if at.language not in faq.written:
        lines.append(text("answered.other", language=text(f"language.name.{faq.written[0]}")))
    return Answer(faq.topic, tuple(lines), (faq.key,), _MENU).about("faq", [faq.key])


def _page_lines(at: Situation) -> list[Value]:
    return ["", *(text("answer.page", label=link.label, url=link.url) for link in at.cycle.open_links())]


def doubtful_page(at: Situation, key: str) -> Answer:
    """Returns the address as the concept note has it, with the warning that it may not open, and the page that does."""
    page = next(link for link in at.cycle.links if link.key == key)
    warned = text("answer.page.doubtful", label=page.label, url=page.url)
    return Answer("links", (warned, *_page_lines(at), "", text("answer.source.note")), (key,), (*_TEAM, *_MENU))


def sensitive_case(at: Situation, *, urgent: bool) -> Answer:
    """Returns one fixed text for people's own cases: nothing but whom to turn to. Never an offer to pass it on."""
    topic = "emergency" if urgent else "personal_case"
    faq = next((each for each in at.cycle.faq if each.topic == topic), None)
    body: Value = faq.answer if faq is not None else text("answer.personal")
    told = Answer(topic, (body, "", text("answer.personal.we_do")), (), _MENU, known=False)
    # What was talked about before stays: it may be gone on with.
    return replace(told, talk=replace(at.talk or Talk(TALK_OF_CARE), case=Mood.URGENT if urgent else Mood.PERSONAL))


def small_talk(mood: Mood) -> Answer:
    """Answers what is said and asks nothing of the cycle: politely what is polite, else that it is no subject of it."""
    polite = mood in {Mood.GREETING, Mood.THANKS, Mood.GOODBYE}
    offers = (*_MENU, *_TEAM) if mood is Mood.INSULT else _MENU
    return Answer(mood if polite else "out_of_scope", (text(f"answer.{mood}"),), (), offers, known=polite)


def lead_to_sessions(found: Answer, numbers: Sequence[int], at: Situation) -> Answer:
    """Returns the same, leading to the sessions that were named."""
    ids = tuple(map(str, numbers))
    offers = tuple(("remind", each) for each in ids if at.now < at.live[int(each)][0])
    found = found.about("session", ids) if ids else found
    return replace(found, ids=ids or found.ids, offers=(*offers, *found.offers))


def forum(faq: Faq) -> Answer:
    """Returns what the review forum is, and that the date of the next one is not known."""
    missing = unknown(())
    return Answer(faq.topic, (*missing.lines, "", faq.answer), (faq.key,), missing.offers, known=False)


def no_deadline() -> Answer:
    """Says that no day is known until which one may register, and where one registers."""
    return Answer("deadline", (text("answer.no_deadline"),), (), (("register", ""), *_TEAM, *_MENU), known=False)


def missed_reminder() -> Answer:
    """Says where to look after a reminder that did not come, and that the team can be told."""
    return Answer("missed_reminder", (text("answer.missed_reminder"),), (), (("reminders", ""), *_TEAM, *_MENU))


def unknown(near: Sequence[tuple[str, str]]) -> Answer:
    """Says that the answer is not known, with the nearest topics and the team as buttons."""
    return Answer("out_of_scope", (text("answer.unknown"),), (), (*near[:_MOST_NEAR], *_TEAM, *_MENU), known=False)
