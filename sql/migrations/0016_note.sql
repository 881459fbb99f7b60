-- Messages that tell of an event or a problem instead of numbers. The text stands in mo_message, and is blanked or
-- erased there; whoever it was passed on to has an ordinary row in mt_message.
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
CREATE INDEX note_open ON note (emergency, told) WHERE done_ms IS NULL;
CREATE INDEX note_by_contact ON note (contact_id, created_ms);
