"""Builds answers that compare sessions by what they discuss: their topics, and how many objectives and areas."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.content_answers import objective_count, topic_sentence
from knowledge.answers.session_answers import check, timed_sessions
from locales.reply import Listing, Value, text

_A_PAIR = 2


def compare_topics(at: Situation, chosen: Sequence[int]) -> Answer:
    """Returns what each of those sessions is about, then when it is: how they differ."""
    topics = [topic_sentence(at, number) for number in chosen]
    found = timed_sessions(at, chosen)
    return replace(found, lines=(*topics, "", *found.lines))


def _objective_sizes(at: Situation, chosen: Sequence[int]) -> Mapping[int, int]:
    return {number: len(at.cycle.session(number).objectives) for number in chosen}


def total_objectives(at: Situation, chosen: Sequence[int]) -> Answer:
    """Returns how many objectives those sessions have together, then each."""
    sizes = _objective_sizes(at, chosen)
    found = _list_sizes(at, sizes, objective_count, "session")
    return replace(found, lines=(text("answer.objectives.total", n=sum(sizes.values())), "", *found.lines))


def compare_objectives(at: Situation, chosen: Sequence[int], claimed: int | None, *, as_many: bool = False) -> Answer:
    """Returns how many objectives each has, the most first; yes or no where the most, or as many, is claimed."""
    sizes = _objective_sizes(at, chosen)
    answer = _compare_sizes(at, sizes, objective_count, "session")
    if as_many:
        return check(answer, len(set(sizes.values())) == 1)
    if claimed is None:
        return answer
    return check(answer, all(sizes[claimed] > size for number, size in sizes.items() if number != claimed))


def compare_areas(at: Situation, chosen: Sequence[int]) -> Answer:
    """Returns how many areas each session has, the most first."""
    return _compare_sizes(at, {n: len(at.cycle.session(n).areas) for n in chosen}, _area_count, "areas")


def _compare_sizes(
    at: Situation, sizes: Mapping[int, int], sentence: Callable[[Situation, int], Value], talk: str
) -> Answer:
    """Returns which has most and which fewest, where there are more than two; then a sentence on each."""
    found, amounts = _list_sizes(at, sizes, sentence, talk), sorted(set(sizes.values()))
    if len(sizes) <= _A_PAIR or len(amounts) == 1:
        return found
    fewest, most = (_where([n for n in sizes if sizes[n] == amount]) for amount in (amounts[0], amounts[-1]))
    first = text("answer.compare.sizes", most=most, largest=amounts[-1], fewest=fewest, least=amounts[0])
    return replace(found, lines=(first, "", *found.lines))


def _where(sessions: Sequence[int]) -> Value:
    return text("answer.compare.where", n=len(sessions), numbers=Listing(tuple(sessions)))


def _list_sizes(
    at: Situation, sizes: Mapping[int, int], sentence: Callable[[Situation, int], Value], talk: str
) -> Answer:
    """Returns a sentence on each session, the largest first; `talk` is what is then talked about."""
    ordered = sorted(sizes, key=lambda n: -sizes[n])
    ids = tuple(map(str, ordered))
    most = [each for each in ids if sizes[int(each)] == sizes[ordered[0]]]  # "and when is it?" goes on with that one
    lines = (*(sentence(at, number) for number in ordered), "", text("answer.source.note"))
    return Answer("session", lines, ids, tuple(("session", each) for each in ids)).about(talk, most)


def _area_count(at: Situation, number: int) -> Value:
    areas = tuple(area.name for area in at.cycle.session(number).areas)
    return text("answer.areas.count", number=number, n=len(areas), areas=Listing(areas))
