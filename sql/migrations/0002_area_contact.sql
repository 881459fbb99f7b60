-- Where people live and who reports.

CREATE TABLE area (
  -- Administrative areas by Kemendagri code: PP, PP.KK, PP.KK.CC, PP.KK.CC.DDDD, and posyandu PP.KK.CC.DDDD/NN.
  -- "An area and all below it" is the range code >= X AND code < X || '0'.
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  parent_id INTEGER REFERENCES area (id), -- NULL for a provinsi alone
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5), -- provinsi, kabupaten, kecamatan, desa, posyandu
  name TEXT NOT NULL CHECK (name <> ''),
  CONSTRAINT parent_is_there CHECK ((level = 1) = (parent_id IS NULL))
) STRICT;
CREATE INDEX area_by_parent ON area (parent_id);

CREATE TABLE contact (
  -- A registered person.
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,              -- '' once the person is forgotten
  role TEXT NOT NULL CHECK (role IN ('kpm', 'kader', 'kades', 'bidan', 'pendamping', 'tpps', 'operator')),
  area_id INTEGER REFERENCES area (id), -- what the person reports for or is told of; NULL none
  locale TEXT NOT NULL,            -- language of replies: id, en
  state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'blocked')),
  created_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_by_area ON contact (area_id);

CREATE TABLE contact_phone (
  -- The numbers of a person, E.164; a person may have two.
  phone TEXT PRIMARY KEY CHECK (phone GLOB '+[0-9]*'),
  contact_id INTEGER NOT NULL REFERENCES contact (id),
  created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_phone_by_contact ON contact_phone (contact_id, created_ms, phone);

CREATE TABLE stranger (
  -- Unknown numbers that wrote: the operator's list of people to register.
  phone TEXT PRIMARY KEY,
  messages INTEGER NOT NULL,       -- so far
  first_ms INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  answered_ms INTEGER NOT NULL     -- when last answered, 0 never
) STRICT, WITHOUT ROWID;
CREATE INDEX stranger_by_last ON stranger (last_ms);
