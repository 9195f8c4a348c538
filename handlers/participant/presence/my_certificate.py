"""One's own certificate of attendance: what it would say, and the PDF, for the sessions that one came to."""

from dataclasses import dataclass, replace
from datetime import timedelta

from changes import afterwards
from db.people import certificates, registrations
from db.people.certificates import AttendedSession, IssuedCertificate
from db.people.registrations import Registration
from db.programme import cycle_switches
from db.team import audit
from handlers.participant.asking import ask
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from knowledge.attendance.certificate_code import grouped, new_code
from knowledge.attendance.certificate_pdf import (
    LETTER_COUNTRIES,
    Certificate,
    Paper,
    Signatory,
    draw_certificate,
    unprintable_signs,
)
from knowledge.attendance.verification_card import session_line
from knowledge.programme.certificate_template import CertificateTemplate
from locales.reply import Button, Day, Document, Duration, Reply, Say, Value, reply, text

TOPIC = "certificate"  # of the FAQ
_PAPERS: tuple[Paper, ...] = ("a4", "letter")


@dataclass(frozen=True, slots=True)
class _Grounds:
    """What a certificate rests on, where there can be one: read once, and passed on."""

    template: CertificateTemplate
    registered: Registration
    attended: tuple[AttendedSession, ...]
    newest: IssuedCertificate | None  # issued before


async def answer_entry(turn: Turn, key: str) -> Reply:
    """Answers with one entry of the FAQ, by its button."""
    answer = await ask.answer_entry(turn, key)
    return await add_offer(turn, answer) if key == TOPIC else answer


async def add_offer(turn: Turn, answer: Reply) -> Reply:
    """Adds to what the content says of certificates that the team has turned on one of attendance."""
    if not await _is_offered(turn):
        return answer
    row = (Button(text("certificate.button"), "+cert"),)
    return replace(answer, lines=(*answer.lines, "", text("certificate.offered")), keyboard=(row, *answer.keyboard))


async def _is_offered(turn: Turn) -> bool:
    """Returns whether this cycle has certificates, and the team has turned them on."""
    if turn.cycle.certificate is None or turn.person.is_group:
        return False
    return await cycle_switches.is_on(turn.tx, turn.cycle.key, cycle_switches.CERTIFICATES)


async def show_my_certificate(turn: Turn) -> Reply:
    """Shows what the certificate would say, and offers the file on either paper (/certificate)."""
    grounds = await _grounds(turn)
    if isinstance(grounds, Reply):
        return grounds
    first = "letter" if grounds.registered.country in LETTER_COUNTRIES else "a4"
    papers = sorted(_PAPERS, key=lambda each: each != first)
    files = tuple(Button(text(f"certificate.paper.{each}"), f"+cert:{each}") for each in papers)
    name = (Button(text("certificate.change_name"), "mine:c:name"),)
    return reply(
        text("certificate.heading"),
        text("verify.name", name=grounds.registered.name),
        *(session_line(turn.cycle, each.number, each.starts_at) for each in grounds.attended),
        _total_line(grounds.attended),
        "",
        text("certificate.how_long", n=turn.services.retention_days),
        keyboard=(files, name, home_row()),
    )


def _total_line(attended: tuple[AttendedSession, ...]) -> Value:
    length = timedelta(minutes=sum(each.minutes for each in attended))
    return text("certificate.total", duration=Duration(length))


