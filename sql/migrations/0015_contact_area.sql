-- A person may stand for several areas: one KPM of two villages.
CREATE TABLE contact_area (
  -- The areas of a person beside contact.area_id, the first.
  contact_id INTEGER NOT NULL REFERENCES contact (id),
  area_id INTEGER NOT NULL REFERENCES area (id),
  PRIMARY KEY (contact_id, area_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_area_by_area ON contact_area (area_id);
