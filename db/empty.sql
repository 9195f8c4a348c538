-- The tables of a new SQLite file, as the migrations make them. Made by scripts/new_migration.py.
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE inbox (
	update_id BIGINT NOT NULL, 
	received_at DATETIME NOT NULL, 
	payload TEXT, 
	handled_at DATETIME, lane BIGINT, owner VARCHAR(36), lease_until FLOAT, attempts INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_inbox PRIMARY KEY (update_id)
);
CREATE TABLE participants (
	id INTEGER NOT NULL, 
	telegram_id BIGINT NOT NULL, 
	language VARCHAR(2) NOT NULL, 
	zone VARCHAR(64), 
	first_seen_at DATETIME NOT NULL, 
	unreachable_since DATETIME, quiet VARCHAR(11) DEFAULT '22:00-07:00' NOT NULL, paused_until DATETIME, topic BIGINT, language_kept BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_participants PRIMARY KEY (id), 
	CONSTRAINT uq_participants_telegram_id UNIQUE (telegram_id)
);
CREATE TABLE sessions (
	id INTEGER NOT NULL, 
	cycle VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	changed_by_organizer BOOLEAN NOT NULL, 
	version INTEGER NOT NULL, cancelled BOOLEAN DEFAULT 0 NOT NULL, changed_at DATETIME, 
	CONSTRAINT pk_sessions PRIMARY KEY (id), 
	CONSTRAINT uq_sessions_cycle_number UNIQUE (cycle, number)
);
CREATE TABLE subscriptions (
	participant_id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	lead VARCHAR(8) NOT NULL, 
	since DATETIME NOT NULL, muted BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_subscriptions PRIMARY KEY (participant_id, session_id, lead), 
	CONSTRAINT fk_subscriptions_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE, 
	CONSTRAINT fk_subscriptions_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE INDEX ix_subscriptions_session_id_lead ON subscriptions (session_id, lead);
CREATE TABLE questions (
	id INTEGER NOT NULL, 
	participant_id INTEGER NOT NULL, 
	words TEXT NOT NULL, 
	language VARCHAR(2) NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	CONSTRAINT pk_questions PRIMARY KEY (id), 
	CONSTRAINT fk_questions_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE
);
CREATE INDEX ix_questions_participant_id ON questions (participant_id);
CREATE INDEX ix_questions_state_asked_at ON questions (state, asked_at);
CREATE TABLE talks (
	participant_id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	ids JSON NOT NULL, 
	zone VARCHAR(64), 
	unanswered TEXT, 
	language VARCHAR(2) NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_talks PRIMARY KEY (participant_id), 
	CONSTRAINT fk_talks_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE
);
CREATE INDEX ix_talks_updated_at ON talks (updated_at);
CREATE TABLE calendar_entries (
	participant_id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	cancelled BOOLEAN NOT NULL, details INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_calendar_entries PRIMARY KEY (participant_id, session_id), 
	CONSTRAINT fk_calendar_entries_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE, 
	CONSTRAINT fk_calendar_entries_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE INDEX ix_calendar_entries_session_id ON calendar_entries (session_id);
CREATE TABLE secrets (
	name VARCHAR(32) NOT NULL, 
	value VARCHAR(128) NOT NULL, 
	CONSTRAINT pk_secrets PRIMARY KEY (name)
);
CREATE TABLE tombstones (
	mark VARCHAR(64) NOT NULL, 
	deleted_at DATETIME NOT NULL, 
	CONSTRAINT pk_tombstones PRIMARY KEY (mark)
);
CREATE TABLE attendances (
	participant_id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	since DATETIME NOT NULL, 
	turn INTEGER NOT NULL, 
	CONSTRAINT pk_attendances PRIMARY KEY (participant_id, session_id), 
	CONSTRAINT fk_attendances_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE, 
	CONSTRAINT fk_attendances_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE INDEX ix_attendances_session_id_state_turn ON attendances (session_id, state, turn);
CREATE TABLE consents (
	participant_id INTEGER NOT NULL, 
	purpose VARCHAR(16) NOT NULL, 
	version INTEGER NOT NULL, 
	given BOOLEAN NOT NULL, 
	decided_at DATETIME NOT NULL, 
	asked_version INTEGER NOT NULL, 
	CONSTRAINT pk_consents PRIMARY KEY (participant_id, purpose), 
	CONSTRAINT fk_consents_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE
);
CREATE TABLE registrations (
	participant_id INTEGER NOT NULL, 
	cycle VARCHAR(64) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	organization VARCHAR(160) NOT NULL, 
	sector VARCHAR(16) NOT NULL, 
	country VARCHAR(2) NOT NULL, 
	email VARCHAR(254), 
	needs VARCHAR(500), 
	registered_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	CONSTRAINT pk_registrations PRIMARY KEY (participant_id, cycle), 
	CONSTRAINT fk_registrations_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE
);
CREATE INDEX ix_registrations_cycle ON registrations (cycle);
CREATE TABLE dialogs (
	participant_id INTEGER NOT NULL, 
	name VARCHAR(32) NOT NULL, 
	step VARCHAR(32) NOT NULL, 
	answers JSON NOT NULL, 
	version INTEGER NOT NULL, 
	updated_at DATETIME NOT NULL, 
	rests BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_dialogs PRIMARY KEY (participant_id, name), 
	CONSTRAINT fk_dialogs_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE
);
CREATE INDEX ix_dialogs_name_updated_at ON dialogs (name, updated_at);
CREATE TABLE session_times (
	session_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	cancelled BOOLEAN NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_session_times PRIMARY KEY (session_id, version), 
	CONSTRAINT fk_session_times_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE TABLE "outbox" (
	id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	subject VARCHAR(96) NOT NULL, 
	participant_id INTEGER NOT NULL, 
	session_id INTEGER, 
	payload JSON NOT NULL, 
	due_at DATETIME NOT NULL, 
	good_until DATETIME NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	attempts INTEGER NOT NULL, 
	owner VARCHAR(36), 
	lease_until DATETIME, 
	settled_at DATETIME, 
	message_id BIGINT, 
	reason VARCHAR(200), 
	deadline DATETIME NOT NULL, 
	not_before DATETIME, language VARCHAR(2), 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT fk_outbox_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE, 
	CONSTRAINT uq_outbox_kind_subject_participant_id UNIQUE (kind, subject, participant_id), 
	CONSTRAINT fk_outbox_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE INDEX ix_outbox_claimed ON outbox (lease_until) WHERE state = 'claimed';
CREATE INDEX ix_outbox_participant_id_session_id ON outbox (participant_id, session_id);
CREATE INDEX ix_outbox_waiting ON outbox (deadline, id) WHERE state = 'waiting';
CREATE INDEX ix_outbox_expiring ON outbox (good_until) WHERE state = 'waiting';
CREATE INDEX ix_participants_zone_quiet ON participants (zone, quiet);
CREATE INDEX ix_inbox_open ON inbox (lane, update_id) WHERE lane IS NOT NULL;
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	participant_id INTEGER, 
	action VARCHAR(32) NOT NULL, 
	details JSON NOT NULL, 
	member_id INTEGER, 
	times INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (id), 
	CONSTRAINT fk_audit_member_id FOREIGN KEY(member_id) REFERENCES participants (id) ON DELETE SET NULL, 
	CONSTRAINT fk_audit_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE SET NULL
);
CREATE INDEX ix_audit_action_at ON audit (action, at);
CREATE INDEX ix_audit_member_id ON audit (member_id);
CREATE INDEX ix_audit_participant_id ON audit (participant_id);
CREATE TABLE team (
	participant_id INTEGER NOT NULL, 
	role VARCHAR(12) NOT NULL, 
	name VARCHAR(130) NOT NULL, 
	since DATETIME NOT NULL, 
	removed_at DATETIME, 
	CONSTRAINT pk_team PRIMARY KEY (participant_id), 
	CONSTRAINT fk_team_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE
);
CREATE TABLE announcements (
	id INTEGER NOT NULL, 
	cycle VARCHAR(64) NOT NULL, 
	author_id INTEGER, 
	state VARCHAR(12) NOT NULL, 
	stage VARCHAR(12) NOT NULL, 
	run INTEGER NOT NULL, 
	audience JSON NOT NULL, 
	way VARCHAR(8) NOT NULL, 
	moment DATETIME, 
	starts_at DATETIME, 
	created_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	amended_at DATETIME, 
	amendment INTEGER DEFAULT '0' NOT NULL, 
	forgiven INTEGER DEFAULT '0' NOT NULL, 
	shown VARCHAR(64), 
	open BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_announcements PRIMARY KEY (id), 
	CONSTRAINT fk_announcements_author_id FOREIGN KEY(author_id) REFERENCES participants (id) ON DELETE SET NULL
);
CREATE INDEX ix_announcements_author_id ON announcements (author_id);
CREATE INDEX ix_announcements_open ON announcements (id) WHERE open;
CREATE TABLE announcement_bodies (
	announcement_id INTEGER NOT NULL, 
	language VARCHAR(2) NOT NULL, 
	html TEXT NOT NULL, 
	media JSON, 
	buttons JSON NOT NULL, 
	CONSTRAINT pk_announcement_bodies PRIMARY KEY (announcement_id, language), 
	CONSTRAINT fk_announcement_bodies_announcement_id FOREIGN KEY(announcement_id) REFERENCES announcements (id) ON DELETE CASCADE
);
CREATE INDEX ix_outbox_announced ON outbox (subject, state) WHERE kind = 'announcement';
CREATE TABLE leases (
	name VARCHAR(32) NOT NULL, 
	owner VARCHAR(36) NOT NULL, 
	until FLOAT NOT NULL, 
	CONSTRAINT pk_leases PRIMARY KEY (name)
);
CREATE TABLE detail_asks (
	participant_id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	field VARCHAR(16) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	CONSTRAINT pk_detail_asks PRIMARY KEY (participant_id, session_id, field), 
	CONSTRAINT fk_detail_asks_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE, 
	CONSTRAINT fk_detail_asks_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE INDEX ix_detail_asks_session_id_field ON detail_asks (session_id, field);
CREATE TABLE session_details (
	session_id INTEGER NOT NULL, 
	field VARCHAR(16) NOT NULL, 
	value JSON, 
	version INTEGER NOT NULL, 
	changed_at DATETIME NOT NULL, 
	CONSTRAINT pk_session_details PRIMARY KEY (session_id, field), 
	CONSTRAINT fk_session_details_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE TABLE answers (
	id INTEGER NOT NULL, 
	cycle VARCHAR(64) NOT NULL, 
	author_id INTEGER, 
	state VARCHAR(12) NOT NULL, 
	created_at DATETIME NOT NULL, 
	settled_at DATETIME, 
	CONSTRAINT pk_answers PRIMARY KEY (id), 
	CONSTRAINT fk_answers_author_id FOREIGN KEY(author_id) REFERENCES participants (id) ON DELETE SET NULL
);
CREATE INDEX ix_answers_author_id ON answers (author_id);
CREATE INDEX ix_answers_cycle_state ON answers (cycle, state);
CREATE TABLE answer_bodies (
	answer_id INTEGER NOT NULL, 
	language VARCHAR(2) NOT NULL, 
	place INTEGER NOT NULL, 
	html TEXT NOT NULL, 
	CONSTRAINT pk_answer_bodies PRIMARY KEY (answer_id, language), 
	CONSTRAINT fk_answer_bodies_answer_id FOREIGN KEY(answer_id) REFERENCES answers (id) ON DELETE CASCADE
);
CREATE TABLE answer_questions (
	question_id INTEGER NOT NULL, 
	answer_id INTEGER NOT NULL, 
	CONSTRAINT pk_answer_questions PRIMARY KEY (question_id), 
	CONSTRAINT fk_answer_questions_answer_id FOREIGN KEY(answer_id) REFERENCES answers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_answer_questions_question_id FOREIGN KEY(question_id) REFERENCES questions (id) ON DELETE CASCADE
);
CREATE INDEX ix_answer_questions_answer_id ON answer_questions (answer_id);
CREATE TABLE published (
	id INTEGER NOT NULL, 
	cycle VARCHAR(64) NOT NULL, 
	answer_id INTEGER NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	version INTEGER NOT NULL, 
	asked JSON NOT NULL, 
	texts JSON NOT NULL, 
	answered_at DATETIME NOT NULL, 
	CONSTRAINT pk_published PRIMARY KEY (id), 
	CONSTRAINT fk_published_answer_id FOREIGN KEY(answer_id) REFERENCES answers (id) ON DELETE CASCADE, 
	CONSTRAINT uq_published_answer_id UNIQUE (answer_id)
);
CREATE INDEX ix_published_cycle_state ON published (cycle, state);
CREATE TABLE corrections (
	id INTEGER NOT NULL, 
	announcement_id INTEGER NOT NULL, 
	language VARCHAR(2) NOT NULL, 
	html TEXT NOT NULL, 
	media JSON, 
	buttons JSON NOT NULL, 
	author_id INTEGER, 
	state VARCHAR(8) NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_corrections PRIMARY KEY (id), 
	CONSTRAINT fk_corrections_announcement_id FOREIGN KEY(announcement_id) REFERENCES announcements (id) ON DELETE CASCADE, 
	CONSTRAINT fk_corrections_author_id FOREIGN KEY(author_id) REFERENCES participants (id) ON DELETE SET NULL
);
CREATE INDEX ix_corrections_announcement_id ON corrections (announcement_id);
CREATE INDEX ix_corrections_author_id ON corrections (author_id);
CREATE TABLE feedback (
	id VARCHAR(32) NOT NULL, 
	cycle VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	language VARCHAR(2), 
	usefulness INTEGER NOT NULL, 
	practice VARCHAR(5) NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	counted BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_feedback PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE INDEX ix_feedback_cycle_number ON feedback (cycle, number);
CREATE TABLE feedback_sentences (
	id VARCHAR(32) NOT NULL, 
	cycle VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	sentence TEXT NOT NULL, 
	CONSTRAINT pk_feedback_sentences PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE INDEX ix_feedback_sentences_cycle_number ON feedback_sentences (cycle, number);
CREATE TABLE feedback_turns (
	participant_id INTEGER NOT NULL, 
	cycle VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	wrote BOOLEAN DEFAULT 0 NOT NULL, 
	nudged_at DATETIME, 
	CONSTRAINT pk_feedback_turns PRIMARY KEY (participant_id, cycle, number), 
	CONSTRAINT fk_feedback_turns_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE
);
CREATE TABLE cycle_switches (
	cycle VARCHAR(64) NOT NULL, 
	name VARCHAR(16) NOT NULL, 
	enabled BOOLEAN NOT NULL, 
	changed_at DATETIME NOT NULL, 
	CONSTRAINT pk_cycle_switches PRIMARY KEY (cycle, name)
);
CREATE TABLE attendance_windows (
	id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	word VARCHAR(40) NOT NULL, 
	opened_at DATETIME NOT NULL, 
	closes_at DATETIME NOT NULL, 
	opened_by INTEGER, 
	CONSTRAINT pk_attendance_windows PRIMARY KEY (id), 
	CONSTRAINT fk_attendance_windows_opened_by FOREIGN KEY(opened_by) REFERENCES participants (id) ON DELETE SET NULL, 
	CONSTRAINT fk_attendance_windows_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE INDEX ix_attendance_windows_opened_by ON attendance_windows (opened_by);
CREATE INDEX ix_attendance_windows_session_id ON attendance_windows (session_id);
CREATE TABLE certificates (
	code VARCHAR(17) NOT NULL, 
	participant_id INTEGER NOT NULL, 
	cycle VARCHAR(64) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	sessions JSON NOT NULL, 
	minutes INTEGER NOT NULL, 
	language VARCHAR(2) NOT NULL, 
	issued_at DATETIME NOT NULL, 
	replaced_at DATETIME, 
	revoked_at DATETIME, 
	lifted_at DATETIME, 
	reason VARCHAR(300), 
	CONSTRAINT pk_certificates PRIMARY KEY (code), 
	CONSTRAINT fk_certificates_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE
);
CREATE INDEX ix_certificates_participant_id_cycle ON certificates (participant_id, cycle);
CREATE TABLE presences (
	participant_id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	came BOOLEAN NOT NULL, 
	source VARCHAR(8) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_presences PRIMARY KEY (participant_id, session_id), 
	CONSTRAINT fk_presences_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE, 
	CONSTRAINT fk_presences_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE INDEX ix_presences_session_id_came ON presences (session_id, came);
CREATE TABLE attendance_tries (
	participant_id INTEGER NOT NULL, 
	window_id INTEGER NOT NULL, 
	wrong INTEGER NOT NULL, 
	CONSTRAINT pk_attendance_tries PRIMARY KEY (participant_id, window_id), 
	CONSTRAINT fk_attendance_tries_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE, 
	CONSTRAINT fk_attendance_tries_window_id FOREIGN KEY(window_id) REFERENCES attendance_windows (id) ON DELETE CASCADE
);
CREATE INDEX ix_attendance_tries_window_id ON attendance_tries (window_id);
CREATE TABLE moderators (
	participant_id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	name VARCHAR(130) NOT NULL, 
	since DATETIME NOT NULL, 
	removed_at DATETIME, 
	CONSTRAINT pk_moderators PRIMARY KEY (participant_id, session_id), 
	CONSTRAINT fk_moderators_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE, 
	CONSTRAINT fk_moderators_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE INDEX ix_moderators_session_id ON moderators (session_id);
CREATE TABLE panel_boards (
	participant_id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	message_id BIGINT NOT NULL, 
	page INTEGER NOT NULL, 
	shown VARCHAR(64), 
	CONSTRAINT pk_panel_boards PRIMARY KEY (participant_id, session_id), 
	CONSTRAINT fk_panel_boards_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE, 
	CONSTRAINT fk_panel_boards_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE INDEX ix_panel_boards_session_id ON panel_boards (session_id);
CREATE TABLE panel_screens (
	session_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	open BOOLEAN NOT NULL, 
	CONSTRAINT pk_panel_screens PRIMARY KEY (session_id), 
	CONSTRAINT fk_panel_screens_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE TABLE panel_questions (
	id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	participant_id INTEGER NOT NULL, 
	words TEXT NOT NULL, 
	language VARCHAR(2) NOT NULL, 
	shown VARCHAR(8) NOT NULL, 
	label VARCHAR(120) NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	merged_into BIGINT, 
	place INTEGER, 
	answer TEXT, 
	answer_language VARCHAR(2), 
	translations JSON NOT NULL, 
	asked_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	version INTEGER NOT NULL, 
	question_id INTEGER, 
	CONSTRAINT pk_panel_questions PRIMARY KEY (id), 
	CONSTRAINT fk_panel_questions_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE, 
	CONSTRAINT fk_panel_questions_question_id FOREIGN KEY(question_id) REFERENCES questions (id) ON DELETE SET NULL, 
	CONSTRAINT fk_panel_questions_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE INDEX ix_panel_questions_merged_into ON panel_questions (merged_into);
CREATE INDEX ix_panel_questions_participant_id ON panel_questions (participant_id);
CREATE INDEX ix_panel_questions_question_id ON panel_questions (question_id);
CREATE INDEX ix_panel_questions_session_id_state ON panel_questions (session_id, state);
CREATE TABLE panel_votes (
	question_id INTEGER NOT NULL, 
	participant_id INTEGER NOT NULL, 
	CONSTRAINT pk_panel_votes PRIMARY KEY (question_id, participant_id), 
	CONSTRAINT fk_panel_votes_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE, 
	CONSTRAINT fk_panel_votes_question_id FOREIGN KEY(question_id) REFERENCES panel_questions (id) ON DELETE CASCADE
);
CREATE INDEX ix_panel_votes_participant_id ON panel_votes (participant_id);
CREATE TABLE "invitations" (
	id INTEGER NOT NULL, 
	mark VARCHAR(64) NOT NULL, 
	role VARCHAR(12) NOT NULL, 
	invited_by INTEGER NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	session_id INTEGER, 
	CONSTRAINT pk_invitations PRIMARY KEY (id), 
	CONSTRAINT uq_invitations_mark UNIQUE (mark), 
	CONSTRAINT fk_invitations_invited_by FOREIGN KEY(invited_by) REFERENCES participants (id) ON DELETE CASCADE, 
	CONSTRAINT fk_invitations_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE INDEX ix_invitations_invited_by ON invitations (invited_by);
CREATE TABLE practice_offers (
	id INTEGER NOT NULL, 
	participant_id INTEGER NOT NULL, 
	cycle VARCHAR(64) NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	language VARCHAR(2) NOT NULL, 
	answers JSON NOT NULL, 
	talk JSON NOT NULL, 
	scope VARCHAR(8), 
	sent_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_practice_offers PRIMARY KEY (id), 
	CONSTRAINT fk_practice_offers_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE
);
CREATE INDEX ix_practice_offers_cycle_state ON practice_offers (cycle, state);
CREATE INDEX ix_practice_offers_participant_id ON practice_offers (participant_id);
CREATE TABLE meetings (
	id INTEGER NOT NULL, 
	cycle VARCHAR(64) NOT NULL, 
	objective INTEGER NOT NULL, 
	until DATETIME NOT NULL, 
	met_at DATETIME, 
	CONSTRAINT pk_meetings PRIMARY KEY (id)
);
CREATE INDEX ix_meetings_cycle_until ON meetings (cycle, until);
CREATE TABLE meeting_answers (
	meeting_id INTEGER NOT NULL, 
	participant_id INTEGER NOT NULL, 
	agreed BOOLEAN, 
	CONSTRAINT pk_meeting_answers PRIMARY KEY (meeting_id, participant_id), 
	CONSTRAINT fk_meeting_answers_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id) ON DELETE CASCADE, 
	CONSTRAINT fk_meeting_answers_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE
);
CREATE INDEX ix_meeting_answers_participant_id ON meeting_answers (participant_id);
CREATE TABLE meeting_wishes (
	participant_id INTEGER NOT NULL, 
	cycle VARCHAR(64) NOT NULL, 
	objective INTEGER NOT NULL, 
	side VARCHAR(8) NOT NULL, 
	card VARCHAR(300) NOT NULL, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_meeting_wishes PRIMARY KEY (participant_id, cycle, objective), 
	CONSTRAINT fk_meeting_wishes_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) ON DELETE CASCADE
);
CREATE INDEX ix_meeting_wishes_cycle_objective_side ON meeting_wishes (cycle, objective, side);
INSERT INTO alembic_version (version_num) VALUES ('0020');
