"""Checks that the files of a content pack agree with themselves and with each other."""

from collections.abc import Hashable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from rapidfuzz.distance import OSA

from knowledge.loading.content_file import ContentError, Path
from knowledge.loading.pack import Pack
from knowledge.programme.certificate_template import LARGEST_PICTURE, PICTURE_SIGNS
from knowledge.text.words import fold
from locales.time_zone import time_zone

# Of a word that is said at a session: its letters, and from how many changes on another word is unlike it.
_SHORTEST_WORD, _LONGEST_WORD, _UNLIKE = 5, 20, 3

# No session lasts longer, and none comes so long after the one before: a slip in a day, a month or a year, which
# nobody would see in "from 14:00 to 15:30", and reminders, attendance and thanks would all come by it.
_LONGEST_SESSION, _LONGEST_GAP = timedelta(hours=12), timedelta(days=366)
_HOUR = timedelta(hours=1)

# What no two entries of a table have in common: file, table, key.
_UNIQUE = (
    *(("cycle", table, "key") for table in ("eligibility", "unknown", "background", "link")),
    *(("principles", "principle", "letter"), ("practices", "practice", "id"), ("glossary", "term", "key")),
    *(("faq", "faq", "key"), ("aliases", "alias", "of")),
)

_Problem = tuple[str, Path, str]  # file, key, what is wrong


def find_errors(pack: Pack) -> Iterator[ContentError]:
    """Yields an error for everything that each file alone may say but that cannot be true together."""
    for check in (
        *(_numbering, _repeated_keys, _repeated_areas, _hours, _order, _slips_in_dates, _offsets, _coverage, _areas),
        *(_practices, _links, _names, _attendance_words, _pictures),
    ):
        for file, path, what in check(pack):
            yield pack.files[file].error(path, what)


def _numbering(pack: Pack) -> Iterator[_Problem]:
    objectives = (objective.number for objective in pack.objectives.objective)
    principles = (principle.number for principle in pack.principles.principle)
    for file, table, numbers in (("objectives", "objective", objectives), ("principles", "principle", principles)):
        for place, number in enumerate(numbers):
            if number != place + 1:
                what = f"is {number} where {place + 1} is expected; number them 1, 2, 3… in order."
                yield file, (table, place, "number"), what
                return


def _repeated_keys(pack: Pack) -> Iterator[_Problem]:
    for file, table, field in _UNIQUE:
        keys = (getattr(each, field) for each in getattr(getattr(pack, file), table))
        yield from _repeated(file, (((table, place, field), key) for place, key in enumerate(keys)))


def _repeated_areas(pack: Pack) -> Iterator[_Problem]:
    areas = ((s, a, area) for s, each in enumerate(pack.cycle.session) for a, area in enumerate(each.areas))
    return _repeated("cycle", ((("session", s, "area", a, "key"), area.key) for s, a, area in areas))


def _repeated(file: str, keys: Iterable[tuple[Path, Hashable]]) -> Iterator[_Problem]:
    seen: set[Hashable] = set()
    for path, key in keys:
        if key in seen:
            yield file, path, f"{key!r} is already taken; choose another."
        seen.add(key)


def _hours(pack: Pack) -> Iterator[_Problem]:
    for place, session in enumerate(pack.cycle.session):
        if session.ends_at <= session.starts_at:
            yield "cycle", ("session", place, "end"), "is not after the session's start; correct one of the two."


def _order(pack: Pack) -> Iterator[_Problem]:
    for place, (before, after) in enumerate(pairwise(pack.cycle.session), start=1):
        if after.number <= before.number:
            what = f"{after.number} does not come after {before.number}; put the sessions in order."
            yield "cycle", ("session", place, "number"), what
        if after.starts_at < before.ends_at:
            what = f"is before the end of session {before.number}; sessions come in order and do not overlap."
            yield "cycle", ("session", place, "start"), what


def _slips_in_dates(pack: Pack) -> Iterator[_Problem]:
    """Yields days that are so far off that a figure of theirs must be wrong."""
    before = None
    for place, session in enumerate(pack.cycle.session):
        if before is not None and session.starts_at - before.ends_at > _LONGEST_GAP:
            what = f"is more than a year after session {before.number}; correct the year."
            yield "cycle", ("session", place, "start"), what
        if (length := session.ends_at - session.starts_at) > _LONGEST_SESSION:
            what = f"is {length // _HOUR} hours after the session's start, more than a session lasts; correct the day."
            yield "cycle", ("session", place, "end"), what
        before = session


def _offsets(pack: Pack) -> Iterator[_Problem]:
    """Yields wrong offsets of hours: one would send everyone to the wrong hour."""
    zone = pack.cycle.cycle.zone
    for place, session in enumerate(pack.files["cycle"].data["session"]):
        for edge in ("start", "end"):
            written: datetime = session[edge]
            there = written.astimezone(time_zone(zone))
            if written.utcoffset() != there.utcoffset():
                what = f"has an offset that {zone} does not have at that moment; there it is {there.isoformat()}."
                yield "cycle", ("session", place, edge), what


