-- A caller is checked by more than a phone: by a passkey, or by the word of a manager,
-- which rests on no factor. This engine drops no NOT NULL: the table is made anew, and
-- with it the one that points at it.

CREATE TABLE evidence_13 (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    factor TEXT REFERENCES factor (id),
    kind TEXT NOT NULL,
    decision TEXT NOT NULL,
    agent TEXT NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    call TEXT REFERENCES call (id),
    manager TEXT REFERENCES person (id)
);
INSERT INTO evidence_13 (id, person, factor, kind, decision, agent, at, call)
SELECT id, person, factor, kind, decision, agent, at, call FROM evidence;

CREATE TABLE emergency_13 (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    realm TEXT NOT NULL,
    hash TEXT NOT NULL,
    request TEXT NOT NULL,
    issued_by TEXT REFERENCES person (id),
    evidence TEXT REFERENCES evidence_13 (id),
    at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    wrong BIGINT NOT NULL,
    used_at BIGINT,
    voided_at BIGINT,
    -- None without a caller who was verified by who issued it.
    CHECK (issued_by IS NULL OR evidence IS NOT NULL)
);
INSERT INTO emergency_13
SELECT id, person, realm, hash, request, issued_by, evidence, at, expires_at, wrong, used_at, voided_at
FROM emergency;

DROP TABLE emergency;
DROP TABLE evidence;
ALTER TABLE evidence_13 RENAME TO evidence;
ALTER TABLE emergency_13 RENAME TO emergency;
CREATE INDEX evidence_by_person ON evidence (person, at);
-- One per person, whoever issues at once.
CREATE UNIQUE INDEX emergency_live ON emergency (person) WHERE used_at IS NULL AND voided_at IS NULL;
CREATE INDEX emergency_by_person ON emergency (person, at);
CREATE INDEX emergency_by_agent ON emergency (issued_by, at);
CREATE INDEX emergency_by_realm ON emergency (realm, at);

-- Checks whose answer comes from elsewhere than a phone.
CREATE TABLE caller_check (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    realm TEXT NOT NULL,
    proof TEXT NOT NULL,
    code TEXT NOT NULL,
    call TEXT NOT NULL REFERENCES call (id),
    agent TEXT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    wrong BIGINT NOT NULL,
    decision TEXT,
    voided_at BIGINT,
    -- When its code was typed first.
    seen_at BIGINT,
    -- What a passkey has to answer, until it is looked at.
    state TEXT
);
CREATE INDEX caller_check_by_person ON caller_check (person, created_at);
CREATE INDEX caller_check_by_code ON caller_check (realm, code);
CREATE INDEX caller_check_by_age ON caller_check (created_at);
-- One of a kind at a time, whoever asks at once.
CREATE UNIQUE INDEX caller_check_waiting ON caller_check (person, proof)
WHERE decision IS NULL AND voided_at IS NULL;
