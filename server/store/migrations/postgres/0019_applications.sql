-- Applications that administrators registered by a page; those of the policy files are
-- beside them and not in here.
CREATE TABLE application (
    realm TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- What is said of it, as JSON.
    draft TEXT NOT NULL,
    -- SHA-256 of its secrets with spaces between, the newest last.
    secrets TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    PRIMARY KEY (realm, id)
);
