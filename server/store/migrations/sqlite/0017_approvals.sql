-- Codes over the telephone network are asked of a manager.
CREATE TABLE approval (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL,
    realm TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    wish TEXT NOT NULL,
    stage TEXT NOT NULL,
    -- Something can still come of it; it waits for the manager.
    live BIGINT NOT NULL,
    waits BIGINT NOT NULL,
    decided_by TEXT REFERENCES person (id),
    version BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    -- When its time is over; none once it is.
    ends_at BIGINT,
    remind_at BIGINT NOT NULL,
    reminded_at BIGINT,
    -- Nobody decides for themselves.
    CHECK (decided_by IS NULL OR decided_by <> person)
);
CREATE INDEX approval_by_person ON approval (person, id);
CREATE INDEX approval_by_end ON approval (ends_at) WHERE live = 1;
CREATE INDEX approval_by_reminder ON approval (remind_at) WHERE waits = 1 AND reminded_at IS NULL;
-- One at a time, whoever asks at once.
CREATE UNIQUE INDEX approval_live ON approval (person) WHERE live = 1;
-- The reports of a manager.
CREATE INDEX person_by_manager ON person (manager) WHERE manager IS NOT NULL;

-- Who decides in a manager's place, until when.
CREATE TABLE deputy (
    manager TEXT PRIMARY KEY REFERENCES person (id),
    deputy TEXT NOT NULL REFERENCES person (id),
    until_at BIGINT NOT NULL,
    CHECK (deputy <> manager)
);
CREATE INDEX deputy_by_deputy ON deputy (deputy);
