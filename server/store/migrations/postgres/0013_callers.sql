-- A caller is checked by more than a phone: by a passkey, or by the word of a manager,
-- which rests on no factor.
ALTER TABLE evidence ALTER COLUMN factor DROP NOT NULL;
ALTER TABLE evidence ADD COLUMN manager TEXT REFERENCES person (id);

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
