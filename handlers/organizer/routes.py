"""The team's table of contents: its commands and buttons, and the least role that each one needs."""

from collections.abc import Mapping
from datetime import timedelta

from db.team.team import Role
from handlers.command import Command, Feature
from handlers.organizer import card_words, team_wishes
from handlers.organizer.announcements import (
    announce,
    announcement_draft,
    announcement_sending,
    announcement_text,
    correction,
)
from handlers.organizer.attendance import attendance_desk, attendance_report, certificate_desk, presence_corrections
from handlers.organizer.figures import figures
from handlers.organizer.offers import offer_desk
from handlers.organizer.panel import panel_boards, panel_links, panel_writing
from handlers.organizer.people import letter, participants, segments
from handlers.organizer.questions import answer_drafts, published_answers, question_card, questions
from handlers.organizer.sessions import details_message, session_details, session_places, session_time, sessions
from handlers.organizer.summary import summary
from handlers.organizer.team import team, team_log

# What only the team may: the least role, and who answers. Everybody else gets what a button that never was gets.
TeamFeature = tuple[Role, Feature]

COMMANDS = (
    Command(
        "announce",
        announce.show_announcements,
        {"es": "anunciar", "pt": "avisar", "fr": "annoncer"},
        announce.show_announcements,
        least="viewer",
    ),
    Command("questions", questions.show_questions, {"es": "preguntas", "pt": "perguntas"}, least="viewer"),
    Command(
        "team", team.show_team, {"es": "equipo", "pt": "equipe", "fr": "equipe"}, team.team_by_words, least="viewer"
    ),
    Command(
        "participants", participants.show_participants, {"es": "participantes", "pt": "participantes"}, least="viewer"
    ),
    Command("figures", figures.show_figures, {"es": "cifras", "pt": "numeros", "fr": "chiffres"}, least="viewer"),
    # Names of its own: "/sesion" is what people type for "/sesiones", and none of them should be refused for that.
    Command(
        "session",
        sessions.show_sessions,
        {"es": "cambiarsesion", "pt": "mudarsessao", "fr": "changerseance"},
        sessions.session_by_words,
        least="viewer",
    ),
)

# /start with these words: the link by which somebody joins the team.
LINKS: Mapping[str, Feature] = {
    team.LINK_PREFIX: team.start_with_invitation,
    panel_links.LINK_PREFIX: panel_links.start_with_moderation,
}

# For organizers, and for who was invited to moderate the session of that number: nothing else of the team is theirs.
PANEL_PRESSES: Mapping[str, Feature] = {
    "pm:{number}": panel_boards.show_board,
    "pm:{number}:{page}": panel_boards.show_board,
    "pm:q:{number}:{id}": panel_boards.show_question,
    "pm:d:{number}:{id}:{version}:{step}": panel_boards.decide,
    "pm:m:{number}:{id}": panel_boards.choose_target,
    "pm:m:{number}:{id}:{version}:{other}": panel_boards.merge,
    "pm:w:{number}:{id}": panel_writing.ask_answer,
    "pm:t:{number}:{id}": panel_writing.choose_translation,
    "pm:t:{number}:{id}:{code}": panel_writing.ask_translation,
    "pm:more:{number}": panel_links.show_links,
    "pm:s:{number}:{switch}": panel_links.switch_screen,
    "pm:v:{number}": panel_links.order_by_votes,
}
PANEL_DIALOGS: Mapping[str, Feature] = {panel_writing.DIALOG: panel_writing.writing_input}
# What a command of everybody's opens for who moderates.
MODERATORS: Mapping[str, Feature] = {"panel": panel_boards.open_boards}

