"""/team: who runs the cycle, inviting and accepting an invitation, changing a role, removing."""

from dataclasses import replace

from db.team import invitations, team
from db.team.invitations import Invitation
from db.team.team import INVITED, Member, Role, suffices
from handlers.organizer import guard
from handlers.organizer.team import team_log
from handlers.participant import start as everybodys
from handlers.participant.keyboards import home_row, page_row
from handlers.turn import Turn
from locales.reply import Button, Day, Hour, Keyboard, Reply, Value, reply, rows, text

_A_PAGE = 20
_LOG_WORDS = frozenset({"log", "registro", "journal", "historial"})


async def show_team(turn: Turn, page: str = "0") -> Reply:
    """Shows everybody in the team, with what the reader may do (/team)."""
    everybody = await team.members(turn.tx, turn.services.organizers)
    pages = max(-(-len(everybody) // _A_PAGE), 1)
    number = min(int(page), pages - 1)
    shown = everybody[number * _A_PAGE : (number + 1) * _A_PAGE]
    lines = [text("team.line", name=each.name, role=_role_label(each.role)) for each in shown]
    keyboard = (*_member_buttons(turn, shown), *page_row("tm:p:", number, pages), *_team_buttons(turn))
    return reply(text("team.heading"), "", *lines, *await _expected_lines(turn, everybody), keyboard=keyboard)


def _role_label(role: Role) -> Value:
    return text(f"team.role.{role}")


async def _expected_lines(turn: Turn, everybody: list[Member]) -> tuple[Value, ...]:
    """Returns who is still expected."""
    silent = len(set(turn.services.organizers) - {each.telegram_id for each in everybody})
    links = await invitations.count_open(turn.tx, now=turn.now)
    counted = (("team.silent", silent), ("team.open", links))
    return tuple(text(key, n=number) for key, number in counted if number)


def _member_buttons(turn: Turn, shown: list[Member]) -> Keyboard:
    """Returns a button for each whom an owner may change: owners are the configuration's."""
    if turn.role != "owner":
        return ()
    buttons = [Button(each.name, f"tm:m:{each.id}") for each in shown if each.role != "owner"]
    return rows(*buttons, of=2)


def _team_buttons(turn: Turn) -> Keyboard:
    log = Button(text("team.log.button"), "tm:log:0")
    if not suffices(turn.role, "organizer"):
        return ((log, *home_row()),)
    certificates = (Button(text("certificates.button"), "ct"), Button(text("offers.button"), "oo:0"))
    if turn.role != "owner":
        return (certificates, (log, *home_row()))
    invite = tuple((Button(text(f"team.invite.{role}"), f"tm:i:{role}"),) for role in INVITED)
    return (*invite, (Button(text("team.withdraw"), "tm:i:off"),), certificates, (log, *home_row()))


async def team_by_words(turn: Turn, words: str) -> Reply:
    """Shows the log for "/team log", and the team for anything else."""
    return await (team_log.show_team_log(turn) if words.lower() in _LOG_WORDS else show_team(turn))


async def create_invitation(turn: Turn, role: Role) -> Reply:
    """Creates a link that lets one person in, once; shown now and never again."""
    token = await invitations.create(turn.tx, role, turn.person.id, now=turn.now)
    await turn.note("invited", role=role)
    over = turn.now + invitations.GOOD_FOR
    answer = reply(
        text("team.invited", role=_role_label(role), day=Day(over), hour=Hour(over)),
        "",
        f"https://t.me/{turn.bot}?start={LINK_PREFIX}{token}",
        "",
        text("team.invited.how"),
        keyboard=((Button(text("team.button"), "+tm"),),),
    )
    return replace(answer, fresh=True)


async def withdraw_invitations(turn: Turn) -> Reply:
    """Withdraws the links that nobody has used yet."""
    number = await invitations.revoke_open(turn.tx, now=turn.now)
    if number:
        await turn.note("withdrawn", n=number)
    return replace(await show_team(turn), toast=text("team.withdrawn", n=number))


async def show_member(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows one of the team: since when, another role, out."""
    found = await _find_member(turn, id)
    if found is None:
        return await _member_gone(turn)
    other_role = next(role for role in INVITED if role != found.role)
    lines: tuple[Value, ...] = (text("team.since", day=Day(found.since)),) if found.since else ()
    return reply(
        text("team.line", name=found.name, role=_role_label(found.role)),
        text("team.may", what=text(f"team.may.{found.role}")),
        *lines,
        keyboard=(
            (Button(text("team.make", role=_role_label(other_role)), f"tm:r:{id}:{other_role}"),),
            (Button(text("team.remove"), f"tm:x:{id}"),),
            (Button(text("team.button"), "tm"), *home_row()),
        ),
    )


async def _find_member(turn: Turn, id: str) -> Member | None:  # noqa: A002 - as in the button's address
    """Returns somebody whom an owner may change."""
    everybody = await team.members(turn.tx, turn.services.organizers)
    return next((each for each in everybody if each.id == int(id) and each.role != "owner"), None)


async def _member_gone(turn: Turn) -> Reply:
    return replace(await show_team(turn), toast=text("team.gone"))


async def change_role(turn: Turn, id: str, role: Role) -> Reply:  # noqa: A002 - as in the button's address
    """Changes what they may do, from now on."""
    found = await _find_member(turn, id)
    if found is None:
        return await _member_gone(turn)
    if await team.change_role(turn.tx, found.id, role):
        await turn.note("role", member=found.id, role=role)
        turn.menus[found.telegram_id] = role
    return replace(await show_member(turn, id), toast=text("team.changed"))


async def ask_to_remove_member(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks for a second tap, the last one."""
    found = await _find_member(turn, id)
    if found is None:
        return await _member_gone(turn)
    yes, no = Button(text("team.remove.yes"), f"tm:x:{id}:yes"), Button(text("button.back"), f"tm:m:{id}")
    return reply(text("team.remove.ask", name=found.name), keyboard=((yes,), (no,)))


async def remove_member(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Removes them at once: their buttons and commands answer nothing from the next tap on."""
    found = await _find_member(turn, id)
    if found is None or not await team.remove(turn.tx, found.id, now=turn.now):
        return await _member_gone(turn)
    await turn.note("removed", member=found.id)
    turn.menus[found.telegram_id] = None
    return replace(await show_team(turn), toast=text("team.removed"))


LINK_PREFIX = "team_"


async def start_with_invitation(turn: Turn, words: str) -> Reply:
    """Joins the team by the link of /start; shows the usual first words where no link of ours says that."""
    if turn.role is not None:
        turn.menus[turn.person.telegram_id] = turn.role  # whatever went wrong with it before
    return await accept_invitation(turn, words.removeprefix(LINK_PREFIX)) or await everybodys.start(turn)


async def accept_invitation(turn: Turn, token: str) -> Reply | None:
    """Gives the role that the link carries; None where no link of ours says that."""
    found = await invitations.find(turn.tx, token)
    if found is None:
        await guard.record_refusal(turn, f"/start {LINK_PREFIX}")
        return None
    if turn.role is not None:
        return _welcome(turn, "team.already")
    if not await _use_if_valid(turn, found):
        await guard.record_refusal(turn, f"/start {LINK_PREFIX}")
        return reply(text("team.link.over"), keyboard=(home_row(),))
    await team.join(turn.tx, turn.person.id, found.role, turn.name, now=turn.now)
    await turn.note("joined", role=found.role)
    turn.menus[turn.person.telegram_id] = found.role
    return _welcome(await turn.again(), "team.joined")


async def _use_if_valid(turn: Turn, found: Invitation) -> bool:
    """Uses the link if it is in time, not used, and of somebody who still is an owner."""
    if found.inviter not in turn.services.organizers:
        return False
    return await invitations.accept(turn.tx, found.id, now=turn.now)


def _welcome(turn: Turn, key: str) -> Reply:
    return reply(
        text(key, role=text(f"team.role.{turn.role}"), cycle=turn.cycle.title),
        text("team.can", what=text(f"team.may.{turn.role}")),
        keyboard=((Button(text("team.button"), "+tm"), *home_row()),),
    )
