"""Corrects an announcement that has left: shown as it will arrive, confirmed, above a number by a second organizer."""

from dataclasses import replace

from db.announcements import announcement_deliveries, announcements, corrections
from db.announcements.announcements import DONE, ON_ITS_WAY, STOPPED, Announcement, Body
from db.announcements.corrections import ASKING, DROPPED, MADE, WRITTEN, Correction
from db.delivery import outbox
from handlers.organizer.announcements import announce
from handlers.turn import Turn
from knowledge.programme.announcement_card import build_announcement
from locales.localized import Language
from locales.reply import Button, Reply, Value, reply, text

_CORRECTABLE = frozenset({*ON_ITS_WAY, DONE, STOPPED})
_OPEN = frozenset({WRITTEN, ASKING})
_STILL_TO_LEAVE = (outbox.WAITING, outbox.HELD, outbox.CLAIMED)


async def begin_correction(turn: Turn, announcement: Announcement, code: Language, body: Body) -> Reply:
    """Keeps the new words and shows them. Nothing is changed yet."""
    number = await corrections.create(turn.tx, announcement.id, code, body, turn.person.id, now=turn.now)
    return await open_correction(turn, str(number))


async def open_correction(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows the corrected message exactly as it will arrive, then what can be done about it."""
    correction = await corrections.get(turn.tx, int(id))
    announcement = await _announcement_of(turn, correction)
    if correction is None or announcement is None or correction.state not in _OPEN:
        return replace(await announce.show_announcements(turn), toast=text("announce.gone"))
    card = replace(await _card(turn, correction, announcement), fresh=True)
    heading = reply(text("announce.preview", language=text(f"language.name.{correction.language}")))
    return replace(heading, then=replace(build_announcement(correction.body), then=card), fresh=True)


async def _announcement_of(turn: Turn, correction: Correction | None, *, lock: bool = False) -> Announcement | None:
    if correction is None:
        return None
    found = await announcements.get(turn.tx, correction.announcement_id, lock=lock)
    return found if found is not None and found.state in _CORRECTABLE else None


async def _card(turn: Turn, correction: Correction, announcement: Announcement) -> Reply:
    counting = (turn.tx, announcement, correction.language)
    arrived = await announcement_deliveries.count_reading(*counting, (outbox.SENT,))
    later = await announcement_deliveries.count_reading(*counting, _STILL_TO_LEAVE)
    language = text(f"language.name.{correction.language}")
    lines: list[Value] = [text("correction.heading", number=announcement.id, language=language)]
    lines.append(text("correction.arrived", n=arrived))
    lines += [text("correction.later", n=later)] if later else []
    labels = ", ".join(label for label, _ in correction.body.buttons)
    lines.append(text("correction.buttons", labels=labels) if labels else text("correction.no_buttons"))
    return reply(*lines, keyboard=await _buttons(turn, correction, announcement, with_links=bool(labels)))


async def _buttons(
    turn: Turn, correction: Correction, announcement: Announcement, *, with_links: bool
) -> tuple[tuple[Button, ...], ...]:
    drop = Button(text("correction.drop"), f"ac:x:{correction.id}")
    if correction.state == ASKING:
        return ((Button(text("correction.confirm"), f"ac:ok:{correction.id}"),), (drop,))
    many = announce.needs_another(turn, await _people(turn, correction, announcement))
    go = Button(text("correction.ask" if many else "correction.go"), f"ac:go:{correction.id}")
    rewrite = Button(text("correction.rewrite"), f"an:b:{announcement.id}:{correction.language}")
    links = ((Button(text("correction.without_buttons"), f"ac:n:{correction.id}"),),) if with_links else ()
    return ((go,), *links, (rewrite, drop))


async def _people(turn: Turn, correction: Correction, announcement: Announcement) -> int:
    """Returns how many of its audience read these words, or will; as where it is sent, the team is not counted."""
    return await announcement_deliveries.count_reading(
        turn.tx, announcement, correction.language, (outbox.SENT, *_STILL_TO_LEAVE), team=False
    )


async def remove_correction_buttons(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Takes the link buttons away from the correction."""
    correction = await corrections.get(turn.tx, int(id), lock=True)
    if correction is not None and correction.state == WRITTEN:
        await corrections.remove_buttons(turn.tx, correction.id)
    return await open_correction(turn, id)


async def drop_correction(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Discards it: everything stays as it arrived."""
    correction = await corrections.get(turn.tx, int(id), lock=True)
    if correction is None or correction.state not in _OPEN:
        return await open_correction(turn, id)
    await corrections.set_state(turn.tx, correction.id, DROPPED)
    return await announce.open_announcement(turn, str(correction.announcement_id))


async def send_correction(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Corrects at once; above a number of people it asks the other organizers first."""
    correction = await corrections.get(turn.tx, int(id), lock=True)
    announcement = await _announcement_of(turn, correction, lock=True)
    if correction is None or announcement is None or correction.state != WRITTEN:
        return await open_correction(turn, id)
    people = await _people(turn, correction, announcement)
    if announce.needs_another(turn, people):
        return await _ask_another(turn, correction, announcement, people)
    return await _correct(turn, correction, announcement)


async def _ask_another(turn: Turn, correction: Correction, announcement: Announcement, people: int) -> Reply:
    others = await announce.other_organizers(turn)
    if not others:
        return reply(text("announce.alone", most=turn.services.confirm_above), keyboard=announce.open_row(announcement))
    await corrections.set_state(turn.tx, correction.id, ASKING)
    about = {"what": "correction asking", "number": announcement.id, "people": people}
    about |= {"correction": correction.id, "language": correction.language}
    await outbox.put_note(turn.tx, f"correction/{correction.id}/asking", others, about, now=turn.now)
    await turn.note("correction_asked", n=people, announcement=announcement.id)
    return reply(text("correction.asked", n=people), keyboard=announce.open_row(announcement))


async def confirm_correction(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Takes the second organizer's consent: never that of who wrote it."""
    correction = await corrections.get(turn.tx, int(id), lock=True)
    announcement = await _announcement_of(turn, correction, lock=True)
    if correction is None or announcement is None or correction.state != ASKING:
        return await open_correction(turn, id)
    if correction.author_id in {None, turn.person.id}:
        return replace(await open_correction(turn, id), toast=text("announce.another"))
    await turn.note("correction_confirmed", announcement=announcement.id)
    return await _correct(turn, correction, announcement)


async def _correct(turn: Turn, correction: Correction, announcement: Announcement) -> Reply:
    """Makes it: who has not got it yet gets the new words; where it has arrived they are changed."""
    await corrections.set_state(turn.tx, correction.id, MADE)
    await announcements.set_body(turn.tx, announcement.id, correction.language, correction.body, now=turn.now)
    changed = {"amended_at": turn.now, "amendment": announcement.amendment + 1, "open": True}
    await announcements.change_if(turn.tx, announcement.id, {announcement.state}, now=turn.now, **changed)
    await turn.note("corrected", announcement=announcement.id)
    return reply(text("announce.corrected"), keyboard=announce.open_row(announcement))
