"""The auditor's SQL, all of it: the witnesses that are set up beside the tables, and what is read at the end.

A schema ``chaos`` in each service's database belongs to the administrator; the services neither see nor need it. Its
triggers write in the service's own transactions, so that what they saw is exactly what was committed.
"""

WITNESSES = """
CREATE SCHEMA IF NOT EXISTS chaos;

-- Every event that a transaction decided: the outbox forgets it, this does not.
CREATE TABLE IF NOT EXISTS chaos.told (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL, key text NOT NULL, headers jsonb NOT NULL, value bytea NOT NULL);
CREATE OR REPLACE FUNCTION chaos.tell() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
    INSERT INTO chaos.told (topic, key, headers, value) VALUES (NEW.topic, NEW.key, NEW.headers, NEW.value);
    RETURN NULL; END $$;
CREATE OR REPLACE TRIGGER chaos_tell AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION chaos.tell();

-- Every delivery that came to the inbox, before it is known whether the event was there already …
CREATE TABLE IF NOT EXISTS chaos.received (event_id uuid NOT NULL);
CREATE OR REPLACE FUNCTION chaos.receive() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
    INSERT INTO chaos.received (event_id) VALUES (NEW.event_id); RETURN NEW; END $$;
CREATE OR REPLACE TRIGGER chaos_receive BEFORE INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION chaos.receive();

-- … and every one that was let in, also by an inbox that lets in what it knows.
CREATE TABLE IF NOT EXISTS chaos.admitted (event_id uuid NOT NULL);
CREATE OR REPLACE FUNCTION chaos.admit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
    INSERT INTO chaos.admitted (event_id) VALUES (NEW.event_id); RETURN NULL; END $$;
CREATE OR REPLACE TRIGGER chaos_admit AFTER INSERT OR UPDATE ON inbox FOR EACH ROW EXECUTE FUNCTION chaos.admit();
"""

TASK_WITNESS = """
-- Every attempt to make a task, also where the task was there already.
CREATE TABLE IF NOT EXISTS chaos.task_attempts (cause_id uuid NOT NULL, kind text NOT NULL, office text NOT NULL);
CREATE OR REPLACE FUNCTION chaos.attempt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
    INSERT INTO chaos.task_attempts VALUES (NEW.cause_id, NEW.kind, NEW.office); RETURN NEW; END $$;
CREATE OR REPLACE TRIGGER chaos_attempt BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION chaos.attempt();
"""

TOLD = "SELECT topic, key, headers, value FROM chaos.told WHERE topic NOT LIKE '%.dlq' ORDER BY number"
KEPT = "SELECT key, status FROM idempotency_keys"
RECEIVED = """
SELECT event_id, received.times, coalesce(admitted.times, 0) AS admitted
FROM (SELECT event_id, count(*) AS times FROM chaos.received GROUP BY event_id) AS received
LEFT JOIN (SELECT event_id, count(*) AS times FROM chaos.admitted GROUP BY event_id) AS admitted USING (event_id)"""
ARCHIVED = "SELECT event_id, topic, subject, sequence FROM archive ORDER BY position"

MADE = {
    "households": {
        "households": "SELECT id::text FROM households",
        "members": "SELECT id::text FROM members",
        "households.jobs": "SELECT id::text FROM jobs",
    },
    "identification": {
        "assessments": "SELECT id::text FROM assessments",
        "cases": "SELECT id::text FROM cases",
        "comparison_datasets": "SELECT id::text FROM comparison_datasets",
        "evidence": "SELECT digest FROM evidence",
        "lists": "SELECT id::text FROM lists",
        "objections": "SELECT id::text FROM objections",
        "suspects": "SELECT id::text FROM suspects",
    },
    "notifications": {"tasks": "SELECT id::text FROM tasks"},
}
"""By service: the rows that answers name."""

VERSIONS = {
    "households": "SELECT id::text AS subject, version FROM households",
    "identification": "SELECT id::text AS subject, version FROM cases",
    "notifications": "SELECT id::text AS subject, version FROM tasks",
}

REGISTRATIONS = """
SELECT DISTINCT ON (household_id) household_id, status, since, case_id, version
FROM registrations ORDER BY household_id, version DESC"""
STATUSES = """
SELECT id AS household_id, status, status_since, status_case_id, registration_version
FROM households WHERE registration_version > 0 OR status <> 'none'"""
HOUSEHOLDS = "SELECT id AS household_id, division, in_scope, version FROM households"
KNOWN_HOUSEHOLDS = "SELECT id AS household_id, division, in_scope, version FROM known_households"
TASKS = """
SELECT cause_id, kind, office, (
    SELECT count(*) FROM chaos.task_attempts AS attempt
    WHERE (attempt.cause_id, attempt.kind, attempt.office) = (tasks.cause_id, tasks.kind, tasks.office)) AS attempts
FROM tasks"""
TASK_INDEX = "CREATE INDEX IF NOT EXISTS task_attempts_by_cause ON chaos.task_attempts (cause_id)"

_COMMON = {
    "events in the outbox": "SELECT count(*) FROM outbox",
    "events parked or dead": "SELECT count(*) FROM parked",
    "timers overdue": """SELECT count(*) FROM timers WHERE fired_at IS NULL AND due_at <= now() + make_interval(
                             secs => coalesce((SELECT seconds FROM policy_clock WHERE id = 1), 0))""",
    "jobs not ended": "SELECT count(*) FROM jobs WHERE state IN ('queued', 'running')",
    "jobs failed": "SELECT count(*) FROM jobs WHERE state = 'failed'",
    "commands without an answer": "SELECT count(*) FROM idempotency_keys WHERE status IS NULL",
}
_IDENTIFICATION = {
    "cases open": "SELECT count(*) FROM cases WHERE state = 'open'",
    "households with two open cases": """SELECT count(*) FROM (SELECT FROM cases WHERE state = 'open'
                                             GROUP BY household_id HAVING count(*) > 1) AS twice""",
    "comparisons running": "SELECT count(*) FROM lists WHERE state = 'running'",
    "publicities posted beyond their end": """SELECT count(*) FROM lists WHERE state = 'posted' AND ends_at <= now()
        + make_interval(secs => coalesce((SELECT seconds FROM policy_clock WHERE id = 1), 0))""",
    "objections open at closed cases": """SELECT count(*) FROM cases WHERE state = 'identified'
                                              AND (open_objections > 0 OR open_suspects > 0 OR open_issues > 0)""",
}
_NOTIFICATIONS = {
    "notices settled and never forgotten": """SELECT count(*) FROM notice_cases WHERE NOT EXISTS (
        SELECT FROM tasks WHERE subject_id = list_id AND kind = 'post_notice' AND state = 'open')""",
    "tasks open though all cases are closed": """SELECT count(*) FROM tasks
                                                 WHERE state = 'open' AND kind <> 'case_moved'""",
}


def unfinished(service: str) -> dict[str, str]:
    """What waits → how much of it."""
    own = {"identification": _IDENTIFICATION, "notifications": _NOTIFICATIONS}
    return _COMMON | own.get(service, {})
