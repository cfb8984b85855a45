//! Every promise of the store, on both engines by the same tests. PostgreSQL
//! runs where `REKEY_TEST_POSTGRES` names a cluster (`cargo x test` starts one);
//! each test gets a database of its own there.

mod once;
mod people;
mod records;
mod tries;
