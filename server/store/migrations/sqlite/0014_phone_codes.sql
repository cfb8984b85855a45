-- Codes that a phone shows where it has no network: a factor of its own in this table's
-- eyes, and part of the phone in everybody else's. It goes where the phone goes.

ALTER TABLE phone ADD COLUMN codes TEXT REFERENCES factor (id);
CREATE UNIQUE INDEX phone_by_codes ON phone (codes);