_ANNOUNCE: Mapping[str, TeamFeature] = {
    "an": ("viewer", announce.show_announcements),
    "an:new": ("organizer", announce.new_announcement),
    "an:{id}": ("viewer", announce.open_announcement),
    "an:p:{id}": ("viewer", announce.preview_announcement),
    "an:b:{id}:{code}": ("organizer", announce.ask_text),
    "an:m:{id}:{code}:{field}": ("organizer", announcement_text.remove_from_draft),
    "an:d:{id}": ("organizer", announce.ask_to_delete_draft),
    "an:d:{id}:yes": ("organizer", announce.delete_draft),
    "an:a:{id}": ("organizer", announcement_draft.choose_audience_field),
    "an:a:{id}:{field}": ("organizer", announcement_draft.show_audience_choices),
    "an:s:{id}:{field}:{value}": ("organizer", announcement_draft.set_audience_field),
    "an:w:{id}": ("organizer", announcement_draft.ask_send_time),
    "an:w:{id}:{field}": ("organizer", announcement_draft.choose_send_time),
    "an:go:{id}": ("organizer", announcement_sending.send_announcement),
    "an:go:{id}:{shown}": ("organizer", announcement_sending.send_announcement),
    "an:ok:{id}": ("organizer", announcement_sending.confirm_announcement),
    "an:ok:{id}:{shown}": ("organizer", announcement_sending.confirm_announcement),
    "an:no:{id}": ("organizer", announcement_sending.return_to_draft),
    "an:u:{id}": ("organizer", announcement_sending.undo_announcement),
    "an:h:{id}": ("organizer", announcement_sending.pause_announcement),
    "an:r:{id}": ("organizer", announcement_sending.resume_announcement),
    "an:x:{id}": ("organizer", announcement_sending.ask_to_stop),
    "an:x:{id}:yes": ("organizer", announcement_sending.stop_announcement),
    "an:l:{id}:{field}": ("organizer", announcement_sending.ask_to_send_rest),
    "an:l:{id}:{field}:{version}": ("organizer", announcement_sending.send_rest),
    "an:e:{id}": ("organizer", announcement_sending.ask_correction_language),
    "ac:{id}": ("organizer", correction.open_correction),
    "ac:go:{id}": ("organizer", correction.send_correction),
    "ac:ok:{id}": ("organizer", correction.confirm_correction),
    "ac:n:{id}": ("organizer", correction.remove_correction_buttons),
    "ac:x:{id}": ("organizer", correction.drop_correction),
    "an:k:{id}": ("organizer", announcement_sending.ask_to_recall),
    "an:k:{id}:yes": ("organizer", announcement_sending.recall_announcement),
    "an:f:{id}": ("organizer", announcement_sending.export_missed_recipients),
}

# Viewers see how many ask, and what everybody may read anyway; the words that people wrote are for who answers them.
_QUESTIONS: Mapping[str, TeamFeature] = {
    "qs": ("viewer", questions.show_questions),
    "qs:p:{page}": ("viewer", questions.show_questions),
    "qs:{id}": ("organizer", question_card.show_question_card),
    "qs:r:{id}": ("organizer", question_card.begin_answer),
    "qs:n:{id}": ("organizer", question_card.ask_to_close_question),
    "qs:n:{id}:{version}": ("organizer", question_card.close_question),
    "qa:{id}": ("organizer", answer_drafts.open_answer),
    "qa:b:{id}:{code}": ("organizer", answer_drafts.ask_answer_text),
    "qa:p:{id}": ("organizer", answer_drafts.preview_answer),
    "qa:go:{id}:{version}": ("organizer", question_card.send_answer),
    "qa:d:{id}": ("organizer", answer_drafts.delete_answer_draft),
    "qa:m:{id}": ("organizer", answer_drafts.add_similar_questions),
    "qa:o:{id}": ("organizer", answer_drafts.ask_question_to_remove),
    "qa:o:{id}:{version}": ("organizer", answer_drafts.remove_question),
    "qf:p:{page}": ("viewer", published_answers.show_published),
    "qf:{id}": ("viewer", published_answers.open_published),
    "qf:new:{id}": ("organizer", published_answers.make_published_draft),
    "qf:w:{id}:{code}": ("organizer", published_answers.ask_wordings),
    "qf:t:{id}:{code}": ("organizer", published_answers.ask_published_text),
    "qf:ok:{id}:{version}": ("organizer", published_answers.publish_answer),
    "qf:x:{id}": ("organizer", published_answers.ask_to_unpublish),
    "qf:x:{id}:yes": ("organizer", published_answers.unpublish_answer),
}

