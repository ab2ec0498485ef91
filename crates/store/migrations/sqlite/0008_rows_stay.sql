-- A line has a number of SQLite's own, by which `INSERT OR REPLACE` could put another in its place. Where
-- none is given, `NEW.rowid` is no line's.
DROP TRIGGER decisions_unreplaced;

CREATE TRIGGER decisions_unreplaced BEFORE INSERT ON decisions
WHEN EXISTS (
  SELECT 1 FROM decisions
  WHERE rowid = NEW.rowid OR item = NEW.item AND at = NEW.at AND action = NEW.action
)
BEGIN
  SELECT RAISE(ABORT, 'the journal is only added to');
END;
