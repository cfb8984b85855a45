-- A key for tokens is published before it signs: from when it does. The one before it
-- signs until just then (`retired_at`, which may lie ahead).
ALTER TABLE oidc_key ADD COLUMN signs_from BIGINT NOT NULL DEFAULT 0;
UPDATE oidc_key SET signs_from = created_at;
