-- What the box remembers of a conversation: what it asked, and what it refused. Who sent it, when, for which form, month
-- and area stands in report.
ALTER TABLE report ADD COLUMN question TEXT
  CHECK (question IN ('jump', 'form', 'talk', 'change', 'period', 'order', 'area'));
  -- what the sender was asked of a held report; NULL: nothing was
ALTER TABLE report ADD COLUMN question_field TEXT;
  -- the one number that was asked about: another number in the answer takes its place; NULL: it was not one
CREATE TABLE draft_value (
  -- The numbers of a rejected report, which count for nothing: what its sender corrects within hours is put over them.
  report_id INTEGER NOT NULL REFERENCES report (id),
  field TEXT NOT NULL,             -- K4
  value INTEGER NOT NULL CHECK (value >= 0),
  PRIMARY KEY (report_id, field)
) STRICT, WITHOUT ROWID;
