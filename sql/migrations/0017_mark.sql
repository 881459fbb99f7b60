-- A random text that kabard writes anew whenever the file has changed, and looks for in the file itself: where it is not
-- there any more, another file was copied over this one. Alone on its page.
CREATE TABLE mark (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  text TEXT NOT NULL
) STRICT;
