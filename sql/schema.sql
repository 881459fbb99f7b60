-- What all migrations together make, for reading and review; test_schema compares it. To renew it:
--   KABAR_SCHEMA=sql/schema.sql ctest -R unit/store/test_schema

CREATE TABLE area (
  -- Administrative areas by Kemendagri code: PP, PP.KK, PP.KK.CC, PP.KK.CC.DDDD, and posyandu PP.KK.CC.DDDD/NN.
  -- "An area and all below it" is the range code >= X AND code < X || '0'.
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  parent_id INTEGER REFERENCES area (id), -- NULL for a provinsi alone
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5), -- provinsi, kabupaten, kecamatan, desa, posyandu
  name TEXT NOT NULL CHECK (name <> ''), closed TEXT CHECK (closed GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
  CONSTRAINT parent_is_there CHECK ((level = 1) = (parent_id IS NULL))
) STRICT;

CREATE INDEX area_by_level ON area (level, code);

CREATE INDEX area_by_parent ON area (parent_id);

CREATE TABLE attempt (
  -- Every try to send a part, committed before the modem is told: what is open after a crash may have been sent.
  id INTEGER PRIMARY KEY,
  mt_id INTEGER NOT NULL REFERENCES mt_message (id),
  part_id INTEGER NOT NULL REFERENCES mt_part (id),
  recipient TEXT NOT NULL,
  kind TEXT NOT NULL,              -- the message's
  modem TEXT NOT NULL,
  begun_ms INTEGER NOT NULL,
  ended_ms INTEGER,                -- NULL: under way
  result TEXT CHECK (result IN ('sent', 'no_network', 'retry', 'failed', 'uncertain')),
  cause INTEGER NOT NULL DEFAULT 0,
  tp_mr INTEGER
, left_ms INTEGER) STRICT;

CREATE INDEX attempt_by_begun ON attempt (begun_ms);

CREATE INDEX attempt_by_message ON attempt (mt_id);

CREATE INDEX attempt_by_recipient ON attempt (recipient, begun_ms);

CREATE INDEX attempt_open ON attempt (mt_id) WHERE ended_ms IS NULL;

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

