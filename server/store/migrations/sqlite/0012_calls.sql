-- Calls to the desk: what was found out about a caller belongs to one of them. What
-- was kept before there were any rests on none, and is too old to count.

CREATE TABLE call (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    person TEXT NOT NULL REFERENCES person (id),
    agent TEXT NOT NULL REFERENCES person (id),
    opened_at BIGINT NOT NULL,
    closed_at BIGINT
);
-- One between two people, whoever begins it at once.
CREATE UNIQUE INDEX call_open ON call (person, agent) WHERE closed_at IS NULL;
CREATE INDEX call_by_person ON call (person, opened_at);
ALTER TABLE evidence ADD COLUMN call TEXT REFERENCES call (id);
ALTER TABLE phone_request ADD COLUMN call TEXT REFERENCES call (id);

-- Codes that phones show for whoever calls from the desk. One per person.
CREATE TABLE desk_code (
    person TEXT PRIMARY KEY REFERENCES person (id),
    id TEXT NOT NULL,
    phone TEXT NOT NULL REFERENCES factor (id),
    digits TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    wrong BIGINT NOT NULL,
    typed_by TEXT REFERENCES person (id),
    call TEXT REFERENCES call (id)
);

-- What takes a verified caller is agreed to within one call, and serves once.
ALTER TABLE desk_act ADD COLUMN call TEXT REFERENCES call (id);
ALTER TABLE desk_act ADD COLUMN used_at BIGINT;
