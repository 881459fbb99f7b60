-- When a try was let go: what a crash interrupts before that has certainly not been sent, what it interrupts after that may
-- have been.

ALTER TABLE attempt ADD COLUMN left_ms INTEGER; -- NULL: nothing has left the modem (yet)

-- Of those of former versions nobody knows.
UPDATE attempt SET left_ms = begun_ms;
