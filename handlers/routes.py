"""The table of contents: what is said to the bot, and who answers."""

from collections.abc import Mapping
from datetime import timedelta

from handlers.command import Command, Feature
from handlers.participant import start
from handlers.participant.asking import ask
from handlers.participant.mine import language, my_data, phone_clock, timezone
from handlers.participant.programme import agenda, objectives, practices, programme, session_details
from handlers.participant.registration import consent, my_registration, registration
from handlers.participant.reminders import quiet_hours, subscriptions

COMMANDS = (
    Command("start", start.start, {"es": "inicio", "pt": "inicio", "fr": "debut"}, start.start),
    Command("sessions", programme.sessions, {"es": "sesiones", "pt": "sessoes", "fr": "seances"}, programme.named),
    Command(
        "objectives", objectives.objectives, {"es": "objetivos", "pt": "objetivos", "fr": "objectifs"}, objectives.named
    ),
    Command("principles", objectives.principles, {"es": "principios", "pt": "principios", "fr": "principes"}),
    Command(
        "practices", practices.practices, {"es": "practicas", "pt": "praticas", "fr": "pratiques"}, practices.named
    ),
    Command("register", registration.register, {"es": "registrarme", "pt": "inscricao", "fr": "inscription"}),
    Command(
        "myregistration",
        my_registration.mine,
        {"es": "miinscripcion", "pt": "minhainscricao", "fr": "moninscription"},
    ),
    Command(
        "reminders",
        subscriptions.reminders,
        {"es": "recordatorios", "pt": "lembretes", "fr": "rappels"},
        subscriptions.named,
    ),
    Command("calendar", agenda.calendar, {"es": "calendario", "pt": "agenda", "fr": "agenda"}, agenda.named),
    Command(
        "timezone", timezone.timezone, {"es": "zonahoraria", "pt": "fusohorario", "fr": "fuseauhoraire"}, timezone.named
    ),
    Command("language", language.language, {"es": "idioma", "pt": "idioma", "fr": "langue"}),
    Command("mydata", my_data.mine, {"es": "misdatos", "pt": "meusdados", "fr": "mesdonnees"}),
    Command("privacy", start.privacy, {"es": "privacidad", "pt": "privacidade", "fr": "confidentialite"}),
    Command("help", start.help_, {"es": "ayuda", "pt": "ajuda", "fr": "aide"}),
    Command("cancel", start.cancel, {"es": "cancelar", "pt": "cancelar", "fr": "annuler"}),
)

# Callback data is public: what was printed on a button years ago still leads somewhere.
PRESSES: Mapping[str, Feature] = {
    "menu": start.menu,
    "help": start.help_,
    "sessions": programme.sessions,
    "s:{number}": programme.session,
    "d:{number}:{field}": session_details.show,
    "tell:{number}:{field}:{switch}": session_details.tell,
    "objectives": objectives.objectives,
    "bysession": objectives.by_session,
    "so:{number}": objectives.of_session,
    "areas": objectives.areas,
    "a:{key}": objectives.of_area,
    "o:{number}": objectives.objective,
    "principles": objectives.principles,
    "pr:{number}": objectives.principle,
    "practices": practices.practices,
    "pobj": practices.by_objective,
    "pcountry": practices.by_country,
    "pall:{page}": practices.all_,
    "pfound:{page}": practices.found,
    "pw:{page}": practices.wider,
    "po:{number}:{page}": practices.of_objective,
    "pc:{code}:{page}": practices.of_country,
    "p:{key}": practices.practice,
    "rem": subscriptions.reminders,
    "rem:all:{switch}": subscriptions.all_,
    "rem:{number}": subscriptions.of_session,
    "rem:{number}:{switch}": subscriptions.whole_session,
    "rem:{number}:{lead}:{switch}": subscriptions.one_lead,
    "cal": agenda.calendar,
    "cal:off": agenda.off,
    "cal:{number}": agenda.of_session,
    "pause": quiet_hours.pause,
    "pause:{way}": quiet_hours.pause_until,
    "quiet": quiet_hours.quiet,
    "quiet:{hours}": quiet_hours.choose_quiet,
    "mute:{number}:{switch}": quiet_hours.mute,
    "reg": registration.register,
    "reg:{step}:{version}:{value}": registration.pressed,
    "chg:{step}:{version}:{value}": registration.change_pressed,
    "mine": my_registration.mine,
    "mine:change": my_registration.which,
    "mine:c:{field}": registration.change,
    "mine:s:{number}:{switch}": my_registration.session,
    "mine:off": my_registration.ask_to_cancel,
    "mine:off:yes": my_registration.cancel,
    "con": consent.card,
    "con:{purpose}:{switch}": consent.decide,
    "data": my_data.mine,
    "data:file": my_data.file,
    "data:del": my_data.ask_to_delete,
    "data:del:yes": my_data.delete,
    "privacy": start.privacy,
    "team": ask.team,
    "language": language.language,
    "lang:{code}": language.choose,
    "zone": timezone.timezone,
    "zloc": timezone.ask_location,
    "zc:{page}": timezone.countries,
    "zn:{code}": timezone.of_country,
    "z:{zone}": timezone.choose,
    "zh": phone_clock.all_hours,
    "zh:{moment}:{offset}": phone_clock.hour,
    "zhc:{moment}:{offset}": phone_clock.countries,
    "zh:{moment}:{offset}:{code}": phone_clock.hour_in,
}

# What a conversation does with words typed in the middle of it.
DIALOGS: Mapping[str, Feature] = {
    timezone.DIALOG: timezone.typed,
    ask.DIALOG: ask.typed,
    registration.NAME: registration.typed,
    registration.CHANGE: registration.change_typed,
}
# What it does with photos, voices, stickers.
UNREADABLE: Mapping[str, Feature] = {
    registration.NAME: registration.unreadable,
    registration.CHANGE: registration.change_unreadable,
}
# After that long, what somebody types is no longer an answer to what we asked (None: it still is).
RESTS_AFTER: Mapping[str, timedelta | None] = {registration.NAME: registration.DIALOG.rests_after}