_ATTENDANCE: Mapping[str, TeamFeature] = {
    "at:{number}": ("viewer", attendance_desk.show_attendance),
    "at:o:{number}": ("organizer", attendance_desk.propose_word),
    "at:o:{number}:{minutes}": ("organizer", attendance_desk.open_word),
    "at:x:{number}": ("organizer", attendance_desk.close_word),
    "ar:{number}": ("organizer", attendance_report.ask_report),
    "ar:p:{number}:{page}": ("organizer", attendance_report.show_report),
    "ar:d:{number}:{page}": ("organizer", attendance_report.show_doubt),
    "ar:s:{number}:{page}:{id}": ("organizer", attendance_report.decide_doubt),
    "ar:ok:{number}:{version}": ("organizer", attendance_report.confirm_report),
    "pn:{id}": ("organizer", presence_corrections.show_presences),
    "pn:{id}:{number}:{switch}": ("organizer", presence_corrections.correct_presence),
    "ct": ("organizer", certificate_desk.show_certificates),
    "ct:{switch}": ("organizer", certificate_desk.switch_certificates),
    "ct:p:{id}": ("organizer", certificate_desk.show_persons_certificate),
    "ct:r:{id}": ("organizer", certificate_desk.ask_reason),
    "ct:r:{id}:{version}": ("organizer", certificate_desk.revoke_certificate),
    "ct:l:{id}": ("organizer", certificate_desk.lift_revocation),
}

PRESSES: Mapping[str, TeamFeature] = {
    **_ANNOUNCE,
    **_QUESTIONS,
    "tm": ("viewer", team.show_team),
    "tm:p:{page}": ("viewer", team.show_team),
    "tm:log:{page}": ("viewer", team_log.show_team_log),
    "tm:i:off": ("owner", team.withdraw_invitations),
    "tm:i:{role}": ("owner", team.create_invitation),
    "tm:m:{id}": ("owner", team.show_member),
    "tm:r:{id}:{role}": ("owner", team.change_role),
    "tm:x:{id}": ("owner", team.ask_to_remove_member),
    "tm:x:{id}:yes": ("owner", team.remove_member),
    "pt": ("viewer", participants.show_participants),
    "pt:find": ("organizer", participants.ask_search_words),
    "pt:all:{page}": ("organizer", participants.list_participants),
    "pt:f:{page}": ("organizer", participants.show_search_results),
    "pt:c:{id}": ("organizer", participants.show_participant_card),
    "pt:w:{id}": ("organizer", letter.ask_letter),
    "pt:w:{id}:{version}": ("organizer", letter.send_letter),
    "px:{place}:{land}:{sector}": ("organizer", segments.show_segment),
    "pxs:{place}:{land}:{sector}": ("organizer", segments.choose_segment_session),
    "pxc:{place}:{land}:{sector}:{page}": ("organizer", segments.choose_segment_country),
    "pxr:{place}:{land}:{sector}": ("organizer", segments.choose_segment_sector),
    "px:{place}:{land}:{sector}:{kind}": ("organizer", segments.export_segment),
    "se": ("viewer", sessions.show_sessions),
    "se:{number}": ("viewer", sessions.show_session_card),
    "se:t:{number}": ("organizer", session_time.ask_session_time),
    "se:at:{number}:{moment}:{minutes}": ("organizer", session_time.propose_session_time),
    "se:at:{number}:{moment}:{minutes}:{version}": ("organizer", session_time.confirm_session_time),
    "se:r:{number}:{moment}:{minutes}": ("organizer", session_time.ask_time_reason),
    "se:r:{number}:{act}": ("organizer", session_time.ask_action_reason),
    "se:x:{number}:{act}": ("organizer", session_time.ask_session_action),
    "se:x:{number}:{act}:{version}": ("organizer", session_time.do_session_action),
    "sp:{number}": ("viewer", card_words.open_places),
    "sp:c:{number}": ("organizer", session_places.ask_places),
    "sp:n:{number}": ("organizer", session_places.remove_limit),
    "sp:w:{number}:{switch}": ("organizer", session_places.switch_only_with_place),
    "sp:ok:{number}:{version}": ("organizer", session_places.confirm_places),
    "sd:{number}": ("viewer", card_words.open_details),
    "sd:{number}:{field}": ("organizer", session_details.ask_detail),
    "sd:a:{number}:{field}": ("organizer", session_details.ask_addition),
    "sd:j:{number}:{field}": ("organizer", session_details.join_list),
    "sd:m:{number}": ("organizer", details_message.ask_all_details),
    "sd:mok:{number}:{version}": ("organizer", details_message.confirm_all_details),
    "sd:x:{number}:{field}": ("organizer", session_details.ask_to_clear_detail),
    "sd:w:{number}:{switch}": ("organizer", session_details.set_link_visibility),
    "sd:ok:{number}:{field}:{version}:{switch}": ("organizer", session_details.confirm_detail),
    "sm": ("viewer", summary.list_summaries),
    "sm:{number}": ("viewer", summary.show_summary),
    "sm:{number}:csv": ("organizer", summary.export_sentences),
    "sm:{number}:{paper}": ("viewer", summary.print_summary),
    **_ATTENDANCE,
    "oo:{page}": ("organizer", offer_desk.show_offers),
    "oo:f": ("organizer", offer_desk.export_practices),
    "oo:v:{id}": ("organizer", offer_desk.show_offer),
    "oo:a:{id}": ("organizer", offer_desk.ask_scope),
    "oo:a:{id}:{version}:{field}": ("organizer", offer_desk.accept_offer),
    "oo:x:{id}:{version}": ("organizer", offer_desk.take_out),
    "oo:w:{id}:{field}": ("organizer", offer_desk.ask_words),
    "oo:s:{id}:{version}": ("organizer", offer_desk.send_words),
    "pm:i:{number}": ("organizer", panel_links.show_moderators),
    "pm:inv:{number}": ("organizer", panel_links.invite_moderator),
    "pm:out:{number}:{id}": ("organizer", panel_links.remove_moderator),
    "fg": ("viewer", figures.show_figures),
    "fg:{figure}:{theme}": ("viewer", figures.show_chart),
}

