-- Browsers where the password is enough for a while. `epoch` is the account's
-- when it was remembered: whatever changed since, it counts no more.

CREATE TABLE device (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL REFERENCES person (id),
    epoch BIGINT NOT NULL,
    agent TEXT NOT NULL,
    address TEXT NOT NULL,
    used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX device_by_person ON device (person);
CREATE INDEX device_by_expiry ON device (expires_at);
