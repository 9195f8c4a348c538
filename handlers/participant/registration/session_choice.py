"""Which sessions one comes to, as the registration asks it: the switches, their answers, and what is still open."""

from db.people import attendances
from db.programme.live_programme import LiveSession
from handlers.dialog import StepContext, StepResult
from handlers.participant.programme.programme import zone_line
from handlers.participant.registration import registration_parsers as read
from handlers.turn import Turn
from locales.reply import Button, Day, Hour, Reply, Value, reply, rows, text


async def open_sessions(turn: Turn) -> dict[int, LiveSession]:
    """Those that are not over: one can still come."""
    return {number: each for number, each in (await turn.live()).items() if each.is_open(turn.now)}


async def ask_sessions(scene: StepContext) -> Reply:
    turn, chosen = scene.turn, scene.answers.get("sessions") or []
    live = await open_sessions(turn)
    if not live:
        return reply(text("registration.over"))
    lines = [await _session_line(turn, each) for each in live.values()]
    switches = tuple(_session_switch(scene, number, on=number in chosen) for number in live)
    all_ = (scene.button(text("registration.all_sessions"), "all"),)
    on = ((scene.button(text("registration.go_on"), "ok"),),) if any(each in live for each in chosen) else ()
    keyboard = (all_, *rows(*switches, of=2), *on)
    return reply(text("registration.ask.sessions"), "", *zone_line(turn), *lines, keyboard=keyboard)


async def _session_line(turn: Turn, live: LiveSession) -> Value:
    session = turn.cycle.session(live.number)
    full = await attendances.is_full(turn.tx, live.id, session.capacity)
    when: dict[str, Value] = {"number": live.number, "title": session.title}
    when |= {"day": Day(live.starts_at), "hour": Hour(live.starts_at)}
    return text("registration.session.full" if full else "registration.session", **when)


def _session_switch(scene: StepContext, number: int, *, on: bool) -> Button:
    label, switch = ("registration.session.on", "off") if on else ("registration.session.off", "on")
    return scene.button(text(label, number=number), f"{number}{switch}")


async def tap_sessions(scene: StepContext, value: str) -> StepResult:
    live = await open_sessions(scene.turn)
    if not live:
        return StepResult(page=await ask_sessions(scene))
    chosen = {each for each in scene.answers.get("sessions") or () if each in live}
    if value == "all":
        chosen, value = set(live), "ok"
    if value == "ok":
        return StepResult(sorted(chosen)) if chosen else StepResult(problem=text("registration.no_session"))
    digits = value.removesuffix("on").removesuffix("off")
    if not digits.isdecimal() or int(digits) not in live:
        return StepResult(problem=text("registration.session_over"))
    changed = chosen | {int(digits)} if value.endswith("on") else chosen - {int(digits)}
    return StepResult(sorted(changed), stays=True)


async def read_sessions(scene: StepContext) -> StepResult:
    live = await open_sessions(scene.turn)
    return (
        read.parse_sessions(scene.turn, scene.turn.words, live) if live else StepResult(page=await ask_sessions(scene))
    )
