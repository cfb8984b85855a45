-- Emergency passwords: what the desk gives to a verified caller. Of the spoken ones
-- the slow hash is kept; the others wait under a code for an agent to approve them.

CREATE TABLE emergency (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    realm TEXT NOT NULL,
    hash TEXT NOT NULL,
    request TEXT NOT NULL,
    issued_by TEXT REFERENCES person (id),
    evidence TEXT REFERENCES evidence (id),
    at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    wrong BIGINT NOT NULL,
    used_at BIGINT,
    voided_at BIGINT,
    -- None without a caller who was verified by who issued it.
    CHECK (issued_by IS NULL OR evidence IS NOT NULL)
);
-- One per person, whoever issues at once.
CREATE UNIQUE INDEX emergency_live ON emergency (person) WHERE used_at IS NULL AND voided_at IS NULL;
CREATE INDEX emergency_by_person ON emergency (person, at);
CREATE INDEX emergency_by_agent ON emergency (issued_by, at);
CREATE INDEX emergency_by_realm ON emergency (realm, at);
