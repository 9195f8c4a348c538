"""Reads how people stand to sessions: places, waiting lists, reminders; and whether they are registered at all."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import literal, select, union_all

from db.engine.database import Tx
from db.tables import attendances, registrations, subscriptions

_REMINDED, _REGISTERED = "reminded", "registered"


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's: the state of each session by the id of its row, those with reminders, the cycles registered for."""

    places: Mapping[int, str] = field(default_factory=dict)  # going, waiting
    reminded: frozenset[int] = frozenset()  # silenced ones, too
    cycles: frozenset[str] = frozenset()


async def standings(tx: Tx, participant_ids: Collection[int]) -> Mapping[int, Standing]:
    """Returns the standing of those people by their id; who has none is left out."""
    place, remind, register = attendances.c, subscriptions.c, registrations.c
    chosen = union_all(
        select(place.participant_id, place.session_id, place.state.label("kind"), literal("").label("cycle")).where(
            place.participant_id.in_(participant_ids)
        ),
        select(remind.participant_id, remind.session_id, literal(_REMINDED), literal(""))
        .where(remind.participant_id.in_(participant_ids))
        .distinct(),
        select(register.participant_id, literal(0), literal(_REGISTERED), register.cycle).where(
            register.participant_id.in_(participant_ids)
        ),
    )
    places: dict[int, dict[int, str]] = {}
    reminded: dict[int, set[int]] = {}
    cycles: dict[int, set[str]] = {}
    for person, session, kind, cycle in await tx.execute(chosen):
        if kind == _REMINDED:
            reminded.setdefault(person, set()).add(session)
        elif kind == _REGISTERED:
            cycles.setdefault(person, set()).add(cycle)
        else:
            places.setdefault(person, {})[session] = kind
    return {
        each: Standing(places.get(each, {}), frozenset(reminded.get(each, ())), frozenset(cycles.get(each, ())))
        for each in {*places, *reminded, *cycles}
    }
