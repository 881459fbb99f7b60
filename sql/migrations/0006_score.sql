-- The score card's numbers. No percentage is stored: it is computed from what stands here (docs/score-card.md).

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
  part INTEGER CHECK (part >= 0),  -- a count printed beside it (fathers of A4), NULL unknown or none
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

CREATE TABLE budget (
  -- Table 5 of the card: the village fund's share for the prevention of stunting, entered by hand, in rupiah.
  area_id INTEGER NOT NULL REFERENCES area (id), -- a village
  year INTEGER NOT NULL CHECK (year BETWEEN 2015 AND 2999),
  line INTEGER NOT NULL CHECK (line >= 1), -- row of the table: 1 Bidang Pembangunan Desa, 2 Bidang Pemberdayaan …
  total INTEGER NOT NULL CHECK (total >= 0),
  stunting INTEGER NOT NULL CHECK (stunting BETWEEN 0 AND total),
  PRIMARY KEY (area_id, year, line)
) STRICT, WITHOUT ROWID;

CREATE INDEX area_by_level ON area (level, code);
