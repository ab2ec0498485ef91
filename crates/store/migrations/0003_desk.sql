-- The moderators' desk. Times are milliseconds since 1970.
CREATE TABLE moderators (
  name TEXT PRIMARY KEY,
  -- argon2id, as a PHC string.
  password TEXT NOT NULL,
  role TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  -- Since when the account is closed.
  disabled_at BIGINT
);

-- Who is signed in. Not copied into backups: who restores one signs in again.
CREATE TABLE sessions (
  -- The hash of what the browser has.
  token TEXT PRIMARY KEY,
  moderator TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);
CREATE INDEX sessions_moderator ON sessions (moderator);

-- What the item was before the decision, so that it can be taken back.
ALTER TABLE decisions ADD COLUMN was TEXT NOT NULL DEFAULT '';
CREATE INDEX decisions_journal ON decisions (at, item, action);

-- Every change of an item has a number, given in the transaction that makes it: who has read up to
-- one number reads what came after it, and misses nothing.
ALTER TABLE contributions_state ADD COLUMN changes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE contributions ADD COLUMN change BIGINT NOT NULL DEFAULT 0;
CREATE INDEX contributions_change ON contributions (change, id);
