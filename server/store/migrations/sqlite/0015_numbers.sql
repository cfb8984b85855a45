-- The telephone number on record, and which way a message goes: by mail, push, SMS or
-- call; and what a gateway told of it afterwards.
ALTER TABLE person ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN way TEXT NOT NULL DEFAULT 'mail';
UPDATE outbox SET way = 'push' WHERE slug = 'phone_asked';
