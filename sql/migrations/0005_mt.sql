-- What is sent (mobile terminated): the outbox as a persisted state machine. Rows are added and never taken away.

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
) STRICT;
-- One automatic answer for each message; an operator may write by hand as often as needed.
CREATE UNIQUE INDEX mt_message_answer ON mt_message (mo_id) WHERE mo_id IS NOT NULL AND kind <> 'manual';
CREATE INDEX mt_message_by_mo ON mt_message (mo_id);
CREATE INDEX mt_message_next ON mt_message (priority, next_attempt_ms, id) WHERE state IN ('queued', 'retry_wait');
CREATE INDEX mt_message_due ON mt_message (next_attempt_ms) WHERE state IN ('queued', 'retry_wait');
CREATE INDEX mt_message_by_state ON mt_message (state, expires_ms);
CREATE INDEX mt_message_uncertain ON mt_message (recipient) WHERE state = 'uncertain';
CREATE INDEX mt_message_by_recipient ON mt_message (recipient, created_ms);
CREATE INDEX mt_message_by_contact ON mt_message (contact_id);
CREATE INDEX mt_message_by_created ON mt_message (created_ms);

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
) STRICT;
CREATE INDEX attempt_by_message ON attempt (mt_id);
CREATE INDEX attempt_open ON attempt (mt_id) WHERE ended_ms IS NULL;
CREATE INDEX attempt_by_begun ON attempt (begun_ms);
CREATE INDEX attempt_by_recipient ON attempt (recipient, begun_ms);
