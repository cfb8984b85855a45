-- The telephone number on record, and which way a message goes: by mail, push, SMS or
-- call.
ALTER TABLE person ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN number_since BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN way TEXT NOT NULL DEFAULT 'mail';
UPDATE outbox SET way = 'push' WHERE slug = 'phone_asked';

-- Which kind of factor a code is for, and how often a telephone was sent to.
ALTER TABLE challenge ADD COLUMN kind TEXT NOT NULL DEFAULT 'email';
CREATE INDEX challenge_by_address ON challenge (address, created_at);
