-- A part that comes late makes an incomplete message whole: then it has two answers, the question to send it again and
-- the real one.
ALTER TABLE mt_message ADD COLUMN asks_again INTEGER NOT NULL DEFAULT 0 CHECK (asks_again IN (0, 1)); -- parts were missing
UPDATE mt_message SET asks_again = 1
  WHERE kind = 'reply' AND mo_id IN (SELECT id FROM mo_message WHERE outcome = 'incomplete');
DROP INDEX mt_message_answer;
CREATE UNIQUE INDEX mt_message_answer ON mt_message (mo_id, asks_again) WHERE mo_id IS NOT NULL AND kind <> 'manual';
