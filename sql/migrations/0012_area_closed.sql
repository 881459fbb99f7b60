-- Areas that end, and who said which number of a month.
ALTER TABLE area ADD COLUMN closed TEXT CHECK (closed GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]');
  -- 2026-10: from that month on the area is neither expected nor counted; NULL: it goes on
ALTER TABLE score_month ADD COLUMN filled INTEGER NOT NULL DEFAULT 0;
  -- bit i: key i of the form is the sum over the posyandu, although the village's own report stands
