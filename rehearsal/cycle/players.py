"""The players of a rehearsed cycle: who they are, where, and what each of them will do. None of them is real."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from locales.localized import Language
from locales.time_zone import time_zone
from rehearsal.telegram.telegram import Telegram, User

# Zone, country as people type it, language of the phone. The last two are asleep while a session goes on.
_PLACES: tuple[tuple[str, str, Language], ...] = (
    ("America/Argentina/Buenos_Aires", "Argentina", "es"),
    ("America/Mexico_City", "México", "es"),
    ("America/Port-au-Prince", "Haïti", "fr"),
    ("America/Sao_Paulo", "Brasil", "pt"),
    ("America/Lima", "Perú", "es"),
    ("America/Santiago", "Chile", "es"),
    ("America/Bogota", "Colombia", "es"),
    ("America/Jamaica", "Jamaica", "en"),
    ("America/Havana", "Cuba", "es"),
    ("America/Tegucigalpa", "Honduras", "es"),
    ("Europe/Zurich", "Suisse", "fr"),
    ("Europe/Madrid", "España", "es"),
    ("America/Manaus", "Brasil", "pt"),
    ("America/New_York", "United States", "en"),
    ("America/Noronha", "Brasil", "pt"),
    ("Asia/Tokyo", "Japan", "en"),
    ("Asia/Kathmandu", "Nepal", "en"),
)
# Two lists whose lengths have no common divisor: nobody else has the same name among 391.
_NAMES = (
    "Ana", "Bea", "Caio", "Dora", "Elio", "Fleur", "Gina", "Hugo", "Inés", "João", "Kenji", "Luz",
    "Marie", "Noé", "Olga", "Pía", "Quim", "Rosa", "Saúl", "Tere", "Uma", "Vera", "Xóchitl",
)  # fmt: skip
_FAMILIES = (
    "Quiñones", "d'Ávila", "Ñandú-Quispe", "Lefèvre", "Gonçalves", "O’Neill", "Núñez de la O", "Ramos", "Keller",
    "Jean-Louis", "Sosa", "Tanaka", "Gurung", "Pérez", "Moreira", "Baptiste", "Yupanqui",
)  # fmt: skip
_NIGHT_BEGINS, _NIGHT_ENDS = time(22), time(7)
ORGANIZER_ID, _FIRST_ID = 900_001, 910_000
LEADS = (timedelta(hours=24), timedelta(hours=1), timedelta(minutes=10))


@dataclass(frozen=True, slots=True)
class Player:
    """One person; what they do follows from their number, so that every rehearsal is the same."""

    number: int
    user: User
    zone: str
    country: str
    language: Language

    @property
    def id(self) -> int:
        """Their number in Telegram."""
        return self.user.id

    @property
    def name(self) -> str:
        """The name that they register with."""
        return f"{self.user.first_name} {self.user.last_name}"

    @property
    def registers(self) -> bool:
        """Whether they register for the cycle; all want reminders."""
        return self.number % 5 != 4  # noqa: PLR2004 - four of five

    @property
    def blocks(self) -> bool:
        """Whether they block the bot before the first session."""
        return self.number % 30 == 7  # noqa: PLR2004 - one of thirty

    @property
    def wants_nine(self) -> bool:
        """Whether they also want to be reminded at nine, where they are, on the day of session 2."""
        return self.number % 2 == 0

    @property
    def asks_panel(self) -> bool:
        """Whether they ask the panel of session 2."""
        return self.number % 7 == 0 and not self.blocks

    def comes_to(self, session: int) -> bool:
        """Returns whether they come to that session and type its word in time."""
        return self.registers and not self.blocks and (self.number * 7 + session * 3) % 10 < 7  # noqa: PLR2004 - seven of ten

    def is_late(self, session: int) -> bool:
        """Returns whether they type the word of that session when it no longer counts."""
        return not self.blocks and not self.comes_to(session) and self.number % 3 == 0

    def rates(self, session: int) -> bool:
        """Returns whether they answer at once after that session (0: the cycle); else they are reminded by day."""
        return (self.number + session) % 3 != 0


def add_players(telegram: Telegram, number: int) -> tuple[User, tuple[Player, ...]]:
    """Adds the organizer and so many people to that Telegram."""
    zone = _PLACES[0][0]
    organizer = telegram.joins("Organización", language_code="es", zone=zone, user_id=ORGANIZER_ID)
    return organizer, tuple(_add(telegram, each) for each in range(number))


def _add(telegram: Telegram, number: int) -> Player:
    zone, country, language = _PLACES[number % len(_PLACES)]
    family = _FAMILIES[number % len(_FAMILIES)]
    user = telegram.joins(
        _NAMES[number % len(_NAMES)], last_name=family, language_code=language, zone=zone, user_id=_FIRST_ID + number
    )
    return Player(number, user, zone, country, language)


def is_night(moment: datetime, zone: str) -> bool:
    """Returns whether people sleep there at that moment: from 22:00 to 07:00."""
    local = moment.astimezone(time_zone(zone)).time()
    return local >= _NIGHT_BEGINS or local < _NIGHT_ENDS


def _before_night(moment: datetime, zone: str) -> datetime:
    """Returns that moment (UTC), or ten in the evening before it where people sleep then."""
    local = moment.astimezone(time_zone(zone))
    if not is_night(moment, zone):
        return moment
    day = local.date() if local.time() >= _NIGHT_BEGINS else local.date() - timedelta(days=1)
    return datetime.combine(day, _NIGHT_BEGINS, time_zone(zone)).astimezone(UTC)


def reminder_moments(player: Player, session: int, starts_at: datetime) -> list[datetime]:
    """Returns when that player has to be reminded of that session, in UTC: worked out here, not by the bot's rules.

    Several that fall into one night are one.
    """
    zone = time_zone(player.zone)
    moments = [starts_at - lead for lead in LEADS]
    if player.wants_nine and session == 2:  # noqa: PLR2004 - see wants_nine
        day = starts_at.astimezone(zone).date()
        nine = datetime.combine(day, time(9), zone)
        moments.append((nine if nine < starts_at else nine - timedelta(days=1)).astimezone(UTC))
    return sorted({_before_night(each, player.zone) for each in moments})
