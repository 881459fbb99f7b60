CREATE TABLE suspect (
  -- What kabard is at work on, and what it was at work on when it died: of what it dies twice is set aside.
  name TEXT PRIMARY KEY,           -- sms:HASH, report:HASH, job:reminder:2026-10:1, tick …
  deaths INTEGER NOT NULL,         -- how often kabard died at it
  busy INTEGER NOT NULL CHECK (busy IN (0, 1)) -- is at work on it now
) STRICT, WITHOUT ROWID;
