"""Warns that an announcement holds the link of a session which some of its audience may not see."""

from changes import link_access
from db.announcements.announcements import Announcement
from db.announcements.audiences import Audience
from db.programme import live_programme
from handlers.turn import Turn
from knowledge.programme.link_guard import contains_link
from knowledge.programme.session_details import SessionDetails
from locales.reply import Value, text


async def link_warnings(turn: Turn, announcement: Announcement) -> list[Value]:
    """Returns a line for each session whose link is in it, with how many get it without."""
    found: list[Value] = []
    for session_id, number, stored in await live_programme.details_with_link(turn.tx):
        details = SessionDetails.from_stored(stored, turn.cycle.planned_capacity(number))
        link = details.link or ""
        if any(contains_link(body.html, body.buttons, link) for body in announcement.bodies.values()):
            audience = Audience.from_json(announcement.audience)
            people = await link_access.count_without_access(turn.tx, turn.cycle.key, audience, session_id, details)
            found += [text("announce.link.closed", number=number, n=people)] if people else []
    return found
