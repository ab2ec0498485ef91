-- What readers send: comments, feedback. Times are milliseconds since 1970, truth values 0 or 1.
CREATE TABLE contributions (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  -- pending, approved, rejected; erased: only its place in a thread is left.
  state TEXT NOT NULL,
  -- The article it is about.
  page TEXT NOT NULL,
  -- The comment that it answers; empty where it answers none.
  parent TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT,
  body TEXT NOT NULL,
  useful BIGINT,
  -- An answer of the site itself.
  institute BIGINT NOT NULL,
  -- Which words of consent were agreed to, and when.
  consent TEXT,
  -- What the guard found, one `kind rule from to` a line.
  findings TEXT NOT NULL,
  -- Put aside by a moderator.
  held BIGINT NOT NULL,
  -- What the moderators answered to the author.
  reply TEXT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  -- Hashes of what only the author has: the receipt, and the key that a form sends once.
  receipt TEXT NOT NULL UNIQUE,
  request TEXT UNIQUE
);
CREATE INDEX contributions_shown ON contributions (page, kind, state, parent, created_at, id);
CREATE INDEX contributions_queue ON contributions (state, held, created_at, id);

-- One row: its version grows with every change that readers may see.
CREATE TABLE contributions_state (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL
);
INSERT INTO contributions_state (id, version) VALUES (1, 0);

-- Who decided what. Rows are added, never changed.
CREATE TABLE decisions (
  item TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (item, at, action)
);

-- Secrets of the site itself, made once.
CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
