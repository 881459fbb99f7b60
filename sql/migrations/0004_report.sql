-- What was understood. Nothing is overwritten: a correction is a later report, and the view merges them.

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
) STRICT;
CREATE INDEX report_by_area ON report (area_id, period, form, sent_ms);
CREATE INDEX report_by_period ON report (period, form, area_id);
CREATE INDEX report_by_mo ON report (mo_id);
CREATE INDEX report_by_contact ON report (contact_id, id);
CREATE INDEX report_held ON report (contact_id, created_ms) WHERE status = 'held';
CREATE INDEX report_by_created ON report (created_ms);

CREATE TABLE report_value (
  -- The numbers of a report. What was not sent is not here; it is never 0 in its place.
  report_id INTEGER NOT NULL REFERENCES report (id),
  field TEXT NOT NULL,             -- K4
  value INTEGER NOT NULL CHECK (value >= 0),
  PRIMARY KEY (report_id, field)
) STRICT, WITHOUT ROWID;

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

CREATE VIEW current_value (area, period, form, field, value, report_id) AS
  -- What counts now: for each area (its code), month (2026-10), form and field the value of the latest accepted or
  -- partial report by (sent_ms, id). Example:
  --   SELECT value FROM current_value
  --   WHERE area = '35.12.03.2001' AND period = '2026-10' AND form = 'IBU_HAMIL' AND field = 'K4'
  SELECT area.code, report.period, report.form, report_value.field, report_value.value, report.id
  FROM area
  JOIN report ON report.area_id = area.id
  JOIN report_value ON report_value.report_id = report.id
  WHERE report.status IN ('accepted', 'partial')
    AND NOT EXISTS (
      SELECT 1 FROM report AS later
      JOIN report_value AS newer ON newer.report_id = later.id AND newer.field = report_value.field
      WHERE later.area_id = report.area_id AND later.period = report.period AND later.form = report.form
        AND later.status IN ('accepted', 'partial')
        AND (later.sent_ms, later.id) > (report.sent_ms, report.id));
