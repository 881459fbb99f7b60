-- What the schedule and broadcasts queue is known by its job, so that it is superseded or taken back as a whole.
ALTER TABLE mt_message ADD COLUMN job TEXT NOT NULL DEFAULT ''; -- reminder:2026-10:1, broadcast:7 …; '' none
CREATE INDEX mt_message_by_job ON mt_message (job) WHERE job <> '';
