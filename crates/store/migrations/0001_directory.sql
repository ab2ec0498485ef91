-- The directory of practitioners. Types that SQLite and PostgreSQL share: text, bigint, double.
-- Times are milliseconds since 1970, truth values 0 or 1.
CREATE TABLE practitioners (
  id TEXT PRIMARY KEY,
  -- The source's own name for the entry: an import finds it again by this.
  external_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  profession TEXT NOT NULL,
  street TEXT NOT NULL,
  postcode TEXT NOT NULL,
  town TEXT NOT NULL,
  country TEXT NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  position_precision TEXT NOT NULL,
  phone TEXT,
  email TEXT,
  web TEXT,
  -- Codes between commas.
  languages TEXT NOT NULL,
  fees TEXT,
  remote BIGINT,
  accessible TEXT,
  new_patients BIGINT,
  -- schema.org openingHours between semicolons.
  opening TEXT NOT NULL,
  verified_on TEXT,
  source TEXT NOT NULL,
  sample BIGINT NOT NULL,
  -- The import that last brought the entry; what a later one leaves out is archived.
  import_id BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  archived_at BIGINT
);

-- One row: its version grows with every change, so that servers notice each other's.
CREATE TABLE directory_state (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL
);
INSERT INTO directory_state (id, version) VALUES (1, 0);
