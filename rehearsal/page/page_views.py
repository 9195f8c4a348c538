"""Views of people, chats, clock, sessions and calls for the page, as JSON."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from rehearsal.telegram.message_html import ChatMessage
from rehearsal.telegram.records import Call, Json, User
from rehearsal.telegram.telegram import Telegram
from rehearsal.world import Rehearsal

_AROUND = timedelta(days=2)
_MOST_CALLS = 300


def clock_json(rehearsal: Rehearsal, *, busy: str | None) -> Json:
    """Returns the present moment, how fast it runs, and when the next reminders are due. Instants are UTC."""
    return {
        "now": iso(rehearsal.clock.now()),
        "speed": rehearsal.clock.speed,
        "next": iso(rehearsal.next_moment()),
        "busy": busy,
        "line_cut": rehearsal.telegram.line_cut,
    }


async def sessions_json(rehearsal: Rehearsal) -> Json:
    """Returns the sessions as they stand now, and the stretch of time around them and around where they were."""
    live = await rehearsal.sessions()
    sessions = [{**each, "starts_at": iso(each["starts_at"]), "ends_at": iso(each["ends_at"])} for each in live]
    moments: list[datetime] = [moment for each in live for moment in (each["starts_at"], each["ends_at"])]
    moments += [each.starts_at for each in rehearsal.app.cycle.sessions]
    first, last = min(moments), max(moments)
    return {"sessions": sessions, "timeline": {"from": iso(first - _AROUND), "to": iso(last + _AROUND)}}


def person_json(rehearsal: Rehearsal, user: User) -> Json:
    """Returns one of the cast, and what their phone knows of the bot."""
    telegram = rehearsal.telegram
    language = user.language_code or "en"
    return {
        "id": user.id,
        "name": " ".join(filter(None, (user.first_name, user.last_name))),
        "language": language,
        "zone": user.zone,
        "organizer": user.id in rehearsal.app.settings.organizers.ids,
        "blocked": user.id in telegram.blocked,
        "offline": user.id in rehearsal.offline,
        "commands": commands_of(telegram, user),
        "description": _set_for(telegram, "description", ["default"], language) or "",
    }


def commands_of(telegram: Telegram, user: User) -> list[Json]:
    """Returns the menu that this phone shows: the narrowest scope wins, and in it the phone's own language.

    Source: https://core.telegram.org/bots/api#determining-list-of-commands
    """
    scopes = [f"{user.id}/chat", "all_private_chats", "default"]
    return list(_set_for(telegram, "commands", scopes, user.language_code or "") or [])


def _set_for(telegram: Telegram, what: str, scopes: list[str], language: str) -> Any:  # noqa: ANN401 - texts and lists
    for scope in scopes:
        for code in (language, ""):
            if found := telegram.settings.get((what, scope, code)):
                return found
    return None


def chat_json(telegram: Telegram, user_id: int) -> Json:
    """Returns everything that phone shows, oldest first."""
    return {
        "id": user_id,
        "typing": telegram.typing(user_id),
        "messages": [_message_json(each) for each in telegram.chat(user_id)],
    }


def _message_json(message: ChatMessage) -> Json:
    return {
        "id": message.id,
        "from_bot": message.from_bot,
        "sender": message.sender,
        "html": message.html,
        "keyboard": message.keyboard,
        "reply_keyboard": message.reply_keyboard,
        "media": _media_json(message.media) if message.media else None,
        "edited": message.edited,
        "sent_at": iso(message.sent_at),
        "edited_at": iso(message.edited_at),
    }


def _media_json(media: Json) -> Json:
    kept = ("kind", "file_name", "mime_type", "file_size", "latitude", "longitude", "duration", "emoji")
    shown = {key: media[key] for key in kept if key in media}
    return shown | ({"file": f"/rehearsal/files/{media['file_id']}"} if "file_id" in media else {})


def calls_json(telegram: Telegram, after: int) -> Json:
    """Returns the newest calls after that number, oldest first; `skipped` of them are left out."""
    newest = list(islice((call for call in reversed(telegram.calls) if call.number > after), _MOST_CALLS + 1))
    shown = newest[:_MOST_CALLS]
    first = shown[-1].number if shown else after + 1
    last = shown[0].number if shown else after
    return {"calls": [_call_json(each) for each in reversed(shown)], "last": last, "skipped": max(first - after - 1, 0)}


def _call_json(call: Call) -> Json:
    return {
        "number": call.number,
        "at": iso(call.at),
        "method": call.method,
        "chat_id": call.chat_id,
        "status": call.status,
        "description": call.description,
        "params": call.params,
    }


def iso(instant: datetime | None) -> str | None:
    """Returns an instant in UTC as browsers read it; None stays None."""
    return None if instant is None else instant.astimezone(UTC).isoformat()


def offers_json(answer: Json | None) -> Json:
    """Returns what a phone lists under an inline query; `answered` is false while the bot has not."""
    results = answer["results"] if answer is not None else []
    listed = [{key: each.get(key, "") for key in ("title", "description")} for each in results]
    button = (answer or {}).get("button") or {}
    return {"answered": answer is not None, "results": listed, "button": button.get("text", "")}
