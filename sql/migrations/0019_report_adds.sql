-- Reports that add to what was told before instead of replacing it: activities, events. And the words of a remark.
ALTER TABLE report ADD COLUMN adds INTEGER NOT NULL DEFAULT 0 CHECK (adds IN (0, 1));
ALTER TABLE report ADD COLUMN amends INTEGER REFERENCES report (id); -- whose place it takes where it adds

CREATE TABLE report_text (
  -- What a field holds that takes words: a remark, never a number that counts.
  report_id INTEGER NOT NULL REFERENCES report (id),
  field TEXT NOT NULL,             -- KET
  text TEXT NOT NULL CHECK (text <> ''),
  PRIMARY KEY (report_id, field)
) STRICT, WITHOUT ROWID;

DROP VIEW current_value;
CREATE VIEW current_value (area, period, form, field, value, report_id, adds) AS
  -- What counts now: for each area (its code), month (2026-10), form and field the value of the latest accepted or
  -- partial report by (sent_ms, id), and what reports that add (adds = 1: activities, events) have added since. Example:
  --   SELECT value FROM current_value
  --   WHERE area = '35.12.03.2001' AND period = '2026-10' AND form = 'IBU_HAMIL' AND field = 'K4'
  SELECT area.code, report.period, report.form, report_value.field, sum(report_value.value), max(report.id),
    max(report.adds)
  FROM area
  JOIN report ON report.area_id = area.id
  JOIN report_value ON report_value.report_id = report.id
  WHERE report.status IN ('accepted', 'partial')
    AND NOT EXISTS (
      SELECT 1 FROM report AS later
      JOIN report_value AS newer ON newer.report_id = later.id AND newer.field = report_value.field
      WHERE later.area_id = report.area_id AND later.period = report.period AND later.form = report.form
        AND later.status IN ('accepted', 'partial') AND later.adds = 0
        AND (later.sent_ms, later.id) > (report.sent_ms, report.id))
  GROUP BY area.code, report.period, report.form, report_value.field;
