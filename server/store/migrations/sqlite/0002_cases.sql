-- Cases of the service desk, and the ways back from what they bring.

ALTER TABLE person ADD COLUMN manager TEXT REFERENCES person (id);
ALTER TABLE factor ADD COLUMN probation_until BIGINT;
-- What a link is about: a case, a reversal.
ALTER TABLE link ADD COLUMN subject TEXT NOT NULL DEFAULT '';

-- Numbers that count on, one statement each.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE desk_case (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    realm TEXT NOT NULL,
    kind TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    form TEXT NOT NULL,
    proof TEXT,
    protected BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    stage TEXT NOT NULL,
    -- Of the stage, for the queue: whether it waits for the desk, and for whom.
    waits BIGINT NOT NULL,
    agent TEXT,
    closed_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);
-- One that is not over per person.
CREATE UNIQUE INDEX desk_case_one ON desk_case (person) WHERE closed_at IS NULL;
CREATE INDEX desk_case_by_person ON desk_case (person, id);
CREATE INDEX desk_case_queue ON desk_case (due_at, id) WHERE waits = 1;
CREATE INDEX desk_case_queue_by_realm ON desk_case (realm, due_at, id) WHERE waits = 1;
CREATE INDEX desk_case_queue_by_agent ON desk_case (agent, due_at, id) WHERE waits = 1;
CREATE INDEX desk_case_done ON desk_case (due_at, id) WHERE waits = 0;

-- A change of factors that can be taken back.
CREATE TABLE reversal (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    desk_case TEXT,
    -- The factor that came, and those that went, as a list in JSON.
    added TEXT NOT NULL,
    removed TEXT NOT NULL,
    -- The first address for mails before the change; NULL where it stayed.
    email TEXT,
    until BIGINT NOT NULL
);
