"""Remembers certificates of attendance: what each states, and whether it was replaced or revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import ColumnElement, and_, func, insert, select, update

from db.engine.database import Tx
from db.tables import certificates
from locales.localized import Language

State: TypeAlias = Literal["valid", "replaced", "revoked"]


@dataclass(frozen=True, slots=True)
class AttendedSession:
    """A session that somebody came to, as it was when the certificate was issued."""

    number: int
    starts_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """One certificate with all that it states; `name` is as printed."""

    code: str
    participant_id: int
    name: str
    sessions: tuple[AttendedSession, ...]
    issued_at: datetime
    replaced_at: datetime | None = None
    revoked_at: datetime | None = None
    lifted_at: datetime | None = None  # from then on a new one may be issued
    reason: str | None = None  # why it was revoked

    @property
    def state(self) -> State:
        """Whether it is valid, or what became of it."""
        return "revoked" if self.revoked_at else "replaced" if self.replaced_at else "valid"

    @property
    def blocks(self) -> bool:
        """Whether it was revoked, and no new one may be issued."""
        return self.revoked_at is not None and self.lifted_at is None


_COLUMNS = (
    certificates.c.code,
    certificates.c.participant_id,
    certificates.c.name,
    certificates.c.sessions,
    certificates.c.issued_at,
    certificates.c.replaced_at,
    certificates.c.revoked_at,
    certificates.c.lifted_at,
    certificates.c.reason,
)
_VALID = (certificates.c.replaced_at.is_(None), certificates.c.revoked_at.is_(None))


async def certificate_by_code(tx: Tx, code: str) -> IssuedCertificate | None:
    """Returns the certificate with exactly that code; None where there is none."""
    return await _one(tx, certificates.c.code == code)


async def newest_certificate(tx: Tx, participant_id: int, cycle: str) -> IssuedCertificate | None:
    """Returns the newest certificate of that person; None without one."""
    return await _one(tx, _of_person(participant_id, cycle))


def _of_person(participant_id: int, cycle: str) -> ColumnElement[bool]:
    return and_(certificates.c.participant_id == participant_id, certificates.c.cycle == cycle)


async def _one(tx: Tx, where: ColumnElement[bool]) -> IssuedCertificate | None:
    newest = select(*_COLUMNS).where(where).order_by(certificates.c.issued_at.desc(), certificates.c.code).limit(1)
    row = (await tx.execute(newest)).mappings().one_or_none()
    if row is None:
        return None
    attended = tuple(
        AttendedSession(number, datetime.fromisoformat(at), minutes) for number, at, minutes in row["sessions"]
    )
    return IssuedCertificate(**{**row, "sessions": attended})


async def issue(tx: Tx, certificate: IssuedCertificate, cycle: str, language: Language, *, now: datetime) -> bool:
    """Keeps a new certificate; earlier valid ones of that person are replaced. Returns whether there were some."""
    replaced = await replace_earlier(tx, certificate.participant_id, cycle, now=now)
    kept = [[each.number, each.starts_at.isoformat(), each.minutes] for each in certificate.sessions]
    row = {
        "code": certificate.code,
        "participant_id": certificate.participant_id,
        "cycle": cycle,
        "name": certificate.name,
        "sessions": kept,
        "minutes": sum(each.minutes for each in certificate.sessions),
        "language": language,
        "issued_at": certificate.issued_at,
    }
    await tx.execute(insert(certificates).values(row))
    return replaced


async def replace_earlier(tx: Tx, participant_id: int, cycle: str, *, now: datetime) -> bool:
    """Marks the valid certificates of that person as replaced; returns whether there were some."""
    done = update(certificates).where(_of_person(participant_id, cycle), *_VALID).values(replaced_at=now)
    return (await tx.execute(done)).rowcount > 0


async def revoke(tx: Tx, code: str, reason: str, *, now: datetime) -> bool:
    """Revokes a valid certificate; returns False where it is not valid any more."""
    done = update(certificates).where(certificates.c.code == code, *_VALID).values(revoked_at=now, reason=reason)
    return (await tx.execute(done)).rowcount > 0


async def lift(tx: Tx, code: str, *, now: datetime) -> bool:
    """Lets a new certificate be issued to whose was revoked; the revoked one stays revoked."""
    blocked = (certificates.c.revoked_at.is_not(None), certificates.c.lifted_at.is_(None))
    done = update(certificates).where(certificates.c.code == code, *blocked).values(lifted_at=now)
    return (await tx.execute(done)).rowcount > 0


async def count_by_state(tx: Tx, cycle: str) -> Sequence[int]:
    """Returns how many certificates were issued, and how many of them were revoked."""
    counted = select(func.count(), func.count(certificates.c.revoked_at)).where(certificates.c.cycle == cycle)
    return tuple((await tx.execute(counted)).one())