CREATE TABLE budget (
  -- Table 5 of the card: the village fund's share for the prevention of stunting, entered by hand, in rupiah.
  area_id INTEGER NOT NULL REFERENCES area (id), -- a village
  year INTEGER NOT NULL CHECK (year BETWEEN 2015 AND 2999),
  line INTEGER NOT NULL CHECK (line >= 1), -- row of the table: 1 Bidang Pembangunan Desa, 2 Bidang Pemberdayaan …
  total INTEGER NOT NULL CHECK (total >= 0),
  stunting INTEGER NOT NULL CHECK (stunting BETWEEN 0 AND total),
  PRIMARY KEY (area_id, year, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE card (
  -- A quarter's card as it was frozen: what was known then. A later one of the same quarter is a new revision.
  id INTEGER PRIMARY KEY,
  quarter TEXT NOT NULL CHECK (quarter GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]'),
  "set" TEXT NOT NULL,
  area_id INTEGER NOT NULL REFERENCES area (id), -- a village or what stands above it
  revision INTEGER NOT NULL CHECK (revision >= 1),
  frozen_ms INTEGER NOT NULL,      -- ms UTC
  body TEXT NOT NULL,              -- JSON: area, quarter, Table 4's sums, every number by name
  UNIQUE (quarter, "set", area_id, revision)
) STRICT;

CREATE TABLE card_stale (
  -- Frozen cards whose numbers changed in the transaction at work: before it ends each has its next revision.
  quarter TEXT NOT NULL,
  "set" TEXT NOT NULL,
  area_id INTEGER NOT NULL REFERENCES area (id),
  PRIMARY KEY (quarter, "set", area_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
  -- A registered person.
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,              -- '' once the person is forgotten
  role TEXT NOT NULL CHECK (role IN ('kpm', 'kader', 'kades', 'bidan', 'pendamping', 'tpps', 'operator')),
  area_id INTEGER REFERENCES area (id), -- what the person reports for or is told of; NULL none
  locale TEXT NOT NULL,            -- language of replies: id, en
  state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'blocked')),
  created_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX contact_by_area ON contact (area_id);

CREATE TABLE contact_area (
  -- The areas of a person beside contact.area_id, the first.
  contact_id INTEGER NOT NULL REFERENCES contact (id),
  area_id INTEGER NOT NULL REFERENCES area (id),
  PRIMARY KEY (contact_id, area_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_area_by_area ON contact_area (area_id);

CREATE TABLE contact_phone (
  -- The numbers of a person, E.164; a person may have two.
  phone TEXT PRIMARY KEY CHECK (phone GLOB '+[0-9]*'),
  contact_id INTEGER NOT NULL REFERENCES contact (id),
  created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_phone_by_contact ON contact_phone (contact_id, created_ms, phone);

CREATE VIEW current_value (area, period, form, field, value, report_id, adds) AS
  -- What counts now: for each area (its code), month (2026-10), form and field the value of the latest accepted or
  -- partial report by (sent_ms, id), and what reports that add (adds = 1: activities, events) have added since. Example:
  --   SELECT value FROM current_value
  --   WHERE area = '35.12.03.2001' AND period = '2026-10' AND form = 'IBU_HAMIL' AND field = 'K4'
  SELECT area.code, report.period, report.form, report_value.field, sum(report_value.value), max(report.id),
    max(report.adds)
  FROM area
  JOIN report ON report.area_id = area.id
  JOIN report_value ON report_value.report_id = report.id
  WHERE report.status IN ('accepted', 'partial')
    AND NOT EXISTS (
      SELECT 1 FROM report AS later
      JOIN report_value AS newer ON newer.report_id = later.id AND newer.field = report_value.field
      WHERE later.area_id = report.area_id AND later.period = report.period AND later.form = report.form
        AND later.status IN ('accepted', 'partial') AND later.adds = 0
        AND (later.sent_ms, later.id) > (report.sent_ms, report.id))
  GROUP BY area.code, report.period, report.form, report_value.field;

CREATE TABLE draft_value (
  -- The numbers of a rejected report, which count for nothing: what its sender corrects within hours is put over them.
  report_id INTEGER NOT NULL REFERENCES report (id),
  field TEXT NOT NULL,             -- K4
  value INTEGER NOT NULL CHECK (value >= 0),
  PRIMARY KEY (report_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE job (
  -- The schedule's memory: what was last done for which day, so that a box that was off catches up once.
  name TEXT PRIMARY KEY,           -- reminder:2026-10:1, card:2026-Q3 …
  due_ms INTEGER NOT NULL,         -- ms UTC
  done_ms INTEGER,                 -- NULL: still to do
  detail TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE INDEX job_due ON job (due_ms) WHERE done_ms IS NULL;

CREATE TABLE mark (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  text TEXT NOT NULL
) STRICT;

CREATE TABLE meta (
  -- Named texts that outlive a process.
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE mo_message (
  -- One whole message as it was sent, put together of its parts.
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL,               -- box id + '-mo-' + id: unique among boxes
  modem TEXT NOT NULL,             -- which received it
  sender TEXT NOT NULL,            -- as the network gave it; '' once forgotten
  contact_id INTEGER REFERENCES contact (id), -- NULL: not registered then
  sent_ms INTEGER NOT NULL,        -- stamped by the network (SCTS), 0 where it gave none: decides the period
  received_ms INTEGER NOT NULL,    -- by the box's clock
  outcome TEXT NOT NULL CHECK (outcome IN ('report', 'command', 'chat', 'empty', 'unknown', 'unregistered',
    'unanswerable', 'not_text', 'unread', 'incomplete', 'over_limit')),
  handled_ms INTEGER,              -- when an operator dealt with it (unknown, unread, incomplete); NULL not yet
  parts INTEGER NOT NULL CHECK (parts >= 1),
  text TEXT NOT NULL               -- as it came
) STRICT;

CREATE INDEX mo_message_by_contact ON mo_message (contact_id, id);

CREATE INDEX mo_message_by_received ON mo_message (received_ms);

CREATE INDEX mo_message_by_sender ON mo_message (sender, received_ms);

CREATE INDEX mo_message_unread ON mo_message (id)
  WHERE outcome IN ('unknown', 'unread', 'incomplete') AND handled_ms IS NULL;

CREATE TABLE mo_part (
  -- Every SMS, or part of a concatenated one, as a modem delivered it. The key makes reading it again harmless.
  id INTEGER PRIMARY KEY,
  message_id INTEGER REFERENCES mo_message (id), -- NULL: waits for its other parts
  modem TEXT NOT NULL,
  sender TEXT NOT NULL,
  smsc TEXT NOT NULL,
  kind TEXT NOT NULL,              -- text, flash, binary, mms, ussd, unreadable
  sent_ms INTEGER NOT NULL,        -- SCTS, 0 none
  received_ms INTEGER NOT NULL,
  concat_ref INTEGER NOT NULL,     -- UDH reference, -1 not concatenated
  concat_total INTEGER NOT NULL,
  concat_seq INTEGER NOT NULL,
  text TEXT NOT NULL,
  raw TEXT NOT NULL,               -- user data in hexadecimal where text can't hold it
  UNIQUE (sent_ms, sender, concat_ref, concat_seq, text, raw)
) STRICT;

CREATE INDEX mo_part_by_message ON mo_part (message_id);

CREATE INDEX mo_part_waiting ON mo_part (sender, concat_ref, concat_total, concat_seq, received_ms)
  WHERE message_id IS NULL AND concat_total > 1;

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

CREATE TABLE mt_message (
  -- One message to one number.
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL,               -- box id + '-mt-' + id
  kind TEXT NOT NULL CHECK (kind IN ('reply', 'card', 'reminder', 'alert', 'manual', 'broadcast')),
  state TEXT NOT NULL CHECK (state IN ('queued', 'submitting', 'submitted', 'delivered', 'undelivered',
    'report_expired', 'retry_wait', 'uncertain', 'held', 'failed', 'expired', 'cancelled')),
  state_ms INTEGER NOT NULL,       -- in this state since
  priority INTEGER NOT NULL,       -- smaller goes first; made from the kind
  recipient TEXT NOT NULL,         -- E.164; '' once forgotten
  contact_id INTEGER REFERENCES contact (id),
  mo_id INTEGER REFERENCES mo_message (id), -- what it answers
  created_ms INTEGER NOT NULL,
  not_before_ms INTEGER NOT NULL,  -- 0: at once
  expires_ms INTEGER NOT NULL,     -- after this it is of no use any more; 0 never
  next_attempt_ms INTEGER NOT NULL, -- of queued and retry_wait: due then; 0 at once, whatever the clock shows
  attempts INTEGER NOT NULL DEFAULT 0, -- submits begun
  retries INTEGER NOT NULL DEFAULT 0,  -- spent of the retry budget
  parts INTEGER NOT NULL CHECK (parts >= 1),
  parts_sent INTEGER NOT NULL DEFAULT 0 CHECK (parts_sent BETWEEN 0 AND parts),
  modem TEXT NOT NULL DEFAULT '',  -- that sent or sends it
  cause INTEGER NOT NULL DEFAULT 0, -- of the last failure, 0 none
  cancel_wanted INTEGER NOT NULL DEFAULT 0 CHECK (cancel_wanted IN (0, 1)), -- asked for while it was being submitted
  text TEXT NOT NULL
, job TEXT NOT NULL DEFAULT '', asks_again INTEGER NOT NULL DEFAULT 0 CHECK (asks_again IN (0, 1))) STRICT;

CREATE UNIQUE INDEX mt_message_answer ON mt_message (mo_id, asks_again) WHERE mo_id IS NOT NULL AND kind <> 'manual';

CREATE INDEX mt_message_by_contact ON mt_message (contact_id);

CREATE INDEX mt_message_by_contact_job ON mt_message (contact_id, job) WHERE job <> '';

CREATE INDEX mt_message_by_created ON mt_message (created_ms);

CREATE INDEX mt_message_by_job ON mt_message (job) WHERE job <> '';

CREATE INDEX mt_message_by_mo ON mt_message (mo_id);

CREATE INDEX mt_message_by_recipient ON mt_message (recipient, created_ms);

CREATE INDEX mt_message_by_state ON mt_message (state, expires_ms);

CREATE INDEX mt_message_due ON mt_message (next_attempt_ms) WHERE state IN ('queued', 'retry_wait');

CREATE INDEX mt_message_next ON mt_message (priority, next_attempt_ms, id) WHERE state IN ('queued', 'retry_wait');

CREATE INDEX mt_message_uncertain ON mt_message (recipient) WHERE state = 'uncertain';

CREATE TABLE mt_part (
  -- One SMS of a message.
  id INTEGER PRIMARY KEY,
  mt_id INTEGER NOT NULL REFERENCES mt_message (id),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  total INTEGER NOT NULL CHECK (total >= seq),
  concat_ref INTEGER NOT NULL,     -- UDH reference 0-255, -1 single
  unicode INTEGER NOT NULL CHECK (unicode IN (0, 1)), -- UCS-2, else GSM-7
  recipient TEXT NOT NULL,         -- the message's, here for the index that status reports are matched by
  sent_ms INTEGER,                 -- the network took it; NULL not yet
  tp_mr INTEGER,                   -- the number the modem gave it, 0-255, wraps; NULL unknown
  report TEXT CHECK (report IN ('delivered', 'undelivered')), -- the status report; NULL none yet
  report_ms INTEGER,
  text TEXT NOT NULL,
  UNIQUE (mt_id, seq)
) STRICT;

CREATE INDEX mt_part_by_reference ON mt_part (recipient, tp_mr, sent_ms);

CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  mo_id INTEGER NOT NULL UNIQUE REFERENCES mo_message (id),
  contact_id INTEGER REFERENCES contact (id), -- who sent it
  area_code TEXT NOT NULL,         -- what the sender stood for then, '' nothing
  area_name TEXT NOT NULL,
  emergency INTEGER NOT NULL CHECK (emergency IN (0, 1)),
  told INTEGER NOT NULL DEFAULT 0 CHECK (told >= 0), -- people it was passed on to
  created_ms INTEGER NOT NULL,
  done_ms INTEGER                  -- when an operator dealt with it; NULL not yet
) STRICT;

CREATE INDEX note_by_contact ON note (contact_id, created_ms);

CREATE INDEX note_open ON note (emergency, told) WHERE done_ms IS NULL;

CREATE TABLE report (
  -- One segment of a message: one form for one area and month.
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL,               -- box id + '-rp-' + id
  mo_id INTEGER REFERENCES mo_message (id), -- what it was read from; NULL: entered by an operator
  contact_id INTEGER REFERENCES contact (id),
  area_id INTEGER NOT NULL REFERENCES area (id),
  "set" TEXT NOT NULL,             -- indicator set: hpk-2018
  form TEXT NOT NULL,              -- IBU_HAMIL
  period TEXT CHECK (period GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'), -- 2026-10; NULL where none could be read
  status TEXT NOT NULL CHECK (status IN ('accepted', 'partial', 'held', 'rejected', 'help', 'dropped', 'cancelled')),
  sent_ms INTEGER NOT NULL,        -- of the message: later wins
  created_ms INTEGER NOT NULL,
  cancelled_ms INTEGER             -- when it was taken back; NULL never
, spent INTEGER NOT NULL DEFAULT 0 CHECK (spent IN (0, 1)), question TEXT
  CHECK (question IN ('jump', 'form', 'talk', 'change', 'period', 'order', 'area')), question_field TEXT, adds INTEGER NOT NULL DEFAULT 0 CHECK (adds IN (0, 1)), amends INTEGER REFERENCES report (id)) STRICT;

CREATE INDEX report_by_area ON report (area_id, period, form, spent, sent_ms);

CREATE INDEX report_by_contact ON report (contact_id, id);

CREATE INDEX report_by_created ON report (created_ms);

CREATE INDEX report_by_mo ON report (mo_id);

CREATE INDEX report_by_period ON report (period, form, area_id);

CREATE INDEX report_held ON report (contact_id, created_ms) WHERE status = 'held';

CREATE TABLE report_problem (
  -- What was wrong with a report, in the sender's own words.
  report_id INTEGER NOT NULL REFERENCES report (id),
  seq INTEGER NOT NULL,
  code TEXT NOT NULL,              -- unknown_key, missing_value, bad_value, rule …
  token TEXT NOT NULL,             -- as typed
  offset INTEGER NOT NULL,         -- bytes into the message
  rule TEXT NOT NULL,              -- the rule's check, '' unless code is rule
  PRIMARY KEY (report_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_text (
  -- What a field holds that takes words: a remark, never a number that counts.
  report_id INTEGER NOT NULL REFERENCES report (id),
  field TEXT NOT NULL,             -- KET
  text TEXT NOT NULL CHECK (text <> ''),
  PRIMARY KEY (report_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_value (
  -- The numbers of a report. What was not sent is not here; it is never 0 in its place.
  report_id INTEGER NOT NULL REFERENCES report (id),
  field TEXT NOT NULL,             -- K4
  value INTEGER NOT NULL CHECK (value >= 0),
  PRIMARY KEY (report_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE schema_migration (
  -- The migrations that made this schema, in order. A program refuses a database where one of them is not its own.
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,              -- file name without .sql
  sha256 TEXT NOT NULL,            -- of the file
  applied_ms INTEGER NOT NULL,     -- ms UTC, by the box's clock at that moment
  programme_version TEXT NOT NULL  -- Kabar's, that ran it
) STRICT;

CREATE TABLE score (
  -- Numerator and denominator of each indicator of a village in a quarter, changed in the transaction that stores,
  -- confirms or cancels a report. A row is there where something is known. What stands above a village is summed.
  -- Example, a kecamatan's indicator B1:
  --   SELECT sum(min(numerator, denominator)), sum(denominator) FROM score JOIN area ON area.id = area_id
  --   WHERE quarter = '2026-Q3' AND indicator = 'B1' AND code GLOB '35.12.03.*'
  --     AND numerator IS NOT NULL AND denominator IS NOT NULL
  quarter TEXT NOT NULL CHECK (quarter GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]'),
  "set" TEXT NOT NULL,             -- indicator set: hpk-2018
  area_id INTEGER NOT NULL REFERENCES area (id), -- a village
  indicator TEXT NOT NULL,         -- B1
  numerator INTEGER CHECK (numerator >= 0),     -- NULL unknown; as reported, may exceed the denominator
  denominator INTEGER CHECK (denominator >= 0), -- NULL unknown
  part INTEGER CHECK (part >= 0), approximate INTEGER NOT NULL DEFAULT 0 CHECK (approximate IN (0, 1)),  -- a count printed beside it (fathers of A4), NULL unknown or none
  PRIMARY KEY (quarter, "set", area_id, indicator)
) STRICT, WITHOUT ROWID;

CREATE TABLE score_cell (
  -- The figures of the card's Tables 1 and 2.
  quarter TEXT NOT NULL CHECK (quarter GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]'),
  "set" TEXT NOT NULL,
  area_id INTEGER NOT NULL REFERENCES area (id), -- a village
  cell INTEGER NOT NULL,           -- its place among the set's cells, from 0
  value INTEGER NOT NULL CHECK (value >= 0),
  PRIMARY KEY (quarter, "set", area_id, cell)
) STRICT, WITHOUT ROWID;

CREATE TABLE score_form (
  -- In which months of the quarter a form was reported, and by whom: bit 0 is the first month.
  quarter TEXT NOT NULL CHECK (quarter GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]'),
  "set" TEXT NOT NULL,
  area_id INTEGER NOT NULL REFERENCES area (id), -- a village
  form TEXT NOT NULL,
  village INTEGER NOT NULL CHECK (village BETWEEN 0 AND 7),    -- by the village's own report
  posyandu INTEGER NOT NULL CHECK (posyandu BETWEEN 0 AND 7),  -- by one of its posyandu at least
  differs INTEGER NOT NULL CHECK (differs BETWEEN 0 AND 7),    -- both did, and their numbers differ
  PRIMARY KEY (quarter, "set", area_id, form)
) STRICT, WITHOUT ROWID;

CREATE TABLE score_month (
  -- Of a form and month that posyandu of a village reported: how many, and where the village's own report stands beside
  -- them and differs, the first field that does with both numbers.
  quarter TEXT NOT NULL CHECK (quarter GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]'),
  "set" TEXT NOT NULL,
  area_id INTEGER NOT NULL REFERENCES area (id), -- a village
  form TEXT NOT NULL,
  month INTEGER NOT NULL CHECK (month BETWEEN 0 AND 2), -- of the quarter
  posyandu INTEGER NOT NULL CHECK (posyandu >= 1), -- that reported
  field TEXT,                      -- K4; NULL: nothing differs
  village INTEGER,                 -- the village's own number of it
  total INTEGER, filled INTEGER NOT NULL DEFAULT 0,                   -- the sum over its posyandu
  PRIMARY KEY (quarter, "set", area_id, form, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE score_rebuild (
  -- How far a computation of all scores anew has come, newest quarter first, villages by id; no row: none is under way.
  id INTEGER PRIMARY KEY CHECK (id = 1),
  mark TEXT NOT NULL,              -- of the sets as it reads them: another reading begins anew
  quarter TEXT NOT NULL,
  area_id INTEGER NOT NULL         -- the village done last in that quarter, 0 none
) STRICT;

CREATE TABLE stranger (
  -- Unknown numbers that wrote: the operator's list of people to register.
  phone TEXT PRIMARY KEY,
  messages INTEGER NOT NULL,       -- so far
  first_ms INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  answered_ms INTEGER NOT NULL     -- when last answered, 0 never
) STRICT, WITHOUT ROWID;

CREATE INDEX stranger_by_last ON stranger (last_ms);

CREATE TABLE suspect (
  -- What kabard is at work on, and what it was at work on when it died: of what it dies twice is set aside.
  name TEXT PRIMARY KEY,           -- sms:HASH, report:HASH, job:reminder:2026-10:1, tick …
  deaths INTEGER NOT NULL,         -- how often kabard died at it
  busy INTEGER NOT NULL CHECK (busy IN (0, 1)) -- is at work on it now
) STRICT, WITHOUT ROWID;
