-- What went to a number is counted with every SMS and every call.
CREATE INDEX outbox_by_number ON outbox (recipient, created_at) WHERE way IN ('sms', 'voice');
-- Access tokens that are over are swept long before their grant is.
CREATE INDEX oidc_token_by_end ON oidc_token (expires_at) WHERE kind IN ('access', 'proxied');
