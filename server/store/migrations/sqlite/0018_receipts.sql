-- What the gateway for SMS and calls tells of a message after it took it over: its own
-- name for it, what became of it, and when that was told.
ALTER TABLE outbox ADD COLUMN carrier_id TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN receipt TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN receipt_why TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN receipt_at BIGINT;
CREATE INDEX outbox_by_carrier ON outbox (carrier_id) WHERE carrier_id <> '';

-- How often a telephone was sent to, by whomever.
CREATE INDEX outbox_to_number ON outbox (recipient, created_at) WHERE way IN ('sms', 'voice');
DROP INDEX challenge_by_address;

-- The same code may be sent more than once: when it last was, and by which message.
ALTER TABLE challenge ADD COLUMN sent_at BIGINT NOT NULL DEFAULT 0;
UPDATE challenge SET sent_at = created_at;
ALTER TABLE challenge ADD COLUMN message TEXT NOT NULL DEFAULT '';

-- How much was used of what is rationed, since its time began; and of which time it was
-- told that it is used up.
CREATE TABLE ration (
    bucket TEXT PRIMARY KEY,
    began_at BIGINT NOT NULL,
    used BIGINT NOT NULL,
    told_at BIGINT
);
