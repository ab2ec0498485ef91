-- The journal is only added to, whoever asks: nothing in it is changed, and nothing goes before its
-- three years are over, less an hour for servers whose clocks differ. The same as for PostgreSQL.
CREATE TRIGGER decisions_unchanged BEFORE UPDATE ON decisions
BEGIN
  SELECT RAISE(ABORT, 'the journal is only added to');
END;

-- `INSERT OR REPLACE` would change a line without an update.
CREATE TRIGGER decisions_unreplaced BEFORE INSERT ON decisions
WHEN EXISTS (
  SELECT 1 FROM decisions
  WHERE item = NEW.item AND at = NEW.at AND action = NEW.action
)
BEGIN
  SELECT RAISE(ABORT, 'the journal is only added to');
END;

CREATE TRIGGER decisions_kept BEFORE DELETE ON decisions
WHEN OLD.at > CAST(strftime('%s', 'now') AS INTEGER) * 1000 - (1095 * 86400000 - 3600000)
BEGIN
  SELECT RAISE(ABORT, 'the journal keeps a decision for three years');
END;
