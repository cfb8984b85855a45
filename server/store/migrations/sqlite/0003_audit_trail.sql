-- Reading the trail newest first, from any key at the same cost: of a realm, of
-- one action, of who acted. `audit_by_target` serves those to whom it was done.
CREATE INDEX audit_by_realm ON audit (realm, id);
CREATE INDEX audit_by_action ON audit (realm, action, id);
CREATE INDEX audit_by_actor ON audit (actor, id);
-- Refusals are few, so they have an index that only they pay for.
CREATE INDEX audit_refused ON audit (realm, id) WHERE outcome = 'refused';
