"""The team's table of contents: its commands and buttons, and the least role that each one needs."""

from collections.abc import Mapping
from datetime import timedelta

from db.team.team import Role
from handlers.command import Command, Feature
from handlers.organizer.announcements import announce, announce_audience, announce_draft, announce_send
from handlers.organizer.figures import figures
from handlers.organizer.people import participants, segments
from handlers.organizer.questions import (
    answer_askers,
    answer_drafts,
    answer_send,
    published,
    published_parser,
    question_card,
    questions,
)
from handlers.organizer.sessions import session_details, session_time, sessions
from handlers.organizer.team import accept_invitation, team, team_log

# What only the team may: the least role, and who answers. Everybody else gets what a button that never was gets.
For = tuple[Role, Feature]

COMMANDS = (
    Command(
        "announce", announce.show, {"es": "anunciar", "pt": "avisar", "fr": "annoncer"}, announce.show, least="viewer"
    ),
    Command("questions", questions.show, {"es": "preguntas", "pt": "perguntas"}, least="viewer"),
    Command("team", team.show, {"es": "equipo", "pt": "equipe", "fr": "equipe"}, team.with_words, least="viewer"),
    Command("participants", participants.show, {"es": "participantes", "pt": "participantes"}, least="viewer"),
    Command("figures", figures.show, {"es": "cifras", "pt": "numeros", "fr": "chiffres"}, least="viewer"),
    # Names of its own: "/sesion" is what people type for "/sesiones", and none of them should be refused for that.
    Command(
        "session",
        sessions.show,
        {"es": "cambiarsesion", "pt": "mudarsessao", "fr": "changerseance"},
        sessions.named,
        least="viewer",
    ),
)

# /start with these words: the link by which somebody joins the team.
LINKS: Mapping[str, Feature] = {accept_invitation.LINK: accept_invitation.start}

_ANNOUNCE: Mapping[str, For] = {
    "an": ("viewer", announce.show),
    "an:new": ("organizer", announce.new),
    "an:{id}": ("viewer", announce.open_),
    "an:p:{id}": ("viewer", announce.preview),
    "an:b:{id}:{code}": ("organizer", announce.write),
    "an:d:{id}": ("organizer", announce.drop),
    "an:a:{id}": ("organizer", announce_audience.show),
    "an:a:{id}:{field}": ("organizer", announce_audience.choices),
    "an:s:{id}:{field}:{value}": ("organizer", announce_audience.choose),
    "an:w:{id}": ("organizer", announce_draft.ask_when),
    "an:w:{id}:{field}": ("organizer", announce_draft.choose_when),
    "an:go:{id}": ("organizer", announce_send.send),
    "an:ok:{id}": ("organizer", announce_send.confirm),
    "an:no:{id}": ("organizer", announce_send.unask),
    "an:u:{id}": ("organizer", announce_send.undo),
    "an:h:{id}": ("organizer", announce_send.pause),
    "an:r:{id}": ("organizer", announce_send.resume),
    "an:x:{id}": ("organizer", announce_send.stop),
    "an:e:{id}": ("organizer", announce_send.correct),
    "an:k:{id}": ("organizer", announce_send.ask_recall),
    "an:k:{id}:yes": ("organizer", announce_send.recall),
    "an:f:{id}": ("organizer", announce_send.missed),
}

