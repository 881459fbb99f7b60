-- What keeps a score's cost from growing with what was corrected, and a card's from reading reports at all.
ALTER TABLE report ADD COLUMN spent INTEGER NOT NULL DEFAULT 0 CHECK (spent IN (0, 1));
  -- 1: nothing of it counts any more: each field stands in a later report of the same area, form and month, or it was
  -- rejected, dropped or cancelled. Only a help to look at fewer of them: what counts is what current_value says
DROP INDEX report_by_area;
CREATE INDEX report_by_area ON report (area_id, period, form, spent, sent_ms);
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
  total INTEGER,                   -- the sum over its posyandu
  PRIMARY KEY (quarter, "set", area_id, form, month)
) STRICT, WITHOUT ROWID;
CREATE TABLE score_rebuild (
  -- How far a computation of all scores anew has come, newest quarter first, villages by id; no row: none is under way.
  id INTEGER PRIMARY KEY CHECK (id = 1),
  mark TEXT NOT NULL,              -- of the sets as it reads them: another reading begins anew
  quarter TEXT NOT NULL,
  area_id INTEGER NOT NULL         -- the village done last in that quarter, 0 none
) STRICT;
CREATE TABLE card_stale (
  -- Frozen cards whose numbers changed in the transaction at work: before it ends each has its next revision.
  quarter TEXT NOT NULL,
  "set" TEXT NOT NULL,
  area_id INTEGER NOT NULL REFERENCES area (id),
  PRIMARY KEY (quarter, "set", area_id)
) STRICT, WITHOUT ROWID;
-- Scores are computed anew, so that score_month is filled.
DELETE FROM meta WHERE name LIKE 'score:%';
