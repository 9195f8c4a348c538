"""Everything we remember, on one page."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from db.engine.database import Instant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts rows by itself only in a column of exactly the type INTEGER.
RowId = BigInteger().with_variant(Integer, "sqlite")

# When people are asleep, wherever they are, until they say otherwise.
USUAL_QUIET = "22:00-07:00"


def _only(rows: ColumnElement[bool]) -> dict[str, Any]:
    """Returns an index over those rows only: the few that are still to be done, however many are done.

    PostgreSQL hears of it in migrations/env.py: naming it here would load all that SQLAlchemy knows of it, 3 MB.
    """
    return {"sqlite_where": rows, "info": {"only": rows}}


# Who talks to us. No name and no phone number: what is not kept cannot leak.
participants = Table(
    "participants",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("language", String(2), nullable=False),
    Column("zone", String(64)),  # an IANA name, never an offset: offsets change with the season
    Column("first_seen_at", Instant, nullable=False),
    Column("unreachable_since", Instant),  # they blocked the bot; cleared as soon as they write again
    Column("quiet", String(11), nullable=False, server_default=USUAL_QUIET),  # "22:00-07:00" where they are; "" never
    Column("paused_until", Instant),  # no reminders that are due before
    Column("topic", BigInteger),  # of a forum, where its administrators want to be reminded; None: outside of topics
    Column("language_kept", Boolean, nullable=False, server_default=false()),  # they chose it; else it is the phone's
    Index(None, "zone", "quiet"),  # which zones and nights there are, without looking at everybody
)

# The live programme: the content pack's times until an organizer changes them.
sessions = Table(
    "sessions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("cycle", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("changed_by_organizer", Boolean, nullable=False, default=False),
    Column("version", Integer, nullable=False, default=1),  # one more whenever the time changes
    Column("cancelled", Boolean, nullable=False, server_default=false()),
    Column("changed_at", Instant),  # when the present version began; NULL: it is the first
    UniqueConstraint("cycle", "number"),
)

# When sessions were before they were moved: people are told from what to what.
session_times = Table(
    "session_times",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("until", Instant, nullable=False),  # when the next version began
    PrimaryKeyConstraint("session_id", "version"),
)

# What organizers have told about a session; what they set wins over the content files.
# See knowledge/programme/session_details.py.
session_details = Table(
    "session_details",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("field", String(16), nullable=False),  # link, platform, interpretation, panelists, …
    Column("value", JSON(none_as_null=True)),  # NULL: it was taken away again
    Column("version", Integer, nullable=False),  # one more than any of that session before
    Column("changed_at", Instant, nullable=False),
    PrimaryKeyConstraint("session_id", "field"),
)

# Who asked for a detail that was not known: they get it once it is.
detail_asks = Table(
    "detail_asks",
    metadata,
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("field", String(16), nullable=False),
    Column("asked_at", Instant, nullable=False),
    PrimaryKeyConstraint("participant_id", "session_id", "field"),
    Index(None, "session_id", "field"),
)

# Who wants which reminder of which session.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("lead", String(8), nullable=False),
    Column("since", Instant, nullable=False),
    Column("muted", Boolean, nullable=False, server_default=false()),  # kept, but silent
    PrimaryKeyConstraint("participant_id", "session_id", "lead"),
    Index(None, "session_id", "lead"),
)

# Which sessions are in somebody's own calendar, and what it knows of each.
calendar_entries = Table(
    "calendar_entries",
    metadata,
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),  # of the session's time that was handed out last
    Column("sequence", Integer, nullable=False),  # iCalendar's SEQUENCE of that
    Column("cancelled", Boolean, nullable=False),
    Column("details", Integer, nullable=False, server_default="0"),  # version of the link and platform it was told
    PrimaryKeyConstraint("participant_id", "session_id"),
    Index(None, "session_id"),
)

# The conversations of several steps that someone is in, and where each stands. At most one goes on: the others rest.
dialogs = Table(
    "dialogs",
    metadata,
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(32), nullable=False),
    Column("step", String(32), nullable=False),
    Column("answers", JSON, nullable=False),
    Column("version", Integer, nullable=False, default=1),  # one more with every step: nobody takes the same one twice
    Column("updated_at", Instant, nullable=False),
    Column("rests", Boolean, nullable=False, server_default=false()),
    PrimaryKeyConstraint("participant_id", "name"),
    Index(None, "name", "updated_at"),
)

# Who takes part in a cycle, as they told it themselves.
registrations = Table(
    "registrations",
    metadata,
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("cycle", String(64), nullable=False),
    Column("name", String(120), nullable=False),
    Column("organization", String(160), nullable=False),
    Column("sector", String(16), nullable=False),
    Column("country", String(2), nullable=False),  # ISO 3166
    Column("email", String(254)),
    Column("needs", String(500)),  # interpretation, accessibility: in their own words
    Column("registered_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    PrimaryKeyConstraint("participant_id", "cycle"),
    Index(None, "cycle"),
)

# Which sessions they come to, or wait for.
attendances = Table(
    "attendances",
    metadata,
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("state", String(8), nullable=False),  # going, waiting
    Column("since", Instant, nullable=False),
    Column("turn", Integer, nullable=False),  # the order of the waiting list: moments may be equal
    PrimaryKeyConstraint("participant_id", "session_id"),
    Index(None, "session_id", "state", "turn"),
)

# Who came to which session, and how it is known; what the team has said stays, whatever a report says later.
presences = Table(
    "presences",
    metadata,
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("came", Boolean, nullable=False),  # False: the team has said that they did not
    Column("source", String(8), nullable=False),  # word, report, team
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("participant_id", "session_id"),
    Index(None, "session_id", "came"),
)

# When the word of a session counts. The newest window of a session is the one that matters.
attendance_windows = Table(
    "attendance_windows",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("word", String(40), nullable=False),  # folded; never shown to participants
    Column("opened_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("opened_by", ForeignKey("participants.id", ondelete="SET NULL")),  # None: gone
    Index(None, "session_id"),
    Index(None, "opened_by"),
)

# How often somebody has given a wrong word in a window: nobody may try all words.
attendance_tries = Table(
    "attendance_tries",
    metadata,
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("window_id", ForeignKey("attendance_windows.id", ondelete="CASCADE"), nullable=False),
    Column("wrong", Integer, nullable=False),
    PrimaryKeyConstraint("participant_id", "window_id"),
    Index(None, "window_id"),
)

# Certificates of attendance, each with all that it states. Who verifies a code sees nothing beyond that.
certificates = Table(
    "certificates",
    metadata,
    Column("code", String(17), primary_key=True),
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("cycle", String(64), nullable=False),
    Column("name", String(120), nullable=False),  # as printed
    Column("sessions", JSON, nullable=False),  # their numbers, beginnings and minutes
    Column("minutes", Integer, nullable=False),  # of all of them
    Column("language", String(2), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("replaced_at", Instant),  # by a newer one, with a corrected name or more sessions
    Column("revoked_at", Instant),
    Column("lifted_at", Instant),  # after that a new one may be issued
    Column("reason", String(300)),  # why it was revoked
    Index(None, "participant_id", "cycle"),
)

# What the team has turned on for a cycle; what is not here is off.
cycle_switches = Table(
    "cycle_switches",
    metadata,
    Column("cycle", String(64), nullable=False),
    Column("name", String(16), nullable=False),  # certificates
    Column("enabled", Boolean, nullable=False),
    Column("changed_at", Instant, nullable=False),
    PrimaryKeyConstraint("cycle", "name"),
)

# What each person allows, purpose by purpose, and which version of the sentence they said yes or no to.
consents = Table(
    "consents",
    metadata,
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("asked_version", Integer, nullable=False),  # the newest version we asked about
    PrimaryKeyConstraint("participant_id", "purpose"),
)

# Who asked to be deleted, as a keyed hash of their Telegram id: it tells nothing, and keeps a restored backup honest.
tombstones = Table(
    "tombstones",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("deleted_at", Instant, nullable=False),
)

# What this database made up for itself, such as the key of those hashes.
secrets = Table(
    "secrets",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(128), nullable=False),
)

# What was talked about a moment ago, so that "¿y en Lima?" is understood; forgotten soon after.
talks = Table(
    "talks",
    metadata,
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(16), nullable=False),  # "" where nothing was talked about yet
    Column("ids", JSON, nullable=False),
    Column("zone", String(64)),
    Column("unanswered", Text),  # the last question we had no answer to, until it is passed on or forgotten
    Column("language", String(2), nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index(None, "updated_at"),
)

# What people asked the team, in their own words, until it is answered.
questions = Table(
    "questions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("words", Text, nullable=False),
    Column("language", String(2), nullable=False),
    Column("state", String(12), nullable=False),  # open, answered, closed
    Column("asked_at", Instant, nullable=False),
    Index(None, "state", "asked_at"),
    Index(None, "participant_id"),
)

# What the team answers to one or more of those questions: a draft, sent, or closed without an answer.
answers = Table(
    "answers",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("cycle", String(64), nullable=False),
    Column("author_id", ForeignKey("participants.id", ondelete="SET NULL")),  # began it, then: settled it; None: gone
    Column("state", String(12), nullable=False),  # draft, sent, closed, dropped
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),  # when it was sent, or closed
    Index(None, "author_id"),
    Index(None, "cycle", "state"),
)

# Its words, in each language that somebody of the team wrote.
answer_bodies = Table(
    "answer_bodies",
    metadata,
    Column("answer_id", ForeignKey("answers.id", ondelete="CASCADE"), nullable=False),
    Column("language", String(2), nullable=False),
    Column("place", Integer, nullable=False),  # the first one stands in for languages that have none
    Column("html", Text, nullable=False),  # Telegram's own
    PrimaryKeyConstraint("answer_id", "language"),
)

# Which questions it answers: each question has one answer at most, so two organizers cannot both take it.
answer_questions = Table(
    "answer_questions",
    metadata,
    Column("question_id", ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("answer_id", ForeignKey("answers.id", ondelete="CASCADE"), nullable=False),
    Index(None, "answer_id"),
)

# Answers of the team that the bot gives to everybody who asks so. The wordings are those that an organizer confirmed.
published = Table(
    "published",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("cycle", String(64), nullable=False),
    Column("answer_id", ForeignKey("answers.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("state", String(12), nullable=False),  # draft, published, removed
    Column("version", Integer, nullable=False),  # one more with every change: each replica sees that it must read anew
    Column("asked", JSON, nullable=False),  # the wordings that an organizer wrote or confirmed, by language
    Column("texts", JSON, nullable=False),  # the answers, by language, as Telegram's HTML
    Column("answered_at", Instant, nullable=False),
    Index(None, "cycle", "state"),
)

# Good practices that people offer. An offer goes with whoever made it, also where it was accepted.
practice_offers = Table(
    "practice_offers",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("cycle", String(64), nullable=False),
    Column("state", String(12), nullable=False),  # see db/practices/offers.py
    Column("language", String(2), nullable=False),  # in which it was written
    Column("answers", JSON, nullable=False),  # title, country, implementer, summary, objectives, link, criteria
    Column("talk", JSON, nullable=False),  # what the team asked or decided, and the answers: who wrote, and the words
    Column("scope", String(8)),  # national, local, regional, global: the team's reading, when it was accepted
    Column("sent_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),  # one more with every change: each replica sees that it must read anew
    Index(None, "participant_id"),
    Index(None, "cycle", "state"),
)

# Who would like to meet somebody over an objective. Nobody sees a row of another person before both have agreed.
meeting_wishes = Table(
    "meeting_wishes",
    metadata,
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("cycle", String(64), nullable=False),
    Column("objective", Integer, nullable=False),
    Column("side", String(8), nullable=False),  # offers, seeks
    Column("card", String(300), nullable=False),  # exactly what the other one sees when both have agreed
    Column("since", Instant, nullable=False),
    PrimaryKeyConstraint("participant_id", "cycle", "objective"),
    Index(None, "cycle", "objective", "side"),
)

# Two people who might meet. Until `until` neither is asked about anybody else, whatever the other one has answered.
meetings = Table(
    "meetings",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("cycle", String(64), nullable=False),
    Column("objective", Integer, nullable=False),
    Column("until", Instant, nullable=False),
    Column("met_at", Instant),  # when both had agreed
    Index(None, "cycle", "until"),
)

# The two of a meeting, each with their own answer. No card and no export of the team reads it.
meeting_answers = Table(
    "meeting_answers",
    metadata,
    Column("meeting_id", ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("agreed", Boolean),  # None: has not answered
    PrimaryKeyConstraint("meeting_id", "participant_id"),
    Index(None, "participant_id"),
)

# Who runs the cycle beside the owners, whom the configuration names. Their name is shown to the team only.
team = Table(
    "team",
    metadata,
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String(12), nullable=False),  # organizer, viewer; owner: a name only, see db/team/team.py
    Column("name", String(130), nullable=False),  # as on their phone when they joined
    Column("since", Instant, nullable=False),
    Column("removed_at", Instant),  # kept after that, so that the audit log can still name them
)

# Links that let somebody into the team, once; only their hash, so that nobody who reads this table can use them.
invitations = Table(
    "invitations",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("mark", String(64), nullable=False, unique=True),
    Column("role", String(12), nullable=False),
    Column("invited_by", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE")),  # of "moderator": whose panel; else None
    Index(None, "invited_by"),
)

# Who moderates the panel of one session without being in the team. Their name is shown to the team only.
moderators = Table(
    "moderators",
    metadata,
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(130), nullable=False),
    Column("since", Instant, nullable=False),
    Column("removed_at", Instant),  # kept after that, so that the audit log can still name them
    PrimaryKeyConstraint("participant_id", "session_id"),
    Index(None, "session_id"),
)

# What people ask the panel of a session. A question goes with whoever asked it.
panel_questions = Table(
    "panel_questions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("words", Text, nullable=False),
    Column("language", String(2), nullable=False),
    Column("shown", String(8), nullable=False),  # name, country, nobody
    Column("label", String(120), nullable=False),  # as they confirmed it: the name, the country's code, ""
    Column("state", String(12), nullable=False),  # see db/panel/panel_questions.py
    # Which question speaks for it. No reference: that one may go with its person, and then this one waits again.
    Column("merged_into", BigInteger),
    Column("place", Integer),  # in the moderators' order; None: by votes, after those
    Column("answer", Text),  # of the team, in plain words
    Column("answer_language", String(2)),
    Column("translations", JSON, nullable=False),  # of the words, by the team, by language
    Column("asked_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),  # one more with every change: two moderators cannot both make one
    Column("question_id", ForeignKey("questions.id", ondelete="SET NULL")),  # in the team's inbox, after the session
    Index(None, "session_id", "state"),
    Index(None, "participant_id"),
    Index(None, "merged_into"),
    Index(None, "question_id"),
)

# Who would like a question to be asked, once. No card and no export of the team reads it: only the counts are shown.
panel_votes = Table(
    "panel_votes",
    metadata,
    Column("question_id", ForeignKey("panel_questions.id", ondelete="CASCADE"), nullable=False),
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    PrimaryKeyConstraint("question_id", "participant_id"),
    Index(None, "participant_id"),
)

# The page of a session's panel for a big screen. Its link is made of the version: a new one withdraws the old link.
panel_screens = Table(
    "panel_screens",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("open", Boolean, nullable=False),
)

# Where a moderator's card of a panel stands, so that it can be drawn anew by itself.
panel_boards = Table(
    "panel_boards",
    metadata,
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("page", Integer, nullable=False),  # that is shown; negative: one of its questions is shown there now
    Column("shown", String(64)),  # what it showed last, as a hash
    PrimaryKeyConstraint("participant_id", "session_id"),
    Index(None, "session_id"),
)

# What the team did: who, what, when. Nothing of participants, no texts; the names are in `team`.
audit = Table(
    "audit",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("participant_id", ForeignKey("participants.id", ondelete="SET NULL")),  # None: nobody of the team, or gone
    Column("action", String(32), nullable=False),
    Column("details", JSON, nullable=False),
    Column("member_id", ForeignKey("participants.id", ondelete="SET NULL")),  # of the team, whom it was done to
    Column("times", Integer, nullable=False, server_default="1"),  # refusals are counted, an hour in one row
    Index(None, "action", "at"),
    Index(None, "participant_id"),
    Index(None, "member_id"),
)

# What the team tells many: drafts, and what became of each. Who gets it is in the outbox.
announcements = Table(
    "announcements",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("cycle", String(64), nullable=False),
    Column("author_id", ForeignKey("participants.id", ondelete="SET NULL")),  # None: gone
    Column("state", String(12), nullable=False),  # see db/announcements/announcements.py
    Column("stage", String(12), nullable=False),  # how far it has been let go: hold, team, share, everybody
    Column("run", Integer, nullable=False),  # one more whenever it is sent off: an undone one may be sent off again
    Column("audience", JSON, nullable=False),
    Column("way", String(8), nullable=False),  # now, at, nine
    Column("moment", Instant),  # of "at"
    Column("starts_at", Instant),  # when it begins to leave; until then it can be undone
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("amended_at", Instant),  # when its words were last corrected where it had arrived
    Column("amendment", Integer, nullable=False, server_default="0"),
    Column("forgiven", Integer, nullable=False, server_default="0"),  # failures in spite of which it was let go on
    Column("shown", String(64)),  # what its card showed last, as a hash
    Column("open", Boolean, nullable=False, server_default=false()),  # something is still to happen by itself
    Index("ix_announcements_open", "id", **_only(Column("open", Boolean))),
    Index(None, "author_id"),
)

# The words of an announcement, in each language that somebody wrote.
announcement_bodies = Table(
    "announcement_bodies",
    metadata,
    Column("announcement_id", ForeignKey("announcements.id", ondelete="CASCADE"), nullable=False),
    Column("language", String(2), nullable=False),
    Column("html", Text, nullable=False),  # Telegram's own
    Column("media", JSON),  # the picture or file: its kind, and its number in Telegram
    Column("buttons", JSON, nullable=False),  # links: label, address
    PrimaryKeyConstraint("announcement_id", "language"),
)

# New words for one language of an announcement that has left, until they are confirmed.
corrections = Table(
    "corrections",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("announcement_id", ForeignKey("announcements.id", ondelete="CASCADE"), nullable=False),
    Column("language", String(2), nullable=False),
    Column("html", Text, nullable=False),
    Column("media", JSON),
    Column("buttons", JSON, nullable=False),
    Column("author_id", ForeignKey("participants.id", ondelete="SET NULL")),
    Column("state", String(8), nullable=False),  # see db/announcements/corrections.py
    Column("created_at", Instant, nullable=False),
    Index(None, "announcement_id"),
    Index(None, "author_id"),
)

# What people thought of a session: nobody's. No participant, no moment but the day, and a number drawn by lot as the
# key in which the rows are stored, so that neither it nor their order tells who was when.
feedback = Table(
    "feedback",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("cycle", String(64), nullable=False),
    Column("number", Integer, nullable=False),  # of the session; 0: the whole cycle
    Column("language", String(2)),  # None: several languages that were too few each, merged
    Column("usefulness", Integer, nullable=False),  # 1 to 5
    Column("practice", String(5), nullable=False),  # whether they will use one: yes, maybe, no
    Column("day", String(10), nullable=False),  # ISO 8601, where the cycle is
    Column("counted", Boolean, nullable=False, server_default=false()),  # in the figures: five more at a time
    Index(None, "cycle", "number"),
    sqlite_with_rowid=False,
)

# A sentence beside it, apart from the marks: who is recognized by their words has not shown their marks.
feedback_sentences = Table(
    "feedback_sentences",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("cycle", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("sentence", Text, nullable=False),
    Index(None, "cycle", "number"),
    sqlite_with_rowid=False,
)

# Who was asked for feedback and whether they have answered, so that nobody is asked or counted twice; not what.
feedback_turns = Table(
    "feedback_turns",
    metadata,
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("cycle", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(8), nullable=False),  # asked, given, declined
    Column("wrote", Boolean, nullable=False, server_default=false()),  # has sent their sentence
    Column("nudged_at", Instant),  # reminded of it, once
    PrimaryKeyConstraint("participant_id", "cycle", "number"),
)

# What only one replica at a time may do.
leases = Table(
    "leases",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("owner", String(36), nullable=False),
    Column("until", Float, nullable=False),  # seconds since 1970 by the database's own clock
)

# What Telegram brought, kept until it is answered, remembered so that nothing is answered twice.
inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("received_at", Instant, nullable=False),
    Column("payload", Text),  # the update; once handled, what is still to be said; emptied when that is said
    Column("handled_at", Instant),
    Column("lane", BigInteger),  # whose turn it waits for: the chat; emptied when there is nothing left to do
    Column("owner", String(36)),  # the replica that has it in hand
    Column("lease_until", Float),  # seconds since 1970 by the database's own clock
    Column("attempts", Integer, nullable=False, server_default="0"),
    Index("ix_inbox_open", "lane", "update_id", **_only(Column("lane").is_not(None))),
)

# What we have to say to people who have not just written to us.
outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("subject", String(96), nullable=False),
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE")),
    Column("payload", JSON, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("deadline", Instant, nullable=False),  # when it should have arrived: the soonest is sent first
    Column("good_until", Instant, nullable=False),  # after that it is of no use, and never sent
    Column("not_before", Instant),  # kept back until then, as for a night; NULL: it may leave at once
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("owner", String(36)),
    Column("lease_until", Instant),
    Column("settled_at", Instant),
    Column("message_id", BigInteger),
    Column("reason", String(200)),
    Column("language", String(2)),  # of an announcement: in which it arrived; of its correction: which is corrected
    UniqueConstraint("kind", "subject", "participant_id"),
    Index("ix_outbox_waiting", "deadline", "id", **_only(Column("state") == "waiting")),
    Index("ix_outbox_expiring", "good_until", **_only(Column("state") == "waiting")),
    Index("ix_outbox_claimed", "lease_until", **_only(Column("state") == "claimed")),
    Index(None, "participant_id", "session_id"),
    # An announcement is let go, held, stopped and counted at once, however many others there are.
    Index("ix_outbox_announced", "subject", "state", **_only(Column("kind") == "announcement")),
)
