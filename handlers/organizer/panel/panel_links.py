"""The links of a panel: its big screen and hand-off sheet, and the invitation that makes a moderator of one session."""

from dataclasses import replace

from db.panel import boards, moderation, moderators, screens
from db.programme.live_programme import LiveSession
from db.team import invitations, team
from db.team.team import suffices
from handlers.organizer import guard
from handlers.organizer.panel import panel_boards
from handlers.participant import start as everybodys
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from locales.reply import Button, Day, Hour, Reply, Value, reply, rows, text

LINK_PREFIX = "mod_"


async def show_links(turn: Turn, number: str) -> Reply:
    """Shows the links of the screen and the sheet, and, to organizers, who moderates."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await panel_boards.open_boards(turn)
    await boards.rest(turn.tx, turn.person.id, live.id)
    token = await screens.token_of_session(turn.tx, live.id)
    lines: list[Value] = [text("panel.links", number=live.number), "", *_screen_lines(turn, token)]
    buttons = [Button(text("panel.screen.new" if token else "panel.screen.open"), f"pm:s:{number}:on")]
    if token is not None:
        buttons.append(Button(text("panel.screen.close"), f"pm:s:{number}:off"))
    buttons.append(Button(text("panel.by_votes"), f"pm:v:{number}"))
    if suffices(turn.role, "organizer"):
        lines += await _moderator_lines(turn, live)
        buttons.append(Button(text("panel.moderators"), f"pm:i:{number}"))
    back = (Button(text("panel.board.back"), f"pm:{number}"),)
    return reply(*lines, keyboard=(*rows(*buttons, of=1), back))


def _screen_lines(turn: Turn, token: str | None) -> list[Value]:
    if not turn.services.pages:
        return [text("panel.screen.none")]
    if token is None:
        return [text("panel.screen.closed")]
    address = f"{turn.services.pages}/panel/{token}"
    return [text("panel.screen"), address, "", text("panel.sheet"), f"{address}/sheet", "", text("panel.screen.secret")]


async def _moderator_lines(turn: Turn, live: LiveSession) -> list[Value]:
    found = await moderators.moderators_of_session(turn.tx, live.id)
    lines: list[Value] = ["", text("panel.moderators.some", n=len(found))]
    return [*lines, *(text("panel.moderator", name=each.name) for each in found)]


async def switch_screen(turn: Turn, number: str, switch: str) -> Reply:
    """Opens the page with a new link, or withdraws it: the link before shows nothing any more."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await panel_boards.open_boards(turn)
    if switch == "on":
        await screens.open_screen(turn.tx, live.id)
    else:
        await screens.close_screen(turn.tx, live.id)
    await turn.note("panel_screen_on" if switch == "on" else "panel_screen_off", session=live.number)
    return replace(await show_links(turn, number), toast=text(f"panel.screen.now.{switch}"))


async def order_by_votes(turn: Turn, number: str) -> Reply:
    """Lets the votes decide about the order again."""
    live = (await turn.live()).get(int(number))
    if live is not None:
        await moderation.order_by_votes(turn.tx, live.id)
        await turn.note("panel_by_votes", session=live.number)
    return replace(await panel_boards.show_board(turn, number), toast=text("panel.done.by_votes"))


async def show_moderators(turn: Turn, number: str) -> Reply:
    """Shows who moderates that session beside the organizers, and how somebody is invited."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await panel_boards.open_boards(turn)
    found = await moderators.moderators_of_session(turn.tx, live.id)
    invite = (Button(text("panel.invite"), f"pm:inv:{number}"),)
    out = [Button(text("panel.moderator.remove", name=each.name), f"pm:out:{number}:{each.id}") for each in found]
    lines = [text("panel.moderators.about", number=live.number), *await _moderator_lines(turn, live)]
    back = (Button(text("panel.board.back"), f"pm:{number}"),)
    return reply(*lines, keyboard=(invite, *rows(*out, of=1), back))


async def invite_moderator(turn: Turn, number: str) -> Reply:
    """Creates a link that makes one person a moderator of that session, once; shown now and never again."""
    live = (await turn.live()).get(int(number))
    if live is None:
        return await panel_boards.open_boards(turn)
    inviting = invitations.create(turn.tx, moderators.ROLE, turn.person.id, now=turn.now, session_id=live.id)
    token = await inviting
    await turn.note("moderator_invited", session=live.number)
    over = turn.now + invitations.GOOD_FOR
    answer = reply(
        text("panel.invited", number=live.number, day=Day(over), hour=Hour(over)),
        "",
        f"https://t.me/{turn.bot}?start={LINK_PREFIX}{token}",
        "",
        text("team.invited.how"),
        keyboard=((Button(text("panel.moderators"), f"+pm:i:{number}"),),),
    )
    return replace(answer, fresh=True)


async def remove_moderator(turn: Turn, number: str, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Removes a moderator at once: their buttons answer nothing from the next tap on."""
    live = (await turn.live()).get(int(number))
    if live is not None and await moderators.remove(turn.tx, int(id), live.id, now=turn.now):
        await turn.note("moderator_removed", member=int(id), session=live.number)
    return replace(await show_moderators(turn, number), toast=text("panel.moderator.removed"))


async def start_with_moderation(turn: Turn, words: str) -> Reply:
    """Makes a moderator by the link of /start; shows the usual first words where no link of ours says that."""
    found = await moderators.find_invitation(turn.tx, words.removeprefix(LINK_PREFIX))
    live = next((each for each in (await turn.live()).values() if found and each.id == found.session_id), None)
    if found is None or live is None:
        await guard.record_refusal(turn, f"/start {LINK_PREFIX}")
        return await everybodys.start(turn)
    if live.number in await turn.moderated():
        return await _welcome(turn, live, "panel.joined.already")
    may_invite = found.inviter in await team.organizers(turn.tx, turn.services.organizers)
    if not may_invite or not await invitations.accept(turn.tx, found.id, now=turn.now):
        await guard.record_refusal(turn, f"/start {LINK_PREFIX}")
        return reply(text("team.link.over"), keyboard=(home_row(),))
    await moderators.join(turn.tx, turn.person.id, live.id, turn.name, now=turn.now)
    await turn.note("moderator_joined", session=live.number)
    return await _welcome(turn, live, "panel.joined")


async def _welcome(turn: Turn, live: LiveSession, key: str) -> Reply:
    title = turn.cycle.session(live.number).title
    see = (Button(text("panel.moderate"), f"pm:{live.number}"),)
    return reply(text(key, number=live.number, title=title), "", text("panel.can"), keyboard=(see, home_row()))
