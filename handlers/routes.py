"""The table of contents: what is said to the bot, and who answers."""

from collections.abc import Mapping
from datetime import timedelta

from handlers.command import Command, Feature
from handlers.participant import free_text, start
from handlers.participant.asking import ask
from handlers.participant.feedback import feedback, sentence
from handlers.participant.mine import language, my_data, timezone
from handlers.participant.offers import offering
from handlers.participant.panel import panel_asking, panel_list
from handlers.participant.presence import my_certificate, presence, verify
from handlers.participant.programme import objectives, practices, session_calendar, session_details, sessions
from handlers.participant.registration import consent, my_registration, registration
from handlers.participant.reminders import quiet_hours, subscriptions

COMMANDS = (
    Command("start", start.start, {"es": "inicio", "pt": "inicio", "fr": "debut"}, start.start),
    Command(
        "sessions",
        sessions.show_sessions,
        {"es": "sesiones", "pt": "sessoes", "fr": "seances"},
        sessions.session_by_words,
    ),
    Command(
        "objectives",
        objectives.show_objectives,
        {"es": "objetivos", "pt": "objetivos", "fr": "objectifs"},
        objectives.objective_by_words,
    ),
    Command("principles", objectives.show_principles, {"es": "principios", "pt": "principios", "fr": "principes"}),
    Command(
        "practices",
        practices.show_practices,
        {"es": "practicas", "pt": "praticas", "fr": "pratiques"},
        practices.practices_by_words,
    ),
    Command("offer", offering.show_offers, {"es": "ofrecer", "pt": "oferecer", "fr": "proposer"}),
    Command("panel", panel_list.show_panel_now, {"pt": "painel"}, panel_list.panel_by_words),
    Command("register", registration.register, {"es": "registrarme", "pt": "inscricao", "fr": "inscription"}),
    Command(
        "myregistration",
        my_registration.show_my_registration,
        {"es": "miinscripcion", "pt": "minhainscricao", "fr": "moninscription"},
    ),
    Command(
        "reminders",
        subscriptions.show_reminders,
        {"es": "recordatorios", "pt": "lembretes", "fr": "rappels"},
        subscriptions.reminders_by_words,
    ),
    Command(
        "calendar",
        session_calendar.send_calendar,
        {"es": "calendario", "pt": "agenda", "fr": "agenda"},
        session_calendar.calendar_by_words,
    ),
    Command(
        "timezone",
        timezone.show_timezone,
        {"es": "zonahoraria", "pt": "fusohorario", "fr": "fuseauhoraire"},
        timezone.timezone_by_words,
    ),
    Command("language", language.ask_language, {"es": "idioma", "pt": "idioma", "fr": "langue"}),
    Command(
        "certificate",
        my_certificate.show_my_certificate,
        {"es": "constancia", "pt": "declaracao", "fr": "attestation"},
    ),
    Command(
        "verify",
        verify.ask_code,
        {"es": "verificar", "pt": "verificar", "fr": "verifier"},
        verify.verify_by_words,
    ),
    Command("mydata", my_data.show_my_data, {"es": "misdatos", "pt": "meusdados", "fr": "mesdonnees"}),
    Command("privacy", start.show_privacy, {"es": "privacidad", "pt": "privacidade", "fr": "confidentialite"}),
    Command("help", start.show_help, {"es": "ayuda", "pt": "ajuda", "fr": "aide"}),
    Command("cancel", start.cancel_dialog, {"es": "cancelar", "pt": "cancelar", "fr": "annuler"}),
)

