-- Testimonials, messages to the site, errors told of in the directory; and mail about them.
-- The title of a testimonial, the subject of a message.
ALTER TABLE contributions ADD COLUMN subject TEXT;
-- Of a testimonial: what else was taken or done meanwhile, and ties with whoever sells something.
ALTER TABLE contributions ADD COLUMN treatments TEXT;
ALTER TABLE contributions ADD COLUMN ties TEXT;
-- From then on nobody sees it.
ALTER TABLE contributions ADD COLUMN expires_at BIGINT;
-- When the words that `consent` names were agreed to.
ALTER TABLE contributions ADD COLUMN consented_at BIGINT;
UPDATE contributions SET consented_at = created_at WHERE consent IS NOT NULL;
CREATE INDEX contributions_kind ON contributions (kind, state, created_at, id);

-- Mail that is to be sent, or was. It holds no words and no address: those are read from the item
-- when it is sent, so that what is erased meanwhile is sent to nobody.
CREATE TABLE mails (
  item TEXT NOT NULL,
  -- message: the item itself, to the site; news: to its author, that it was decided on.
  purpose TEXT NOT NULL,
  -- waiting, sent, dropped.
  state TEXT NOT NULL,
  queued_at BIGINT NOT NULL,
  -- Not before.
  due_at BIGINT NOT NULL,
  -- Until then it is in the hands of one server; 0: of none.
  lease_until BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  -- Why the last attempt failed.
  failure TEXT,
  ended_at BIGINT,
  PRIMARY KEY (item, purpose)
);
CREATE INDEX mails_due ON mails (state, due_at);
