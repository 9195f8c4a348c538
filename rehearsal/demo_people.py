"""The people of the rehearsal. None of them is real."""

from rehearsal.telegram.telegram import Telegram, User

TOKEN = "73195:rehearsal-token-of-nobody"  # noqa: S105 - it opens only the Telegram in this process


def add_people(telegram: Telegram) -> tuple[User, ...]:
    """Adds a participant in Port-au-Prince, one in Mexico City, one in Geneva, an organizer, and you."""
    return (
        telegram.joins("Marie", last_name="Jean", language_code="fr", zone="America/Port-au-Prince", user_id=1001),
        telegram.joins("Lupita", last_name="Ramos", language_code="es", zone="America/Mexico_City", user_id=1002),
        telegram.joins("John", last_name="Keller", language_code="en", zone="Europe/Zurich", user_id=1003),
        telegram.joins("Organización", language_code="es", zone="America/Argentina/Buenos_Aires", user_id=1004),
        telegram.joins("Usted", language_code="es", zone="America/Argentina/Buenos_Aires", user_id=1005),
    )
