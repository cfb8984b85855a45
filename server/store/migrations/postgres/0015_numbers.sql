-- The telephone number on record, and which way a message goes: by mail, push, SMS or
-- call.
ALTER TABLE person ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN number_since BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN way TEXT NOT NULL DEFAULT 'mail';
UPDATE outbox SET way = 'push' WHERE slug = 'phone_asked';
