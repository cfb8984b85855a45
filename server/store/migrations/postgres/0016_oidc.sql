-- One sign-in for other applications. A grant is what one sign-in gave an application;
-- code and tokens hang on it, and die with it, with its session, with the account's
-- epoch, or when the account is disabled or frozen: judged at every use.
CREATE TABLE oidc_grant (
    id TEXT PRIMARY KEY,
    realm TEXT NOT NULL,
    client TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    session TEXT NOT NULL REFERENCES session (id),
    scope TEXT NOT NULL,
    auth_time BIGINT NOT NULL,
    acr TEXT NOT NULL,
    amr TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    -- 1: refresh tokens lead on when the session is over by itself.
    offline BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX oidc_grant_by_person ON oidc_grant (person, session);
CREATE INDEX oidc_grant_by_session ON oidc_grant (session);
CREATE INDEX oidc_grant_by_age ON oidc_grant (created_at);

CREATE TABLE oidc_code (
    hash TEXT PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES oidc_grant (id),
    redirect_uri TEXT NOT NULL,
    challenge TEXT NOT NULL,
    nonce TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX oidc_code_by_grant ON oidc_code (grant_id);

CREATE TABLE oidc_token (
    hash TEXT PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES oidc_grant (id),
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX oidc_token_by_grant ON oidc_token (grant_id);

-- Which applications know of a session, so that each hears once that it ended.
CREATE TABLE oidc_login (
    session TEXT NOT NULL REFERENCES session (id),
    client TEXT NOT NULL,
    realm TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    -- When to tell it next; none while the session goes on.
    due_at BIGINT,
    told_at BIGINT,
    dead_at BIGINT,
    error TEXT,
    PRIMARY KEY (session, client)
);
CREATE INDEX oidc_login_due ON oidc_login (due_at)
WHERE due_at IS NOT NULL AND told_at IS NULL AND dead_at IS NULL;
CREATE INDEX oidc_login_by_person ON oidc_login (person, session);
CREATE INDEX oidc_login_by_age ON oidc_login (created_at);

CREATE TABLE oidc_consent (
    person TEXT NOT NULL REFERENCES person (id),
    realm TEXT NOT NULL,
    client TEXT NOT NULL,
    scope TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (person, client)
);

CREATE TABLE oidc_key (
    id TEXT PRIMARY KEY,
    realm TEXT NOT NULL,
    alg TEXT NOT NULL,
    public TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    retired_at BIGINT
);
-- One signs at a time, whichever node makes it.
CREATE UNIQUE INDEX oidc_key_active ON oidc_key (realm, alg) WHERE retired_at IS NULL;
CREATE INDEX oidc_key_by_realm ON oidc_key (realm, created_at);

-- What a session proved after it was opened.
CREATE TABLE session_proof (
    session TEXT NOT NULL REFERENCES session (id),
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (session, kind)
);
