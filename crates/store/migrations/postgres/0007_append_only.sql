-- The journal is only added to, whoever asks: nothing in it is changed, and nothing goes before its
-- three years are over, less an hour for servers whose clocks differ. The same as for SQLite.
CREATE FUNCTION decisions_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is only added to';
END
$$;
CREATE TRIGGER decisions_unchanged BEFORE UPDATE ON decisions
FOR EACH ROW EXECUTE FUNCTION decisions_unchanged();
CREATE TRIGGER decisions_untruncated BEFORE TRUNCATE ON decisions
FOR EACH STATEMENT EXECUTE FUNCTION decisions_unchanged();

CREATE FUNCTION decisions_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.at > extract(epoch FROM now()) * 1000 - (1095 * 86400000::bigint - 3600000) THEN
    RAISE EXCEPTION 'the journal keeps a decision for three years';
  END IF;
  RETURN OLD;
END
$$;
CREATE TRIGGER decisions_kept BEFORE DELETE ON decisions
FOR EACH ROW EXECUTE FUNCTION decisions_kept();
