-- What a report settles is looked up with every report, by whom it would remind: never along the queue or a month's
-- reminders.
CREATE INDEX mt_message_by_contact_job ON mt_message (contact_id, job) WHERE job <> '';
