-- Ids are UUIDv7 texts made by the caller, times milliseconds UTC, secrets
-- sealed blobs. The twin of sqlite/; ids compare byte by byte there as here.

CREATE TABLE person (
    id TEXT COLLATE "C" PRIMARY KEY,
    realm TEXT NOT NULL,
    login TEXT NOT NULL,
    login_key TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    lang TEXT NOT NULL,
    email TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    frozen_at BIGINT,
    recovered_at BIGINT,
    partner TEXT,
    mail_domain TEXT,
    partner_contact TEXT,
    epoch BIGINT NOT NULL DEFAULT 0,
    UNIQUE (realm, login_key)
);
CREATE INDEX person_by_name ON person (realm, name_key, id);

CREATE TABLE grant_of (
    person TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    realm TEXT NOT NULL,
    PRIMARY KEY (person, role, realm)
);

CREATE TABLE address (
    id TEXT COLLATE "C" PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    email TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    removed_at BIGINT
);
CREATE INDEX address_by_person ON address (person);

CREATE TABLE factor (
    id TEXT COLLATE "C" PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    secret BYTEA NOT NULL,
    address TEXT NOT NULL,
    credential TEXT,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    tested_at BIGINT,
    disabled_at BIGINT,
    removed_at BIGINT,
    last_step BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX factor_by_person ON factor (person);
-- A credential belongs to one person, for ever (XD11).
CREATE UNIQUE INDEX factor_by_credential ON factor (credential);

CREATE TABLE recovery_code (
    person TEXT NOT NULL REFERENCES person (id),
    hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (person, hash)
);

CREATE TABLE ceremony (
    browser TEXT NOT NULL,
    kind TEXT NOT NULL,
    realm TEXT NOT NULL,
    state BYTEA NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (browser, realm, kind)
);
CREATE INDEX ceremony_by_expiry ON ceremony (expires_at);

CREATE TABLE challenge (
    id TEXT COLLATE "C" PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL,
    address TEXT NOT NULL,
    hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    sends BIGINT NOT NULL,
    used_at BIGINT,
    voided_at BIGINT
);
CREATE INDEX challenge_by_person ON challenge (person, purpose);

CREATE TABLE link (
    id TEXT COLLATE "C" PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    realm TEXT NOT NULL,
    purpose TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    code_hash TEXT NOT NULL,
    message TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    opened_at BIGINT,
    used_at BIGINT,
    voided_at BIGINT
);
CREATE INDEX link_by_person ON link (person, purpose);
CREATE INDEX link_by_realm ON link (realm, purpose, id);

CREATE TABLE session (
    id TEXT COLLATE "C" PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    realm TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    proven TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    fresh_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    agent TEXT NOT NULL,
    address TEXT NOT NULL
);
CREATE INDEX session_by_person ON session (person, ended_at);

CREATE TABLE browser (
    hash TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (hash, person)
);

CREATE TABLE attempt (
    bucket TEXT PRIMARY KEY,
    tries BIGINT NOT NULL,
    day_tries BIGINT NOT NULL,
    day_start BIGINT NOT NULL,
    locked_until BIGINT NOT NULL,
    shut_at BIGINT
);

CREATE TABLE outbox (
    id TEXT COLLATE "C" PRIMARY KEY,
    realm TEXT NOT NULL,
    person TEXT,
    recipient TEXT NOT NULL,
    lang TEXT NOT NULL,
    slug TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    useless_after BIGINT,
    next_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    claimed_until BIGINT NOT NULL DEFAULT 0,
    sent_at BIGINT,
    dead_at BIGINT,
    error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX outbox_open ON outbox (next_at) WHERE sent_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_by_person ON outbox (person, id);

-- The demo's mailbox: what the world would have received.
CREATE TABLE demo_mail (
    id TEXT COLLATE "C" PRIMARY KEY,
    at BIGINT NOT NULL,
    entry TEXT NOT NULL
);

CREATE TABLE audit (
    id TEXT COLLATE "C" PRIMARY KEY,
    seq BIGINT UNIQUE,
    at BIGINT NOT NULL,
    realm TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    target TEXT,
    factor TEXT,
    detail TEXT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    hash TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_by_target ON audit (target, id);
CREATE INDEX audit_unsealed ON audit (id) WHERE seq IS NULL;

-- Values that the nodes share: the demo's clock, the start of the audit chain.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
