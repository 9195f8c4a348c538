"""Writes what became of a question to a panel: that it was declined, or the team's answer."""

from collections.abc import Mapping
from typing import Any

from db.delivery.outbox import CANCELLED
from db.panel import panel_questions
from db.panel.panel_questions import DECLINED, PanelQuestion
from db.questions import answers, questions
from knowledge.programme.answer_card import build_answer_card
from locales.reply import Button, Keyboard, Reply, Value, reply, text
from reminders.messages.message_context import MessageContext, Outcome, hold_back_at_night

_ASK_TEAM: Keyboard = ((Button(text("ask.team"), "+team"),), (Button(text("button.menu"), "+menu"),))


def write_panel_note(note: Mapping[str, Any]) -> Reply:
    """Returns what moderators are told: that questions come; and what went to the team's inbox at the end."""
    if note["what"] == "panel":
        moderate = Button(text("panel.moderate"), f"pm:{note['session']}")
        return reply(text("note.panel", number=note["session"]), keyboard=((moderate,),))
    see = Button(text("inbox.button"), "+qs")
    return reply(text("note.panel.over", n=note["n"], number=note["session"]), keyboard=((see,),))


async def write_panel_news(context: MessageContext) -> Reply | Outcome:
    """Returns, kindly, that a question does not go to the panel; an Outcome where it does after all."""
    question = await panel_questions.get(context.tx, context.message.payload["panel"])
    if question is None or question.state != DECLINED:
        return Outcome(CANCELLED, reason="decided otherwise, or gone")
    lines = text("panel.declined"), "", text("panel.quote", words=question.words), "", text("panel.declined.how")
    return hold_back_at_night(context) or reply(*lines, keyboard=_ASK_TEAM)


async def write_panel_answer(context: MessageContext) -> Reply | Outcome:
    """Returns the team's answer for who asked or voted; kept back in the night."""
    payload = context.message.payload
    if "answer" in payload:
        return await _answer_from_inbox(context)
    question = await panel_questions.get(context.tx, payload["panel"])
    if question is None or question.answer is None:
        return Outcome(CANCELLED, reason="the question is gone")
    return hold_back_at_night(context) or reply(*_answer_lines(context, question, question.answer), keyboard=_ASK_TEAM)


def _answer_lines(context: MessageContext, question: PanelQuestion, answer: str) -> list[Value]:
    language = context.person.language
    key = "panel.answer.yours" if question.participant_id == context.person.id else "panel.answer.voted"
    lines: list[Value] = [text(key), "", text("panel.quote", words=question.words_in(language)), "", answer]
    if question.answer_language not in {None, language}:
        lines += ["", text("answered.other", language=text(f"language.name.{question.answer_language}"))]
    return lines


async def _answer_from_inbox(context: MessageContext) -> Reply | Outcome:
    """Returns the answer that the team gave in its inbox, where the question was passed on to."""
    answer = await answers.get(context.tx, context.message.payload["answer"])
    question = await questions.get(context.tx, context.message.payload["question"])
    if answer is None or question is None or not answer.bodies:
        return Outcome(CANCELLED, reason="the question is gone")
    card = build_answer_card(question.words, context.person.language, answer.bodies)
    heading = text("panel.answer.voted")
    return hold_back_at_night(context) or Reply((heading, *card.lines[1:]), card.keyboard, own=card.own)
