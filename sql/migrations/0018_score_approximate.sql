-- Whether the denominator had to be another than the set wants, because a number that it needs was not reported.
ALTER TABLE score ADD COLUMN approximate INTEGER NOT NULL DEFAULT 0 CHECK (approximate IN (0, 1));
