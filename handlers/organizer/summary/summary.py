"""The summary of a session that is over, or of the cycle: a card, and the sentences of feedback as a file."""

from dataclasses import replace

from changes import summaries
from db.feedback import feedback
from db.feedback.feedback_turns import WHOLE_CYCLE
from handlers.organizer.people.spreadsheet import Sheet, as_csv
from handlers.organizer.summary.summary_page import draw_summary
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from knowledge.summary.small_groups import SMALLEST_GROUP
from knowledge.summary.summary import Summary, heading, summary_buttons, summary_lines
from locales.reply import Button, Document, Reply, Say, Value, reply, rows, text


async def list_summaries(turn: Turn) -> Reply:
    """Shows which summaries there are: each session that is over, and the cycle."""
    over = [each.number for each in (await turn.live()).values() if each.is_over(turn.now)]
    buttons = [Button(_about(each), f"sm:{each}") for each in over]
    cycle = (Button(_about(WHOLE_CYCLE), f"sm:{WHOLE_CYCLE}"),) if over else ()
    said = text("summary.which") if over else text("summary.too_early")
    return reply(said, keyboard=(*rows(*buttons, of=2), cycle, home_row()) if over else (home_row(),))


def _about(number: int) -> Value:
    return text("summary.of", number=number) if number else text("summary.of.cycle")


async def _find(turn: Turn, number: str) -> Summary | None:
    return await summaries.find_summary(turn.tx, turn.cycle, await turn.live(), int(number), now=turn.now)


async def show_summary(turn: Turn, number: str) -> Reply:
    """Shows the card of that summary."""
    summary = await _find(turn, number)
    if summary is None:
        return await list_summaries(turn)
    await turn.note("summary", session=summary.number)
    more = ((Button(text("summary.others"), "sm"), *home_row()),)
    return reply(
        *summary_lines(summary), keyboard=(*summary_buttons(summary.number, sentences=turn.role != "viewer"), *more)
    )


async def print_summary(turn: Turn, number: str, paper: str) -> Reply:
    """Sends the summary as one page of PDF, on A4 or Letter."""
    summary = await _find(turn, number)
    if summary is None:
        return await list_summaries(turn)
    await turn.note("summary", session=summary.number)

    def write(say: Say) -> bytes:
        return draw_summary(summary, paper, say, made_at=turn.now)

    about = f"s{summary.number}" if summary.number else "ciclo"
    answer = reply(heading(summary), keyboard=((Button(text("summary.again"), f"+sm:{number}"), *home_row()),))
    return replace(answer, document=Document(f"ciclo-{about}-{turn.now:%Y-%m-%d}.pdf", write), fresh=True)


async def export_sentences(turn: Turn, number: str) -> Reply:
    """Sends the sentences about that session (0: about everything) as a file: no names, in an order drawn by lot."""
    chosen = [
        (about, sentence)
        for about, sentence in await feedback.sentences(turn.tx, turn.cycle.key)
        if int(number) in {about, WHOLE_CYCLE}
    ]
    back = (Button(text("summary.again"), f"+sm:{number}"), *home_row())
    if not chosen:
        return reply(text("summary.sentences.none", fewest=SMALLEST_GROUP), keyboard=(back,))
    await turn.note("sentences", session=int(number), n=len(chosen))
    columns = (text("summary.sentences.about"), text("summary.sentences.sentence"))
    lines = [(_about(about), words) for about, words in chosen]
    sheet = Sheet(text("summary.sentences"), columns, lines)

    def write(say: Say) -> bytes:
        return as_csv(sheet, say)

    name = f"ciclo-opiniones-{number}-{turn.now:%Y-%m-%d}.csv"
    answer = reply(text("summary.sentences.file", n=len(chosen)), keyboard=(back,))
    return replace(answer, document=Document(name, write), fresh=True)
