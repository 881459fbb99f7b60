-- What was received (mobile originated). Rows are added and never taken away, so that ids, and uids made of them, stay
-- unique.

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
CREATE INDEX mo_message_by_sender ON mo_message (sender, received_ms);
CREATE INDEX mo_message_by_received ON mo_message (received_ms);
CREATE INDEX mo_message_by_contact ON mo_message (contact_id, id);
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
