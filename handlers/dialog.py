"""Runs a conversation of several steps: asks, reads answers, goes back, skips, cancels; never takes a step twice."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from db.people import dialogs
from db.people.dialogs import DialogState
from handlers.turn import Turn
from knowledge.text.words import fold
from locales.reply import Button, Keyboard, Reply, Say, Value, text


def find_typed_button(words: str, keyboard: Keyboard, say: Say) -> Button | None:
    """Returns the button that says those words; none with a number: "sesión 2" is an answer, not a switch."""
    folded = fold(words)
    if not folded or any(sign.isdigit() for sign in folded):
        return None
    pressable = (button for row in keyboard for button in row if button.press is not None)
    return next((button for button in pressable if fold(say(button.label)) == folded), None)


# After one answer, where to: a step's name, or DONE for the end. Kept among the answers, with a sign before its name.
THEN, DONE = "_then", "_done"
# Something that is open at the present step, such as a doubt about what was typed; gone with the step.
NOTE = "_note"
# By step: the number of the message that answered it, so that the message may be edited.
SAID = "_said"
_CONTROLS = frozenset({"back", "skip", "cancel", "next"})


@dataclass(frozen=True, slots=True)
class StepResult:
    """What became of an answer: kept (and on, or still here), not understood, or something else to show."""

    value: Any = None
    stays: bool = False  # a switch: the same question again
    problem: Value | None = None  # a kind correction; nothing is kept
    page: Reply | None = None  # more of the same question, such as a list
    jump: str | None = None  # another step first, then back here
    note: Any = None  # kept while the same question is asked again

    @property
    def is_plain(self) -> bool:
        """Returns whether it is an answer and nothing else is to be shown or asked."""
        return self.value is not None and self.problem is None and self.page is None and self.note is None


@dataclass(frozen=True, slots=True)
class StepContext:
    """A turn at its place in the conversation."""

    turn: Turn
    state: DialogState
    prefix: str

    @property
    def answers(self) -> Mapping[str, Any]:
        """What was said so far."""
        return self.state.answers

    def button(self, label: Value, value: str) -> Button:
        """Returns a button that answers this step, as long as it is this step's turn."""
        return Button(label, f"{self.prefix}:{self.state.step}:{self.state.version}:{value}")


@dataclass(frozen=True, slots=True)
class Step:
    """One question: how it is asked, and how a typed or a tapped answer is taken."""

    name: str
    ask: Callable[[StepContext], Awaitable[Reply]]
    read: Callable[[StepContext], Awaitable[StepResult]]
    tap: Callable[[StepContext, str], Awaitable[StepResult]]
    optional: bool = False
    free: bool = False  # nearly any words may be the answer
    # What "go on" means where an answer is needed; without it the step is asked for: words that go on are no consent.
    go_on: Callable[[StepContext], Awaitable[StepResult]] | None = None
    short: Value | None = None  # the question in one line, where the whole of it stood a moment ago


async def tap_nothing(_scene: StepContext, _value: str) -> StepResult:
    """Takes a button of a step that has none: it is of another step, or made up."""
    return StepResult(problem=text("dialog.stale"))