# Viewers see how many ask, and what everybody may read anyway; the words that people wrote are for who answers them.
_QUESTIONS: Mapping[str, For] = {
    "qs": ("viewer", questions.show),
    "qs:p:{page}": ("viewer", questions.show),
    "qs:{id}": ("organizer", question_card.card),
    "qs:r:{id}": ("organizer", question_card.begin),
    "qs:n:{id}": ("organizer", answer_send.ask_to_close),
    "qs:n:{id}:{version}": ("organizer", answer_send.close),
    "qa:{id}": ("organizer", answer_drafts.open_),
    "qa:b:{id}:{code}": ("organizer", answer_drafts.write),
    "qa:p:{id}": ("organizer", answer_drafts.preview),
    "qa:go:{id}:{version}": ("organizer", answer_send.send),
    "qa:d:{id}": ("organizer", answer_drafts.drop),
    "qa:m:{id}": ("organizer", answer_askers.add_alike),
    "qa:o:{id}": ("organizer", answer_askers.which_out),
    "qa:o:{id}:{version}": ("organizer", answer_askers.take_out),
    "qf:p:{page}": ("viewer", published.show),
    "qf:{id}": ("viewer", published.open_),
    "qf:new:{id}": ("organizer", published.make),
    "qf:w:{id}:{code}": ("organizer", published_parser.ask_wordings),
    "qf:t:{id}:{code}": ("organizer", published_parser.ask_text),
    "qf:ok:{id}:{version}": ("organizer", published.publish),
    "qf:x:{id}": ("organizer", published.ask_to_remove),
    "qf:x:{id}:yes": ("organizer", published.remove),
}

PRESSES: Mapping[str, For] = {
    **_ANNOUNCE,
    **_QUESTIONS,
    "tm": ("viewer", team.show),
    "tm:p:{page}": ("viewer", team.show),
    "tm:log:{page}": ("viewer", team_log.show),
    "tm:i:off": ("owner", team.withdraw),
    "tm:i:{role}": ("owner", team.invite),
    "tm:m:{id}": ("owner", team.member),
    "tm:r:{id}:{role}": ("owner", team.change_role),
    "tm:x:{id}": ("owner", team.ask_to_remove),
    "tm:x:{id}:yes": ("owner", team.remove),
    "pt": ("viewer", participants.show),
    "pt:find": ("organizer", participants.ask),
    "pt:all:{page}": ("organizer", participants.all_),
    "pt:f:{page}": ("organizer", participants.found),
    "pt:c:{id}": ("organizer", participants.card),
    "px:{number}:{land}:{sector}": ("organizer", segments.show),
    "pxs:{number}:{land}:{sector}": ("organizer", segments.sessions),
    "pxc:{number}:{land}:{sector}:{page}": ("organizer", segments.countries),
    "pxr:{number}:{land}:{sector}": ("organizer", segments.sectors),
    "px:{number}:{land}:{sector}:{kind}": ("organizer", segments.take),
    "se": ("viewer", sessions.show),
    "se:{number}": ("viewer", sessions.card),
    "se:t:{number}": ("organizer", session_time.ask),
    "se:at:{number}:{moment}:{minutes}": ("organizer", session_time.propose),
    "se:at:{number}:{moment}:{minutes}:{version}": ("organizer", session_time.confirm),
    "se:x:{number}:{act}": ("organizer", session_time.ask_act),
    "se:x:{number}:{act}:{version}": ("organizer", session_time.do_act),
    "sd:{number}": ("viewer", session_details.show),
    "sd:{number}:{field}": ("organizer", session_details.ask),
    "sd:x:{number}:{field}": ("organizer", session_details.ask_to_clear),
    "sd:w:{number}:{switch}": ("organizer", session_details.who),
    "sd:ok:{number}:{field}:{version}:{switch}": ("organizer", session_details.confirm),
    "fg": ("viewer", figures.show),
    "fg:{figure}:{theme}": ("viewer", figures.picture),
}

# As in handlers/routes.py: words and other things in the middle of a conversation, and when it rests.
DIALOGS: Mapping[str, For] = {
    participants.FIND: ("organizer", participants.typed),
    session_time.TIME: ("organizer", session_time.typed),
    session_details.DETAIL: ("organizer", session_details.typed),
    announce.DIALOG: ("organizer", announce.typed),
    answer_drafts.DIALOG: ("organizer", answer_drafts.typed),
    published_parser.DIALOG: ("organizer", published_parser.typed),
}
UNREADABLE: Mapping[str, For] = {
    announce.DIALOG: ("organizer", announce.typed),
    session_details.DETAIL: ("organizer", session_details.unreadable),
}
RESTS_AFTER: Mapping[str, timedelta | None] = {}
