-- The box itself: what this database went through, what it remembers between lives, who changed what.

CREATE TABLE schema_migration (
  -- The migrations that made this schema, in order. A program refuses a database where one of them is not its own.
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,              -- file name without .sql
  sha256 TEXT NOT NULL,            -- of the file
  applied_ms INTEGER NOT NULL,     -- ms UTC, by the box's clock at that moment
  programme_version TEXT NOT NULL  -- Kabar's, that ran it
) STRICT;

CREATE TABLE meta (
  -- Named texts that outlive a process.
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  -- Every change made by a hand or a command: who did what to which subject.
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,          -- ms UTC
  who TEXT NOT NULL,               -- kabard, kabarctl:NAME
  what TEXT NOT NULL,              -- contact.add, outbox.cancel …
  subject TEXT NOT NULL,           -- a uid, an area code, a number
  detail TEXT NOT NULL             -- free words
) STRICT;
CREATE INDEX audit_by_subject ON audit (subject, id);

CREATE TABLE modem_state (
  -- How each modem is, as its supervisor last saw it; read by kabarctl status whether the daemon runs or not.
  name TEXT PRIMARY KEY,
  state TEXT NOT NULL,             -- stopped, starting, idle, busy, dying, backoff
  trouble TEXT NOT NULL,           -- the last reason for not being well, '' none
  imei TEXT NOT NULL,
  imsi TEXT NOT NULL,              -- the SIM
  model TEXT NOT NULL,
  operator_name TEXT NOT NULL,
  since_ms INTEGER NOT NULL,       -- in this state since
  seen_ms INTEGER NOT NULL,        -- last sign of life
  signal_percent INTEGER CHECK (signal_percent BETWEEN 0 AND 100), -- NULL unknown
  registered INTEGER NOT NULL CHECK (registered IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE job (
  -- The schedule's memory: what was last done for which day, so that a box that was off catches up once.
  name TEXT PRIMARY KEY,           -- reminder:2026-10:1, card:2026-Q3 …
  due_ms INTEGER NOT NULL,         -- ms UTC
  done_ms INTEGER,                 -- NULL: still to do
  detail TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX job_due ON job (due_ms) WHERE done_ms IS NULL;
