-- Imports and exports that go on beside the requests.

CREATE TABLE transfer (
    id TEXT COLLATE "C" PRIMARY KEY,
    realm TEXT NOT NULL,
    kind TEXT NOT NULL,
    format TEXT NOT NULL,
    about TEXT NOT NULL,
    starter TEXT NOT NULL REFERENCES person (id),
    state TEXT NOT NULL,
    fault TEXT,
    -- Rows; all of them are NULL while nobody knows how many there are.
    done BIGINT NOT NULL DEFAULT 0,
    total BIGINT,
    skipped BIGINT NOT NULL DEFAULT 0,
    -- The key of the last row, where rows have one.
    reached TEXT NOT NULL DEFAULT '',
    -- Sealed: what it works on. Empty once it is over.
    input BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    claimed_until BIGINT NOT NULL DEFAULT 0,
    tries BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX transfer_by_realm ON transfer (realm, id);
CREATE INDEX transfer_open ON transfer (claimed_until, id) WHERE finished_at IS NULL;
CREATE INDEX transfer_over ON transfer (finished_at) WHERE finished_at IS NOT NULL;

-- What came of it so far, sealed: a piece of the file, or of the report. A piece
-- is named by the rows that were done before it, so it is there once.
CREATE TABLE transfer_part (
    transfer TEXT NOT NULL REFERENCES transfer (id),
    from_row BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (transfer, from_row)
);

-- People in the order of their ids, which no change of a name moves.
CREATE INDEX person_by_id ON person (realm, id);
