-- Comments that nobody has looked at yet, since their author was known; and passages that are masked.
ALTER TABLE contributions ADD COLUMN unread BIGINT NOT NULL DEFAULT 0;
-- The passages that the guard found are not shown; what was written stays for its author.
ALTER TABLE contributions ADD COLUMN masked BIGINT NOT NULL DEFAULT 0;
CREATE INDEX contributions_unread ON contributions (unread, state);