def _coverage(pack: Pack) -> Iterator[_Problem]:
    """Yields objectives of the objectives file that are not discussed in exactly one session."""
    open_ = {objective.number for objective in pack.objectives.objective}
    known = frozenset(open_)
    for path, number in _discussed(pack):
        if number not in known:
            yield "cycle", path, f"there is no objective {number}; objectives.toml has 1 to {max(known)}."
        elif number not in open_:
            yield "cycle", path, f"objective {number} is already in an area before; each is in exactly one."
        open_.discard(number)
    if open_:
        missing = ", ".join(map(str, sorted(open_)))
        yield "cycle", ("session",), f"no area of any session has objective {missing}; each is in exactly one."


def _discussed(pack: Pack) -> Iterator[tuple[Path, int]]:
    for s, session in enumerate(pack.cycle.session):
        for a, area in enumerate(session.areas):
            yield from ((("session", s, "area", a, "objectives"), number) for number in area.objectives)


def _areas(pack: Pack) -> Iterator[_Problem]:
    areas = {area.key: area.objectives for session in pack.cycle.session for area in session.areas}
    for place, objective in enumerate(pack.objectives.objective):
        path = ("objective", place, "area")
        if objective.area not in areas:
            yield "objectives", path, f"{objective.area!r} is not an area of any session; see [[session.area]]."
        elif objective.number not in areas[objective.area]:
            yield "objectives", path, f"cycle.toml puts objective {objective.number} in another area; correct one."


def _practices(pack: Pack) -> Iterator[_Problem]:
    known = len(pack.objectives.objective)
    for place, practice in enumerate(pack.practices.practice):
        unknown = [number for number in practice.objectives if number > known]
        if unknown:
            yield "practices", ("practice", place, "objectives"), f"there is no objective {unknown[0]}; correct it."
        if practice.url is None and not practice.offered:
            yield "practices", ("practice", place, "url"), "is missing; add the page of its source."
        if practice.scope in {"national", "local"} and not practice.countries:
            what = f"is empty though the scope is {practice.scope}; add one."
            yield "practices", ("practice", place, "countries"), what
        if practice.scope == "global" and practice.countries:
            yield "practices", ("practice", place, "countries"), "must be empty, as the scope is global."


def _links(pack: Pack) -> Iterator[_Problem]:
    for place, link in enumerate(pack.cycle.link):
        if link.doubtful and link.reason is None:
            yield "cycle", ("link", place, "doubtful"), "needs a `reason` beside it; add one."


def _names(pack: Pack) -> Iterator[_Problem]:
    """Yields aliases of things that are not there."""
    known = {
        *(f"session:{each.number}" for each in pack.cycle.session),
        *(f"area:{area.key}" for each in pack.cycle.session for area in each.areas),
        *(f"objective:{each.number}" for each in pack.objectives.objective),
        *(f"principle:{each.number}" for each in pack.principles.principle),
        *(f"practice:{each.id}" for each in pack.practices.practice),
        *(f"term:{each.key}" for each in pack.glossary.term),
    }
    for place, alias in enumerate(pack.aliases.alias):
        if alias.of not in known:
            yield "aliases", ("alias", place, "of"), f"names {alias.of!r}, which this pack does not have; correct it."


def _attendance_words(pack: Pack) -> Iterator[_Problem]:
    """Yields words that nobody could type without doubt."""
    for language, words in pack.attendance.words.items():
        keys = [fold(each) for each in words]
        for place, key in enumerate(keys):
            if not (_SHORTEST_WORD <= len(key) <= _LONGEST_WORD and key.isascii() and key.isalpha()):
                what = f"{words[place]!r} is not one word of {_SHORTEST_WORD} to {_LONGEST_WORD} letters; replace it."
                yield "attendance", ("words", language), what
            elif (near := next((each for each in keys[:place] if OSA.distance(key, each) < _UNLIKE), None)) is not None:
                what = f"{words[place]!r} is too like {near!r}: a slip would make one of the other; replace one."
                yield "attendance", ("words", language), what


def _pictures(pack: Pack) -> Iterator[_Problem]:
    """Yields pictures of the certificate that are not there, or are none."""
    if pack.certificate is None:
        return
    named: list[tuple[Path, str | None]] = [(("look", "logo"), pack.certificate.look.logo)]
    named += [(("signature", place, "picture"), each.picture) for place, each in enumerate(pack.certificate.signature)]
    for path, name in ((path, name) for path, name in named if name is not None):
        content = pack.pictures.get(name)
        if content is None:
            yield "certificate", path, f"there is no file {name} in this folder; put it there or take the line out."
        elif len(content) > LARGEST_PICTURE:
            yield "certificate", path, f"{name} has more than {LARGEST_PICTURE // 1_000_000} MB; make it smaller."
        elif not content.startswith(PICTURE_SIGNS):
            yield "certificate", path, f"{name} is neither PNG nor JPEG; save it as one of them."