# Callback data is public: what was printed on a button years ago still leads somewhere.
PRESSES: Mapping[str, Feature] = {
    "menu": start.show_menu,
    "help": start.show_help,
    "more": start.show_more,
    "sessions": sessions.show_sessions,
    "s:{number}": sessions.show_session_card,
    "d:{number}:{field}": session_details.show_session_detail,
    "df:{number}:{page}": session_details.send_material,
    "tell:{number}:{field}:{switch}": session_details.switch_detail_notice,
    "pq:{number}": panel_list.show_panel,
    "pq:{number}:{page}": panel_list.show_panel,
    "pq:v:{id}:{page}:{switch}": panel_list.switch_vote,
    "pq:my:{number}": panel_list.show_my_questions,
    "pq:x:{id}": panel_list.ask_to_withdraw,
    "pq:x:{id}:yes": panel_list.withdraw_question,
    "pq:a:{number}": panel_asking.start_asking,
    "pq:as:{version}:{value}": panel_asking.choose_shown,
    "pq:own:{version}": panel_asking.keep_own,
    "pq:j:{version}:{id}": panel_asking.join_similar,
    "pq:ok:{version}": panel_asking.send_question,
    "pq:no:{version}": panel_asking.abandon_question,
    "objectives": objectives.show_objectives,
    "bysession": objectives.choose_session,
    "so:{number}": objectives.objectives_of_session,
    "areas": objectives.choose_area,
    "a:{key}": objectives.objectives_of_area,
    "o:{number}": objectives.show_objective_card,
    "principles": objectives.show_principles,
    "pr:{number}": objectives.show_principle_card,
    "practices": practices.show_practices,
    "pobj": practices.choose_objective,
    "pcountry": practices.choose_country,
    "pall:{page}": practices.all_practices,
    "pfound:{page}": practices.show_found_practices,
    "pw:{page}": practices.practices_of_no_country,
    "po:{number}:{page}": practices.practices_of_objective,
    "pc:{code}:{page}": practices.practices_of_country,
    "p:{key}": practices.show_practice_card,
    "of": offering.show_offers,
    "of:new": offering.begin_offer,
    "of:drop": offering.drop_draft,
    "of:v:{id}": offering.show_offer,
    "of:c:{id}": offering.change_offer,
    "of:r:{id}": offering.ask_reply,
    "of:x:{id}": offering.ask_to_withdraw,
    "of:x:{id}:yes": offering.withdraw_offer,
    "ofq:{step}:{version}:{value}": offering.offer_press,
    "q:{key}": my_certificate.answer_entry,
    "rem": subscriptions.show_reminders,
    "rem:all:{switch}": subscriptions.switch_all_reminders,
    "rem:mine": subscriptions.remind_of_my_sessions,
    "rem:{number}": subscriptions.show_session_reminders,
    "rem:{number}:{switch}": subscriptions.switch_session_reminders,
    "rem:{number}:{lead}:{switch}": subscriptions.switch_lead,
    "cal": session_calendar.send_calendar,
    "cal:off": session_calendar.cancel_calendar,
    "cal:{number}": session_calendar.send_session_calendar,
    "pause": quiet_hours.ask_pause,
    "pause:{way}": quiet_hours.set_pause,
    "quiet": quiet_hours.ask_quiet_hours,
    "quiet:{hours}": quiet_hours.set_quiet_hours,
    "mute:{number}:{switch}": quiet_hours.mute_session,
    "reg": registration.register,
    "reg:{step}:{version}:{value}": registration.registration_press,
    "chg:{step}:{version}:{value}": registration.change_press,
    "mine": my_registration.show_my_registration,
    "mine:change": my_registration.choose_answer_to_change,
    "mine:c:{field}": registration.change_answer,
    "mine:s:{number}:{switch}": my_registration.switch_session,
    "mine:off": my_registration.ask_to_cancel_registration,
    "mine:off:yes": my_registration.cancel_registration,
    "con": consent.show_consents,
    "con:{purpose}:{switch}": consent.decide_consent,
    "fb:off": feedback.switch_off,
    "fb:on": feedback.switch_on,
    "fb:{number}": feedback.ask_usefulness,
    "fb:{number}:x": feedback.decline,
    "fb:{number}:w": sentence.ask_sentence,
    "fb:{number}:s:{version}": sentence.send_sentence,
    "fb:{number}:d": sentence.drop_sentence,
    "fb:{number}:{mark}": feedback.ask_practice,
    "fb:{number}:{mark}:{answer}": feedback.send_feedback,
    "data": my_data.show_my_data,
    "data:file": my_data.export_my_data,
    "data:del": my_data.ask_to_delete_data,
    "data:del:yes": my_data.delete_my_data,
    "privacy": start.show_privacy,
    "here:{number}": presence.say_here,
    "cert": my_certificate.show_my_certificate,
    "cert:{paper}": my_certificate.send_certificate,
    "team": ask.pass_to_team,
    "language": language.ask_language,
    "lang:{code}": language.choose_language,
    "zone": timezone.show_timezone,
    "zloc": timezone.ask_location,
    "zc:{page}": timezone.show_countries,
    "zn:{code}": timezone.zones_of_country,
    "z:{zone}": timezone.set_zone,
    "zh": timezone.show_all_hours,
    "zh:{moment}:{offset}": timezone.choose_hour,
    "zhc:{moment}:{offset}": timezone.countries_with_hour,
    "zh:{moment}:{offset}:{code}": timezone.hour_in_country,
}

# What a conversation does with words typed in the middle of it.
DIALOGS: Mapping[str, Feature] = {
    timezone.DIALOG: free_text.answer_where,
    ask.DIALOG: presence.unless_word(ask.team_question_input),
    panel_asking.DIALOG: panel_asking.panel_input,
    presence.DIALOG: presence.presence_input,
    verify.DIALOG: presence.unless_word(verify.code_input),
    registration.REGISTRATION: registration.registration_input,
    registration.ANSWER_CHANGE: registration.change_input,
    sentence.DIALOG: sentence.sentence_input,
    offering.DIALOG: offering.offer_input,
    offering.ANSWER_DIALOG: offering.reply_input,
}
# What it does with photos, voices, stickers.
UNREADABLE: Mapping[str, Feature] = {
    panel_asking.DIALOG: panel_asking.panel_unreadable,
    registration.REGISTRATION: registration.registration_unreadable,
    registration.ANSWER_CHANGE: registration.change_unreadable,
    sentence.DIALOG: sentence.sentence_unreadable,
    offering.DIALOG: offering.offer_unreadable,
    offering.ANSWER_DIALOG: offering.reply_unreadable,
}
# After that long, what somebody types is no longer an answer to what we asked (None: it still is).
RESTS_AFTER: Mapping[str, timedelta | None] = {
    registration.REGISTRATION: registration.REGISTRATION_DIALOG.rests_after,
    offering.DIALOG: offering.RESTS_AFTER,
}
