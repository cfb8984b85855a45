-- What the desk wants to do to protected accounts, until a second one agrees.

CREATE TABLE desk_act (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES person (id),
    asked_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    decided_by TEXT,
    decided_at BIGINT,
    agreed BIGINT
);
CREATE INDEX desk_act_by_person ON desk_act (person, id);
