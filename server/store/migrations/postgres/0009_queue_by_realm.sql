-- The queue is read realm by realm, each from an index of its own; one over all
-- realms serves no page any more. A realm may have none of a kind, and nobody
-- shall look through all its cases to find that out; nor through an agent's for
-- those of one realm, or to count them.
DROP INDEX desk_case_queue;
DROP INDEX desk_case_queue_by_agent;
DROP INDEX desk_case_done;
CREATE INDEX desk_case_queue_by_agent ON desk_case (agent, realm, due_at, id) WHERE waits = 1;
CREATE INDEX desk_case_queue_by_kind ON desk_case (realm, kind, due_at, id) WHERE waits = 1;
CREATE INDEX desk_case_done_by_realm ON desk_case (realm, due_at, id) WHERE waits = 0;
CREATE INDEX desk_case_done_by_kind ON desk_case (realm, kind, due_at, id) WHERE waits = 0;