# As in handlers/routes.py: words and other things in the middle of a conversation, and when it rests.
DIALOGS: Mapping[str, TeamFeature] = {
    letter.LETTER_DIALOG: ("organizer", letter.letter_input),
    participants.SEARCH_DIALOG: ("organizer", participants.search_input),
    session_time.TIME_DIALOG: ("organizer", team_wishes.unless_wish(session_time.session_time_input)),
    session_details.DETAIL_DIALOG: ("organizer", session_details.detail_input),
    session_places.PLACES_DIALOG: ("organizer", team_wishes.unless_wish(session_places.places_input)),
    details_message.ALL_DIALOG: ("organizer", team_wishes.unless_wish(details_message.all_details_input)),
    card_words.CARD_DIALOG: ("organizer", card_words.words_under_card),
    attendance_report.REPORT_DIALOG: ("organizer", team_wishes.unless_wish(attendance_report.report_file)),
    certificate_desk.REVOKE_DIALOG: ("organizer", certificate_desk.reason_input),
    attendance_desk.WORD_DIALOG: ("organizer", attendance_desk.word_input),
    offer_desk.DIALOG: ("organizer", offer_desk.words_input),
    announce.DIALOG: ("organizer", announcement_text.announcement_input),
    answer_drafts.DIALOG: ("organizer", answer_drafts.answer_input),
    published_answers.DIALOG: ("organizer", published_answers.published_input),
}
UNREADABLE: Mapping[str, TeamFeature] = {
    attendance_report.REPORT_DIALOG: ("organizer", attendance_report.report_file),
    announce.DIALOG: ("organizer", announcement_text.announcement_input),
    session_details.DETAIL_DIALOG: ("organizer", session_details.detail_unreadable),
    session_places.PLACES_DIALOG: ("organizer", session_places.places_input),
    details_message.ALL_DIALOG: ("organizer", details_message.all_details_input),
    session_time.TIME_DIALOG: ("organizer", session_time.session_time_input),
    letter.LETTER_DIALOG: ("organizer", letter.letter_input),
    offer_desk.DIALOG: ("organizer", offer_desk.words_input),
}
RESTS_AFTER: Mapping[str, timedelta | None] = {card_words.CARD_DIALOG: card_words.RESTS_AFTER}
# Conversations that read the file itself that is sent in them: it is fetched before the transaction.
READS_FILES = frozenset({attendance_report.REPORT_DIALOG})
