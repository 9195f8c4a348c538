"""Builds answers about objectives (also what sessions discuss), principles, areas, practices and terms."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.session_answers import (
    about_sessions,
    check,
    checked_sentence,
    reminder_offer,
    session_sentence,
    zone_offer,
)
from knowledge.programme.cards import (
    number_list,
    objective_lines,
    practice_lines,
    practice_list_line,
    practices_note,
    principle_lines,
)
from knowledge.programme.cycle import Area, Practice, Term
from knowledge.understanding.query import TALK_OF_CLAIM, Thing
from knowledge.understanding.subject_reader import ANSWER, HINT
from locales.reply import Country, Link, Listing, Value, text

_MOST_PRACTICES = 5
_MOST_CARDS = 3
_CLOSE, _HALF = 5, 0.5  # so many practices are looked at; such a part of the best one's fit is near it


def one_objective(at: Situation, number: int, *, first: Value | None = None) -> Answer:
    """Returns the card of one objective; `first` answers what was asked of it."""
    objective = at.cycle.objective(number)
    card = objective_lines(at.cycle, objective, at.language)
    lines = card if first is None else (first, "", *card)
    session = at.cycle.session_of(number).number
    practices = (("practices_of", str(number)),) if at.cycle.practices_of(number) else ()
    offers = (("session", str(session)), *practices, ("objectives", ""))
    return Answer("objective", lines, (str(number),), offers).about("objective", [str(number)])


def area_of_objective(at: Situation, number: int) -> Answer:
    """Returns which area an objective belongs to."""
    area = at.cycle.area_of(number)
    return one_objective(at, number, first=text("answer.objective.area", number=number, area=area.name))


def several_objectives(at: Situation, chosen: Sequence[int]) -> Answer:
    """Shows up to three objectives in full, more of them by name."""
    known = [number for number in chosen if 1 <= number <= len(at.cycle.objectives)]
    if not known:
        return no_such_objective(at)
    if len(known) == 1:
        return one_objective(at, known[0])
    if len(known) <= _MOST_CARDS:
        cards = [objective_lines(at.cycle, at.cycle.objective(number), at.language) for number in known]
        lines: tuple[Value, ...] = tuple(line for card in cards for line in (*card, ""))[:-1]
    else:
        lines = tuple(_objective_line(at, number) for number in known)
    ids = tuple(map(str, known))
    return Answer("objective", lines, ids, tuple(("objective", each) for each in ids[:6])).about("objective", ids)


def _objective_line(at: Situation, number: int) -> Value:
    session = at.cycle.session_of(number).number
    return text("answer.objective.line", number=number, short=at.cycle.objective(number).short, session=session)


def nearest_matches(at: Situation, kind: str, keys: Sequence[str]) -> Answer:
    """Returns the nearest objectives or principles, where none is clearly meant."""
    if kind == "objective":
        lines = [_objective_line(at, int(key)) for key in keys]
    else:
        principles = (at.cycle.principle(int(key)) for key in keys)
        lines = [text("objective.line", number=each.number, short=each.name) for each in principles]
    offers = (*((kind, key) for key in keys), ("team", ""))
    return Answer(kind, (text(f"answer.perhaps.{kind}"), "", *lines), tuple(keys), offers).about(kind, keys)


def no_such_objective(at: Situation) -> Answer:
    """Answers a number beyond the last one."""
    none = text("answer.objective.none", n=len(at.cycle.objectives))
    return Answer("objective", (none,), (), (("objectives", ""),)).about("objective", ())


def all_objectives(at: Situation) -> Answer:
    """Returns how many there are, and each by name."""
    lines = (text("objective.line", number=each.number, short=each.short) for each in at.cycle.objectives)
    heading = text("answer.objectives.all", n=len(at.cycle.objectives))
    return Answer("objective", (heading, "", *lines, "", text("answer.source.text")), (), (("objectives", ""),)).about(
        "objective", [str(each.number) for each in at.cycle.objectives]
    )


def session_objectives(
    at: Situation, number: int, *, topic: bool = False, holds: bool | None = None, right: int | None = None
) -> Answer:
    """Returns what a session discusses: its subject (`topic`) or its objectives by area; when it is.

    `right` is the session that discusses what was asked, where this one does not.
    """
    session = at.cycle.session(number)
    first = topic_sentence(at, number) if topic else objective_count(at, number)
    lines: list[Value] = [checked_sentence(first, holds, planned=False)]
    if right is None or right == number:
        for area in session.areas:
            lines += ["", text("objectives.area", name=area.name), *_objective_lines(at, area)]
    told = right or number  # "which one is it, then?" goes on with the right one
    named = topic and told == number
    lines += ["", session_sentence(at, told, next_one=False, named=named), text("answer.source.note")]
    offers = (("objectives_of", str(told)), ("session", str(told)), *reminder_offer(at, told))
    answer = Answer("session", tuple(lines), (str(number),), offers)
    about = "objectives" if not topic else "topic" if holds is None else TALK_OF_CLAIM if holds else "session"
    return answer.about(about, [str(told)])


def topic_sentence(at: Situation, number: int) -> Value:
    """Returns what a session is about: its areas."""
    session = at.cycle.session(number)
    areas = Listing(tuple(area.name for area in session.areas))
    return text("answer.session.topic", number=number, title=session.title, areas=areas)


def _objective_lines(at: Situation, area: Area) -> list[Value]:
    objectives = (at.cycle.objective(number) for number in area.objectives)
    return [text("objective.line", number=each.number, short=each.short) for each in objectives]


def objective_count(at: Situation, number: int) -> Value:
    """Returns how many objectives a session has, and which."""
    objectives = at.cycle.session(number).objectives
    key = "answer.objectives.count"
    return text(key, number=number, objectives=number_list(objectives), n=len(objectives))


def where_discussed(at: Situation, number: int) -> Value:
    """Returns in which session and area an objective is discussed."""
    session, area = at.cycle.session_of(number).number, at.cycle.area_of(number).name
    short = at.cycle.objective(number).short
    return text("answer.objective.session", number=number, short=short, session=session, area=area)


def session_of_objective(at: Situation, number: int) -> Answer:
    """Returns in which session, and when, an objective is discussed."""
    session = at.cycle.session_of(number).number
    when = session_sentence(at, session, next_one=False)
    offers = (("session", str(session)), ("objective", str(number)), *reminder_offer(at, session), *zone_offer(at))
    lines = (where_discussed(at, number), "", when, "", text("answer.source.note"))
    return Answer("objective", lines, (str(number),), offers).about("session", [str(session)])


def objectives_of_sessions(at: Situation, chosen: Sequence[int]) -> Answer:
    """Returns the objectives of several sessions, session by session."""
    lines: list[Value] = [text("answer.objectives.in_others", n=len(chosen), numbers=Listing(tuple(chosen)))]
    for number in chosen:
        session = at.cycle.session(number)
        lines += ["", text("session.short", number=number, title=session.title)]
        lines += [line for area in session.areas for line in _objective_lines(at, area)]
    return about_sessions("session", lines, chosen)


def objectives_besides(at: Situation, number: int, left_out: Thing) -> Answer:
    """Returns the objectives of a session without those of one of its areas, or without one of them."""
    session = at.cycle.session(number)
    gone = at.cycle.area(left_out.key).objectives if left_out.kind == "area" else (int(left_out.key),)
    kept = tuple(each for each in session.objectives if each not in gone)
    name = at.cycle.area(left_out.key).name if left_out.kind == "area" else at.cycle.objective(gone[0]).short
    lines: list[Value] = [text("answer.objectives.besides", number=number, left_out=name, objectives=number_list(kept))]
    for area in session.areas:
        if any(each in kept for each in area.objectives):
            lines += ["", text("objectives.area", name=area.name)]
            lines += [
                line for each, line in zip(area.objectives, _objective_lines(at, area), strict=True) if each in kept
            ]
    offers = (("objectives_of", str(number)), ("session", str(number)))
    answer = Answer("session", (*lines, "", text("answer.source.note")), (str(number),), offers)
    return answer.about("objectives", [str(number)])


def one_principle(at: Situation, number: int) -> Answer:
    """Returns the card of one principle."""
    if not 1 <= number <= len(at.cycle.principles):
        none = text("answer.principle.none", n=len(at.cycle.principles))
        return Answer("principle", (none,), (), _PRINCIPLES).about("principle", ())
    lines = principle_lines(at.cycle.principle(number))
    return Answer("principle", lines, (str(number),), _PRINCIPLES).about("principle", [str(number)])


_MOST_TERMS = 3
_PRINCIPLES = (("principles", ""),)


def all_principles(at: Situation) -> Answer:
    """Returns how many there are, and each by name."""
    lines = (text("objective.line", number=each.number, short=each.name) for each in at.cycle.principles)
    heading = text("answer.principles.all", n=len(at.cycle.principles))
    answer = Answer("principle", (heading, "", *lines), (), _PRINCIPLES)
    return answer.about("principle", [str(each.number) for each in at.cycle.principles])


def one_area(at: Situation, key: str) -> Answer:
    """Returns the objectives of an area, and the session that discusses it."""
    area = at.cycle.area(key)
    session = at.cycle.session_of(area.objectives[0])
    number, own = len(area.objectives), number_list(area.objectives)
    heading = text("answer.area", n=number, name=area.name, session=session.number, objectives=own)
    objectives = [at.cycle.objective(number) for number in area.objectives]
    lines = (text("objective.line", number=each.number, short=each.title) for each in objectives)
    offers = (*(("objective", str(each.number)) for each in objectives), ("session", str(session.number)))
    answer = Answer("area", (heading, "", *lines, "", text("answer.source.note")), (key,), offers)
    return answer.about("objective", [str(each.number) for each in objectives])


def all_areas(at: Situation) -> Answer:
    """Returns every area, session by session."""
    lines: list[Value] = [text("answer.areas", total=sum(len(each.areas) for each in at.cycle.sessions))]
    for session in at.cycle.sessions:
        lines += ["", text("session.short", number=session.number, title=session.title)]
        lines += [
            text("session.area", name=area.name, objectives=number_list(area.objectives)) for area in session.areas
        ]
    return Answer("area", (*lines, "", text("answer.source.note")), (), (("objectives", ""),))


def all_discussed(at: Situation, *, left_out: bool) -> Answer:
    """Says whether every objective is discussed in a session, or, `left_out`, whether some are not."""
    answer, known = all_areas(at), {each.number for each in at.cycle.objectives}
    found = {number for session in at.cycle.sessions for number in session.objectives}
    every = known <= found
    said = text("answer.discussed", found=len(known & found), total=len(known))
    return check(replace(answer, lines=(said, *answer.lines[1:])), every != left_out)


def one_practice(at: Situation, practice: Practice) -> Answer:
    """Returns the card of one practice, and where the others are published."""
    lines = (*practice_lines(at.cycle, practice, at.language), *_repository_line(at))
    offers = (("practice", practice.id), ("practices", ""))
    return Answer("practice", lines, (practice.id,), offers).about("practice", [practice.id])


def several_practices(
    at: Situation, found: Sequence[Practice], *heading: Value, countries: Sequence[str] = ()
) -> Answer:
    """Returns a handful by name, a button each; where the others are published."""
    shown = found[:_MOST_PRACTICES]
    named = (practice_list_line(place, each, countries) for place, each in enumerate(shown, start=1))
    lines = [line for each in named for line in ("", each)]
    ids = tuple(each.id for each in shown)
    more = (("more_practices", ""),) if len(found) > len(shown) else ()
    offers = (*(("practice", each) for each in ids), *more, ("practices", ""))
    full = (*heading, *lines, "", practices_note(found), *_repository_line(at))
    return Answer("practice", full, ids, offers).about("practice", [each.id for each in found])


def all_practices(at: Situation) -> Answer:
    """Returns how many there are, and the first of them."""
    found = at.cycle.practices
    return several_practices(at, found, text("answer.practices.all", n=len(found)))


def countries_of_practices(at: Situation) -> Answer:
    """Tells from which countries there are practices, and how many of each: those with most first."""
    counted = Counter(code for each in at.cycle.practices for code in each.countries)
    listed = (text("answer.countries.one", country=Country(code), number=n) for code, n in counted.most_common())
    wider = sum(not each.countries for each in at.cycle.practices)
    more = (text("answer.countries.wider", n=wider),) if wider else ()
    lines = (text("answer.countries", n=len(counted)), "", *listed, *more)
    return Answer("practice", lines, (), (("practices", ""),)).about("practice", ())


def practices_on_subject(at: Situation, things: Sequence[Thing]) -> Answer:
    """Returns those that fit a subject, and those of the objective that it is; all where there is no subject."""
    if not things:
        return all_practices(at)
    fits = [each for each in things if each.kind == "practice"]
    best = fits[0].sure if fits else 0.0
    looked_at = fits if best == 1 else fits[:_CLOSE]  # those of a list that was told are surely meant
    own = [at.cycle.practice(each.key) for each in looked_at if each.sure >= max(best * _HALF, HINT)]
    objectives = [(int(each.key), each.sure) for each in things if each.kind == "objective"]
    agree = any(sure >= ANSWER or (own and number in own[0].objectives) for number, sure in objectives)
    if len(own) == 1 and best >= ANSWER and not agree:
        return one_practice(at, own[0])
    for number, _ in objectives:
        own = list(dict.fromkeys((*own[:2], *at.cycle.practices_of(number), *own)))
    return several_practices(at, own, text("answer.practices.found")) if own else _no_practice(at)


def practices_of_countries(
    at: Situation, countries: Sequence[str], fitting: Sequence[str] = (), *, without: bool = False
) -> Answer:
    """Lists the practices of those countries in turn; those with an id in `fitting` come first, or are left out."""
    rank = {key: place for place, key in enumerate(fitting)}
    own = {code: sorted(at.cycle.practices_in(code), key=lambda one: rank.get(one.id, len(rank))) for code in countries}
    own = {code: [one for one in those if not (without and one.id in rank)] for code, those in own.items()}
    found = [one for turn in zip_longest(*own.values()) for one in turn if one is not None]
    if not found:
        return _no_practice(at, countries[0])
    heading: list[Value] = []
    for country, number in ((Country(code), len(those)) for code, those in own.items()):
        some = text("practices.of_country", country=country), text("practices.count", n=number)
        heading += some if number else [text("answer.practices.none_in", country=country)]
    return several_practices(at, list(dict.fromkeys(found)), *heading, countries=countries)


def practices_of_objective(at: Situation, number: int) -> Answer:
    """Lists the practices of an objective."""
    found = at.cycle.practices_of(number)
    if not found:
        return _no_practice(at)
    heading = text("practices.of_objective", number=number, short=at.cycle.objective(number).short)
    return several_practices(at, found, heading)


def _repository_line(at: Situation) -> tuple[Value, ...]:
    page = next((link for link in at.cycle.open_links() if link.key == "repositorio"), None)
    return () if page is None else ("", text("answer.repository", link=Link(page.label, page.url)))


def _no_practice(at: Situation, country: str | None = None) -> Answer:
    """Says that no practice was found, or none is from that country, and where to look further."""
    none = text("answer.practices.none_in", country=Country(country)) if country else text("answer.practices.none")
    answer = Answer("practice", (none, *_repository_line(at)), (), (("practices", ""),), known=False)
    return answer.about("practice", ())  # "and from Chile?" goes on with practices


def one_term(_at: Situation, term: Term) -> Answer:
    """Returns what a word means."""
    lines = (text("answer.term", name=term.name), "", term.definition, "", text("answer.source", source=term.source))
    return Answer("glossary", lines, (term.key,), (("objectives", ""), ("sessions", ""))).about("term", [term.key])


def several_terms(at: Situation, terms: Sequence[Term]) -> Answer:
    """Returns what each of those words means."""
    found = [one_term(at, each) for each in terms[:_MOST_TERMS]]
    lines = [line for answer in found for line in (*answer.lines, "")][:-1]
    ids = tuple(each for answer in found for each in answer.ids)
    return Answer("glossary", tuple(lines), ids, found[0].offers).about("term", ids)
