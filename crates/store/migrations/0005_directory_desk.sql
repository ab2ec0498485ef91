-- The directory at the desk. Times are milliseconds since 1970.
-- A line of the journal that is a part of another: what an import did to one entry. It is told with
-- the entry, and not in the journal of everything.
ALTER TABLE decisions ADD COLUMN part BIGINT NOT NULL DEFAULT 0;
DROP INDEX decisions_journal;
CREATE INDEX decisions_journal ON decisions (part, at, item, action);

ALTER TABLE moderators ADD COLUMN signed_in_at BIGINT;

-- Files that were looked at and may be imported, for an hour. Not copied into backups.
CREATE TABLE uploads (
  -- The hash of what the page has.
  token TEXT PRIMARY KEY,
  moderator TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  -- The directory's version when it was looked at: the report is true of no other.
  version BIGINT NOT NULL,
  -- Where entries come from that do not say so, and the day on which they were read.
  source TEXT NOT NULL,
  day TEXT NOT NULL,
  -- Compressed, as base64.
  content TEXT NOT NULL
);
