-- What people agreed to when they registered, and when.

ALTER TABLE person ADD COLUMN terms_version TEXT;
ALTER TABLE person ADD COLUMN terms_at BIGINT;