async def _grounds(turn: Turn) -> _Grounds | Reply:
    """Returns what their certificate rests on; a reply that says why there is none for them now."""
    template, team = turn.cycle.certificate, ((Button(text("ask.team"), "team"), *home_row()),)
    if template is None or not await _is_offered(turn):
        return reply(text("certificate.off"), keyboard=team)
    attended = await afterwards.attended_sessions(turn.tx, turn.cycle.key, turn.person.id, now=turn.now)
    if not attended:
        return reply(text("certificate.none"), keyboard=team)
    registered = await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key)
    if registered is None:
        return reply(text("presence.needs_name"), keyboard=((Button(text("menu.register"), "reg"), *home_row()),))
    newest = await certificates.newest_certificate(turn.tx, turn.person.id, turn.cycle.key)
    if newest is not None and newest.blocks:
        return reply(text("certificate.revoked", reason=newest.reason or ""), keyboard=team)
    if signs := unprintable_signs(registered.name):
        change = (Button(text("certificate.change_name"), "mine:c:name"), *home_row())
        return reply(text("certificate.unprintable", signs=" ".join(signs)), keyboard=(change,))
    return _Grounds(template, registered, attended, newest)


async def send_certificate(turn: Turn, paper: str) -> Reply:
    """Sends the certificate as a PDF; it has a new code only where it states something new."""
    grounds = await _grounds(turn)
    if isinstance(grounds, Reply):
        return grounds
    issued, replaced = await _issue(turn, grounds)
    lines = [text("certificate.file", code=grouped(issued.code))]
    if replaced:
        lines.append(text("certificate.replaces"))
    size: Paper = "letter" if paper == "letter" else "a4"

    def write(say: Say) -> bytes:
        return draw_certificate(_in_words(turn, issued, grounds.template, say), size)

    other = "a4" if size == "letter" else "letter"
    buttons = ((Button(text(f"certificate.paper.{other}"), f"+cert:{other}"), *home_row()),)
    answer = reply(*lines, keyboard=buttons)
    return replace(answer, document=Document(f"ciclo-{issued.code}.pdf", write), fresh=True)


async def _issue(turn: Turn, grounds: _Grounds) -> tuple[IssuedCertificate, bool]:
    """Returns the certificate, issued anew where name or sessions changed; and whether one was replaced."""
    name, attended, newest = grounds.registered.name, grounds.attended, grounds.newest
    if newest is not None and newest.state == "valid" and (newest.name, newest.sessions) == (name, attended):
        return newest, False
    fresh = IssuedCertificate(new_code(), turn.person.id, name, attended, turn.now)
    replaced = await certificates.issue(turn.tx, fresh, turn.cycle.key, turn.language, now=turn.now)
    if replaced:  # who, is nobody's business in the team's log
        await audit.record(turn.tx, None, audit.CERTIFICATE_REISSUED, {}, now=turn.now)
    return fresh, replaced


def _in_words(turn: Turn, issued: IssuedCertificate, template: CertificateTemplate, say: Say) -> Certificate:
    wording, page = template.wording, turn.services.public_url
    deep_link = f"https://t.me/{turn.bot}?start=v{issued.code}"
    ways: list[Value] = [text("certificate.verify", bot=f"t.me/{turn.bot}")]
    if page:
        ways.append(text("certificate.verify.page", page=f"{page}/verify"))
    return Certificate(
        language=turn.language,
        title=say(wording.title),
        certifies=say(wording.certifies),
        name=issued.name,
        attended=say(wording.attended),
        cycle=say(turn.cycle.title),
        sessions=[say(session_line(turn.cycle, each.number, each.starts_at)) for each in issued.sessions],
        total=say(_total_line(issued.sessions)),
        issuer=say(wording.issuer) if wording.issuer is not None else "",
        issued=say(text("certificate.issued", day=Day(issued.issued_at, turn.cycle.zone))),
        verify=[say(each) for each in ways],
        code=grouped(issued.code),
        address=f"{page}/verify/{issued.code}" if page else deep_link,
        issued_at=issued.issued_at,
        accent=template.look.accent,
        ink=template.look.text,
        logo=template.pictures.get(template.look.logo or ""),
        signatories=_signatories(template, say),
    )


def _signatories(template: CertificateTemplate, say: Say) -> list[Signatory]:
    return [
        Signatory(each.name, say(each.role), template.pictures.get(each.picture or "")) for each in template.signatures
    ]
