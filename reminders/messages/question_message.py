"""A question on its way to the team, and the team's answer on its way back to who asked."""

from dataclasses import replace

from db.delivery import outbox
from db.questions import answers, questions
from knowledge.programme.answer_card import as_answered
from locales.reply import Button, Reply, reply, text
from reminders.delivery.outcome import Outcome
from reminders.messages.message_context import MessageContext, hold_back


async def write_question(writing: MessageContext) -> Reply | Outcome:
    """What somebody asked the team, in their own words and nothing of who they are."""
    question = await questions.get(writing.tx, writing.letter.payload["question"])
    if question is None or question.state != questions.OPEN:
        return Outcome(outbox.CANCELLED, reason="the question is gone or answered")
    heading = text("question.heading", number=question.id, language=text(f"language.name.{question.language}"))
    see = Button(text("inbox.see"), f"+qs:{question.id}")
    return reply(heading, "", question.words, keyboard=((see,),))


async def write_answer(writing: MessageContext) -> Reply | Outcome:
    """The answer to a question of theirs; not in the night. A pause of reminders does not hold it back."""
    told = await answers.get(writing.tx, writing.letter.payload["answer"])
    question = await questions.get(writing.tx, writing.letter.payload["question"])
    if told is None or told.state == answers.DRAFT or question is None:
        return Outcome(outbox.CANCELLED, reason="the question is gone")
    awake = replace(writing, person=replace(writing.person, paused_until=None))
    return hold_back(awake) or as_answered(question.words, question.language, told.bodies)
