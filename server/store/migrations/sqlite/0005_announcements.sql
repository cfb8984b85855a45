-- What realms announce.

CREATE TABLE announcement (
    id TEXT PRIMARY KEY,
    realm TEXT NOT NULL,
    text_en TEXT NOT NULL,
    text_de TEXT NOT NULL,
    details_en TEXT NOT NULL,
    details_de TEXT NOT NULL,
    audience TEXT NOT NULL,
    begins_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    withdrawn_at BIGINT
);
CREATE INDEX announcement_by_realm ON announcement (realm, id);
CREATE INDEX announcement_by_end ON announcement (ends_at) WHERE withdrawn_at IS NULL;