@dataclass(frozen=True)
class Dialog:
    """The steps in their order, and what happens around them."""

    name: str  # in the table
    prefix: str  # of its buttons
    steps: tuple[Step, ...]
    done: Callable[[StepContext], Awaitable[Reply]]
    aside: Callable[[StepContext, Step], Awaitable[Reply | None]]  # answers what was typed but is no answer to the step
    left: Callable[[Turn], Awaitable[Reply]]  # cancelled, or gone: where to begin anew
    rests_after: timedelta | None = None  # None: never, what is typed days later still answers the step

    async def begin(self, turn: Turn, step: str | None = None, given: Mapping[str, Any] | None = None) -> Reply:
        """Asks the first question that has no answer yet, or that step."""
        answers = dict(given or {})
        first = step or self._following(answers, "").name
        await dialogs.begin(turn.tx, turn.person.id, self.name, first, now=turn.now, **answers)
        return await self.ask_again(turn)

    async def resume(self, turn: Turn) -> Reply | None:
        """Asks the same step again, however long ago; None where there is nothing to go on with."""
        state = await dialogs.get(turn.tx, turn.person.id, self.name)
        if state is None:
            return None
        await dialogs.begin(turn.tx, turn.person.id, self.name, state.step, now=turn.now, **state.answers)
        return await self.ask_again(turn)

    async def ask_again(
        self,
        turn: Turn,
        toast: Value | None = None,
        before: tuple[Value, ...] = (),
        *,
        shortly: bool = False,
        scene: StepContext | None = None,
    ) -> Reply:
        """Asks the question of the present step again, after some other words; shortly: in one line.

        `scene`: where they are, for who has just read it.
        """
        scene = scene or await self._scene(turn)
        if scene is None:
            return replace(await self.left(turn), toast=toast)
        step = self._step(scene.state.step)
        if step is None:  # of an earlier or a later version of us
            anew = await self.begin(turn, given={key: scene.answers[key] for key in self._known(scene.answers)})
            return replace(anew, lines=(text("dialog.anew"), "", *anew.lines))
        asked = await step.ask(scene)
        question = (step.short,) if shortly and step.short is not None else asked.lines
        lines = (*before, "", *question) if before else question
        return replace(asked, lines=lines, keyboard=(*asked.keyboard, *self._controls(scene, step)), toast=toast)

    async def _scene(self, turn: Turn) -> StepContext | None:
        state = await dialogs.get(turn.tx, turn.person.id, self.name)
        return StepContext(turn, state, self.prefix) if state is not None else None

    def _step(self, name: str) -> Step | None:
        return next((each for each in self.steps if each.name == name), None)

    def _known(self, answers: Mapping[str, Any]) -> list[str]:
        names = {each.name for each in self.steps}
        return [key for key in answers if key in names]

    def _controls(self, scene: StepContext, step: Step) -> Keyboard:
        names = ["skip"] if step.optional else []
        if step is not self.steps[0] or THEN in scene.answers:
            names.insert(0, "back")
        return (tuple(scene.button(text(f"dialog.{name}"), name) for name in (*names, "cancel")),)

    async def current_step(self, turn: Turn) -> tuple[StepContext, Step] | None:
        """Returns where they are; None where that is nowhere, or at a step of another version of the bot."""
        scene = await self._scene(turn)
        step = self._step(scene.state.step) if scene is not None else None
        return (scene, step) if scene is not None and step is not None else None

    async def take_words(self, turn: Turn) -> Reply:
        """Takes words: the answer of this step, or something in the middle of it."""
        if (here := await self.current_step(turn)) is None:
            return await self.ask_again(turn)
        scene, step = here
        keyboard = () if turn.forwarded else (await self.ask_again(turn, scene=scene)).keyboard
        if (button := find_typed_button(turn.words, keyboard, turn.say)) is not None:
            return await self.take_press(turn, *str(button.press).split(":")[1:])
        if (answer := await self.aside(scene, step)) is not None:
            return replace(answer, then=await self.ask_again(turn, shortly=not turn.forwarded))
        if turn.forwarded:  # somebody else wrote it: no answer, and no consent
            return await self.ask_again(turn, before=(text("dialog.forwarded"),), scene=scene)
        return await self._go(scene, step, await step.read(scene))

    async def take_unreadable(self, turn: Turn) -> Reply:
        """Answers a photo, a voice message or a sticker in the middle."""
        return await self.ask_again(turn, before=(text("dialog.unreadable"),))

    async def take_press(self, turn: Turn, step: str, version: str, value: str) -> Reply:
        """Takes the press of a button of some step; one of an earlier step changes nothing."""
        scene = await self._scene(turn)
        if scene is None or (scene.state.step, str(scene.state.version)) != (step, version):
            return await self.ask_again(turn, text("dialog.stale"))
        present = self._step(step)
        if present is None:
            return await self.ask_again(turn)
        if value in _CONTROLS:
            return await self.take_control(scene, value)
        return await self._go(scene, present, await present.tap(scene, value))

    async def take_control(self, scene: StepContext, value: str) -> Reply:
        """Goes back, skips, cancels, or goes on to the next question."""
        step = self._step(scene.state.step)
        assert step is not None, "the caller has looked"  # noqa: S101 - for the type checker
        if value == "cancel":
            await dialogs.close(scene.turn.tx, scene.turn.person.id, scene.state)
            return await self.left(scene.turn)
        if value == "next" and not step.optional:
            asked_for = StepResult(problem=step.short or text("dialog.needed"))
            return await self._go(scene, step, await step.go_on(scene) if step.go_on is not None else asked_for)
        if value in {"skip", "next"}:
            return await self._go(
                scene, step, StepResult() if step.optional else StepResult(problem=text("dialog.needed"))
            )
        return await self._back(scene, step)

    async def _back(self, scene: StepContext, step: Step) -> Reply:
        answers = {key: value for key, value in scene.answers.items() if key not in {THEN, NOTE}}
        then = scene.answers.get(THEN)
        if then == DONE:
            await dialogs.close(scene.turn.tx, scene.turn.person.id, scene.state)
            return await self.left(scene.turn)
        before = max(self.steps.index(step) - 1, 0)
        return await self._move(scene, then or self.steps[before].name, answers)

    async def ask_earlier(self, scene: StepContext, step: str, taken: StepResult) -> Reply:
        """Asks another step, with what was wrong or doubtful in its new answer; then comes back here."""
        answers = {key: value for key, value in scene.answers.items() if key != NOTE}
        if taken.note is not None:
            answers[NOTE] = taken.note
        moved = await self._move(scene, step, answers | {THEN: answers.get(THEN, scene.state.step)})
        return replace(moved, lines=(taken.problem, "", *moved.lines)) if taken.problem else moved

    async def _go(self, scene: StepContext, step: Step, taken: StepResult) -> Reply:
        if taken.jump is not None:
            return await self.ask_earlier(scene, taken.jump, taken)
        if taken.problem is not None:
            return await self.ask_again(scene.turn, before=(taken.problem,))
        if taken.page is not None:
            return replace(taken.page, keyboard=(*taken.page.keyboard, *self._controls(scene, step)))
        return await self._keep(scene, step, taken)

    async def _keep(self, scene: StepContext, step: Step, taken: StepResult) -> Reply:
        if taken.note is not None:
            return await self._move(scene, step.name, {**scene.answers, NOTE: taken.note})
        answers = {key: value for key, value in scene.answers.items() if key != NOTE} | {step.name: taken.value}
        if scene.turn.message_id is not None:
            answers[SAID] = {**answers.get(SAID, {}), step.name: scene.turn.message_id}
        if taken.stays:
            return await self._move(scene, step.name, answers)
        then = answers.pop(THEN, None)
        if then == DONE or (then is None and step is self.steps[-1]):
            return await self._finish(scene, answers)
        return await self._move(scene, then or self._following(answers, step.name).name, answers)

    async def take_edit(self, turn: Turn, corrected: Callable[[Turn, Step, Any], Value]) -> Reply | None:
        """Takes what an answer was changed to by editing its message; None where it was no answer of this dialog."""
        here = await self.current_step(turn)
        answered = here[0].answers.get(SAID, {}) if here is not None else {}
        name = next((name for name, number in answered.items() if number == turn.message_id), "")
        step = self._step(name)
        if here is None or step is None:
            return None
        taken = await step.read(here[0])
        value = taken.note["typed"] if taken.note is not None else taken.value  # an edit is no slip any more
        if taken.problem is not None or (value is None and not step.optional):
            return await self.ask_again(turn, before=(taken.problem or text("edited.how"),))
        return await self.replace_answer(here[0], step, value, corrected(turn, step, value))

    async def replace_answer(self, scene: StepContext, step: Step, value: object, changed: Value) -> Reply:
        """Puts another answer in the place of an earlier one, says so, and asks the present question again."""
        answers = {**scene.answers, step.name: value}
        turn = scene.turn
        moved = await dialogs.move(turn.tx, turn.person.id, scene.state, scene.state.step, answers, now=turn.now)
        return await self.ask_again(turn, None if moved else text("dialog.stale"), before=(changed,) if moved else ())

    def _following(self, answers: Mapping[str, Any], name: str) -> Step:
        """Returns the next question without an answer; the last one is always asked."""
        place = next((number for number, each in enumerate(self.steps) if each.name == name), -1)
        later = self.steps[place + 1 :]
        return next((each for each in later if each.name not in answers), self.steps[-1])

    async def _move(self, scene: StepContext, step: str, answers: Mapping[str, Any]) -> Reply:
        turn = scene.turn
        moved = await dialogs.move(turn.tx, turn.person.id, scene.state, step, answers, now=turn.now)
        return await self.ask_again(turn, None if moved else text("dialog.stale"))

    async def _finish(self, scene: StepContext, answers: Mapping[str, Any]) -> Reply:
        if not await dialogs.close(scene.turn.tx, scene.turn.person.id, scene.state):
            return await self.ask_again(scene.turn, text("dialog.stale"))
        return await self.done(replace(scene, state=replace(scene.state, answers=answers)))
