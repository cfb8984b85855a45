-- Phones that approve: the browser that keeps a phone's key, known by the hash of
-- its secret, and where messages reach it while it is closed (sealed).

CREATE TABLE phone (
    factor TEXT PRIMARY KEY REFERENCES factor (id),
    device TEXT NOT NULL,
    subscription BYTEA
);
CREATE INDEX phone_by_device ON phone (device);

-- What phones are asked. A row is over after a minute, and counts for a day.
CREATE TABLE phone_request (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL,
    digits TEXT NOT NULL,
    challenge TEXT NOT NULL,
    browser TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    wrong BIGINT NOT NULL,
    stage TEXT NOT NULL,
    asked_by TEXT REFERENCES person (id),
    phone TEXT REFERENCES factor (id),
    answered_at BIGINT
);
CREATE INDEX phone_request_by_person ON phone_request (person, created_at);
-- One at a time, whoever asks at once.
CREATE UNIQUE INDEX phone_request_waiting ON phone_request (person) WHERE stage = 'waiting';
CREATE INDEX phone_request_by_age ON phone_request (created_at);

-- What came of checking a caller: what the desk does afterwards rests on it.
CREATE TABLE evidence (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    factor TEXT NOT NULL REFERENCES factor (id),
    kind TEXT NOT NULL,
    decision TEXT NOT NULL,
    agent TEXT NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL
);
CREATE INDEX evidence_by_person ON evidence (person, at);
