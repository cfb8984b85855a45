//! Every statement of the store, on one page: what there is to call, and where
//! its SQL stands (`sql/<file>.rs`).

use crate::{Conn, Result, Swept, conn::Engine, postgres, sqlite};
use domain::{
    FactorKind, Lang, Timestamp,
    announcement::Announcement,
    approval::{Approval, Deputy},
    audit::Entry,
    call::{Call, DeskCode},
    caller::{CallerCheck, Evidence},
    cases::Case,
    delivery::Receipt,
    desk_act::DeskAct,
    emergency::{Emergency, Issued},
    ids::{
        AnnouncementId, ApprovalId, CallId, CallerCheckId, CaseId, FactorId, PersonId,
        PhoneRequestId, RealmSlug, SessionId, TransferId,
    },
    link::Purpose,
    message::Way,
    oidc::{
        Alg, ClientSession, Grant as OidcGrant, NewCode, NewToken, Proven, Registered, SigningKey,
    },
    phone::{Decision, Phone, Purpose as PhonePurpose, Request, Stage},
    records::{
        CaseFilter, CaseListed, Challenge, Device, Factor, Invitation, Link, OutboxRow, OutboxSeen,
        PendingAct, Person, Reversal, Session,
    },
    role::{Grant, Role},
    throttle::{Denied, Limit},
    trail::{Filter, Line},
    transfer::{Transfer, TransferFault, TransferKind, TransferState},
};

macro_rules! statements {
    ($($(#[$doc:meta])* $file:ident :: $name:ident ($($arg:ident : $ty:ty),* $(,)?) -> $out:ty;)+) => {
        impl Conn {$(
            $(#[$doc])*
            #[doc = ""]
            #[doc = "# Errors"]
            #[doc = "The database could not do it, or a row is not ours."]
            #[allow(clippy::too_many_arguments)]
            pub async fn $name(&mut self, $($arg: $ty),*) -> Result<$out> {
                match self.engine() {
                    Engine::Sqlite(c) => sqlite::sql::$file::$name(c, $($arg),*).await,
                    Engine::Postgres(c) => postgres::sql::$file::$name(c, $($arg),*).await,
                }
            }
        )+}
    };
}

statements! {
    // people
    people::person_insert(p: &Person, login_key: &str, name_key: &str) -> ();
    /// Inserts a person; `false` where the login is taken, and the transaction goes on.
    people::person_insert_new(p: &Person, login_key: &str, name_key: &str) -> bool;
    /// People after an id, in the order of their ids, which no change of a name moves.
    people::people_after(realm: &RealmSlug, after: &str, limit: i64) -> Vec<Person>;
    people::people_count(realm: &RealmSlug) -> i64;
    people::person_by_login(realm: &RealmSlug, login_key: &str) -> Option<Person>;
    people::person(id: &PersonId) -> Option<Person>;
    /// One page of a realm's people by name; `search` is a part of name, login or address.
    people::people_page(realm: &RealmSlug, search: &str, after: Option<&(String, String)>, limit: i64) -> Vec<Person>;
    /// People of several realms by name, for the desk; `search` as above.
    people::people_of(realms: &[RealmSlug], search: &str, limit: i64) -> Vec<Person>;
    people::person_rename(id: &PersonId, name: &str, name_key: &str, lang: Lang) -> ();
    /// Another key for a person's name: how names are folded has changed.
    people::person_name_key(id: &PersonId, name: &str, name_key: &str) -> ();
    /// Disables or enables; pending ceremonies are void in both cases.
    people::person_disable(id: &PersonId, at: Option<Timestamp>) -> bool;
    /// Puts a number on record, or takes it off (empty).
    people::person_number(id: &PersonId, number: &str, now: Timestamp) -> ();
    /// Puts a manager on record, or takes them off.
    people::person_manager(id: &PersonId, manager: Option<&PersonId>) -> ();
    /// Freezes or lifts the freeze; pending ceremonies are void in both cases.
    people::person_freeze(id: &PersonId, at: Option<Timestamp>) -> ();
    /// Something that protects the account changed: what was pending is void.
    people::person_bump(id: &PersonId) -> ();
    /// Holds a person until the transaction ends.
    people::person_lock(id: &PersonId) -> ();
    /// Notes what the person agreed to.
    people::person_agree(id: &PersonId, version: &str, at: Timestamp) -> ();
    /// What the person agreed to, and when.
    people::person_agreed(id: &PersonId) -> Option<(String, Timestamp)>;
    /// Another first address for mails.
    people::person_email(id: &PersonId, email: &str) -> ();
    /// Notes that the person got back in by a recovery: a reset, a recovery code.
    people::person_recover(id: &PersonId, at: Timestamp) -> ();
    /// When the person last got back in by a recovery.
    people::person_recovered(id: &PersonId) -> Option<Timestamp>;
    /// Gives a role; `false` when the person holds it already.
    people::grant(id: &PersonId, grant: &Grant) -> bool;
    /// Takes a role away; `false` when the person does not hold it.
    people::grant_take(id: &PersonId, grant: &Grant) -> bool;
    /// One page of who holds which role at a realm, by login and role.
    people::grants_page(realm: &RealmSlug, after: Option<&(String, String)>, limit: i64) -> Vec<(Person, Role)>;
    people::grants(id: &PersonId) -> Vec<Grant>;
    /// Who holds a role at a realm and may sign in, by login.
    people::holders(realm: &RealmSlug, role: Role) -> Vec<Person>;
    people::addresses(id: &PersonId) -> Vec<(String, String)>;
    people::address_insert(id: &str, person: &PersonId, email: &str, now: Timestamp) -> ();
    /// Removes an address and says which it was.
    people::address_remove(id: &str, person: &PersonId, now: Timestamp) -> Option<String>;
    // approvals
    /// Keeps a new request; `false` when the person has one that is not over.
    approvals::approval_insert(approval: &Approval, remind_at: Timestamp) -> bool;
    /// Saves a request as it was read, `false` when somebody was faster; a new moment for
    /// the reminder where the manager is asked anew.
    approvals::approval_save(approval: &Approval, remind_at: Option<Timestamp>) -> bool;
    approvals::approval(id: &ApprovalId) -> Option<Approval>;
    /// Requests of a person, newest first.
    approvals::approvals_of(person: &PersonId, limit: i64) -> Vec<Approval>;
    /// One page of what somebody decides, or decided or let pass, newest first.
    approvals::approvals_for(approver: &PersonId, waits: bool, before: Option<i64>, limit: i64, now: Timestamp) -> Vec<Approval>;
    /// Whether somebody has reports, or stands in for who has.
    approvals::approves_anybody(who: &PersonId, now: Timestamp) -> bool;
    /// Marks what nobody answered so far as reminded, each once, and gives it.
    approvals::approvals_remind(limit: i64, now: Timestamp) -> Vec<Approval>;
    /// What is out of time and does not say so yet.
    approvals::approvals_ended(limit: i64, now: Timestamp) -> Vec<Approval>;
    /// Names who stands in for a manager, or nobody any more.
    approvals::deputy_put(manager: &PersonId, deputy: Option<&Deputy>) -> ();
    /// Who stands in for a manager, whether their time is over or not.
    approvals::deputy(manager: &PersonId) -> Option<Deputy>;
    // factors
    factors::factors(person: &PersonId) -> Vec<Factor>;
    factors::factor_by_credential(credential: &str) -> Option<Factor>;
    /// The id and the sealed secret of some authenticator app, whoever has it.
    factors::some_app() -> Option<(FactorId, Vec<u8>)>;
    factors::factor_insert(f: &Factor) -> ();
    /// Removes a factor, a phone with its codes; `false` when it was not there (any more).
    factors::factor_remove(id: &FactorId, person: &PersonId, now: Timestamp) -> bool;
    /// Brings a removed factor back, a phone with its codes; `false` when it was not removed.
    factors::factor_restore(id: &FactorId, person: &PersonId) -> bool;
    /// Renames a factor, a phone with its codes; `false` when it was not there (any more).
    factors::factor_rename(id: &FactorId, person: &PersonId, name: &str) -> bool;
    factors::factor_used(id: &FactorId, now: Timestamp) -> ();
    factors::factor_tested(id: &FactorId, now: Timestamp) -> ();
    /// Switches a factor off, or on again; a phone with its codes.
    factors::factor_disable(id: &FactorId, at: Option<Timestamp>) -> ();
    /// Uses up a TOTP step: check, replay guard and write in one statement (RFC
    /// 6238, 5.2). `false` when this step or a later one was used before.
    factors::factor_take_step(id: &FactorId, step: i64) -> bool;
    /// Replaces a factor's secret: a new password hash, a passkey's new counter.
    factors::factor_secret(id: &FactorId, secret: &[u8]) -> bool;
    // recovery
    /// Makes a new set; every older code is void at once.
    recovery::recovery_replace(person: &PersonId, hashes: &[String], now: Timestamp) -> ();
    /// Returns whether a code was used, or `None` if this person has no such code.
    recovery::recovery_used(person: &PersonId, hash: &str) -> Option<bool>;
    /// Uses a code up; `false` when it is none of this person's, or used.
    recovery::recovery_take(person: &PersonId, hash: &str, now: Timestamp) -> bool;
    recovery::recovery_left(person: &PersonId) -> i64;
    // ceremonies
    /// Sealed state, version, and until when; `None` when there is none or it is too old.
    ceremonies::ceremony(browser: &str, realm: &RealmSlug, kind: &str, now: Timestamp) -> Option<(Vec<u8>, i64)>;
    /// Saves a ceremony. `version` is the one that was read, 0 for a new one; a
    /// row that has moved on, or stands there unread and still lives, makes the
    /// answer `false`: who loses reads again.
    ceremonies::ceremony_save(browser: &str, realm: &RealmSlug, kind: &str, state: &[u8], version: i64, expires_at: Timestamp, now: Timestamp) -> bool;
    /// Takes a ceremony away: who gets it is the only one (XD01).
    ceremonies::ceremony_take(browser: &str, realm: &RealmSlug, kind: &str, now: Timestamp) -> Option<Vec<u8>>;
    /// Ends a ceremony that still stands as it was read; `false` when another
    /// request was faster with it (R17).
    ceremonies::ceremony_finish(browser: &str, realm: &RealmSlug, kind: &str, version: i64) -> bool;
    ceremonies::ceremony_drop(browser: &str, realm: &RealmSlug, kind: &str) -> ();
    /// Clears what is too old; expiry itself is judged at use.
    ceremonies::ceremonies_sweep(now: Timestamp) -> ();
    // challenges
    /// Sends a new code out: the old ones of the same purpose are void.
    challenges::challenge_insert(person: &PersonId, purpose: &str, challenge: &Challenge, hash: &str) -> ();
    challenges::challenge(id: &str) -> Option<Challenge>;
    /// Uses a try up and gives the hash to compare with; `None` when the code is
    /// used, void, too old, or has had its tries.
    challenges::challenge_try(id: &str, most: i64, now: Timestamp) -> Option<String>;
    /// Uses the code up; `false` when somebody was faster.
    challenges::challenge_take(id: &str, now: Timestamp) -> bool;
    /// How many codes went to a person since `since`, over all ceremonies.
    challenges::challenges_since(person: &PersonId, since: Timestamp) -> i64;
    /// Notes that the same code is sent once more, if it works until `until` at least and
    /// has tries left; `None` where a new one is needed.
    challenges::challenge_again(id: &str, sends: i64, most: i64, until: Timestamp, now: Timestamp) -> Option<Challenge>;
    /// Notes which message carries a code.
    challenges::challenge_carried(id: &str, message: &str) -> ();
    // links
    /// Makes a link. `message` is the outbox row that carries it, for its state.
    links::link_insert(link: &Link, realm: &RealmSlug, token_hash: &str, code_hash: &str, message: &str) -> ();
    /// Takes back every live link of a person for a purpose.
    links::links_void(person: &PersonId, purpose: Purpose, now: Timestamp) -> u64;
    links::links_void_since(person: &PersonId, purpose: Purpose, since: Timestamp, now: Timestamp) -> u64;
    links::link_by_token(realm: &RealmSlug, purpose: Purpose, token_hash: &str) -> Option<Link>;
    /// A link by its id, with the hash of its short code.
    links::link(id: &str) -> Option<(Link, String)>;
    links::link_opened(id: &str, now: Timestamp) -> ();
    /// Uses a link up; `false` when it was used, taken back or too old, or waits still.
    links::link_take(id: &str, now: Timestamp) -> bool;
    /// Takes one link back; `false` when it is not live or not of this realm.
    links::link_void(id: &str, realm: &RealmSlug, now: Timestamp) -> bool;
    /// Invitations of a realm, newest first, before the id `before`.
    links::invitations_page(realm: &RealmSlug, before: Option<&str>, limit: i64) -> Vec<Invitation>;
    // sessions
    /// Opens a session under the hash of its secret.
    sessions::session_insert(s: &Session, hash: &str) -> ();
    /// A session with its person and their roles, in one statement.
    sessions::session_by_hash(realm: &RealmSlug, hash: &str) -> Option<Session>;
    /// Live sessions of a person, newest first.
    sessions::sessions_of(person: &PersonId, now: Timestamp) -> Vec<Session>;
    /// Whether a session was neither ended nor outlived.
    sessions::session_lives(id: &SessionId) -> bool;
    sessions::session_seen(id: &SessionId, now: Timestamp) -> ();
    /// A session proved itself anew: another secret from now on.
    sessions::session_refresh(id: &SessionId, hash: &str, now: Timestamp) -> bool;
    /// It has done what it was opened for: it proves nothing any more, and ends soon.
    sessions::session_spend(id: &SessionId, until: Timestamp) -> ();
    /// Ends one session of a person; `false` when it is none of theirs or over.
    sessions::session_end(id: &SessionId, person: &PersonId, now: Timestamp) -> bool;
    /// A session is over by itself: nobody ended it, and its applications go on.
    sessions::session_expire(id: &SessionId, now: Timestamp) -> ();
    /// Ends all sessions of a person but one, and forgets remembered browsers.
    sessions::sessions_end(person: &PersonId, but: Option<&SessionId>, now: Timestamp) -> u64;
    /// Whether any browser ever signed the person in, as far as it is remembered.
    /// Makes the last proof of all sessions but one an old one.
    sessions::sessions_stale(person: &PersonId, but: Option<&SessionId>) -> ();
    sessions::browsers_known(person: &PersonId) -> bool;
    sessions::browser_known(hash: &str, person: &PersonId) -> bool;
    /// Notes that this browser signed the person in; `true` when it is new.
    sessions::browser_note(hash: &str, person: &PersonId, now: Timestamp) -> bool;
    /// Forgets every browser of a person: after "this was not me" nothing is known.
    sessions::browsers_forget(person: &PersonId) -> ();
    // devices
    /// Remembers a browser under the hash of its secret, at the person's epoch.
    devices::device_insert(d: &Device, hash: &str) -> ();
    /// The devices of a person that still count, newest first.
    devices::devices_of(person: &PersonId, now: Timestamp) -> Vec<Device>;
    /// The device of a person by its secret, if it still counts.
    devices::device_by_hash(person: &PersonId, hash: &str, now: Timestamp) -> Option<Device>;
    /// A device signed somebody in; `false` when it was forgotten meanwhile.
    devices::device_used(id: &str, now: Timestamp) -> bool;
    /// Forgets one device of a person; `false` when it is none of theirs.
    devices::device_forget(id: &str, person: &PersonId) -> bool;
    /// Forgets every device of a person.
    devices::devices_forget(person: &PersonId) -> u64;
    // phones
    /// Notes in which browser the key of a factor lies.
    phones::phone_insert(factor: &FactorId, device: &str, codes: Option<&FactorId>) -> ();
    /// The demo puts a phone that it knows into another browser.
    phones::demo_phone_place(factor: &FactorId, device: &str) -> ();
    /// The phones that live in a browser and are factors still, oldest first.
    phones::phones_of_device(device: &str) -> Vec<Phone>;
    /// Keeps how a browser is reached, for every phone in it; nothing ends it.
    phones::phone_subscribe(device: &str, sealed: Option<&[u8]>) -> ();
    /// The browser of a phone that is a factor still, and how it is reached.
    phones::phone_subscription(factor: &FactorId) -> Option<(String, Vec<u8>)>;
    /// The phones of a person that are reached while their page is closed.
    phones::phones_reachable(person: &PersonId) -> Vec<(FactorId, String)>;
    /// Asks a person: every earlier request is void. `false` when another one was
    /// asked in this very moment.
    phones::phone_request_insert(r: &Request) -> bool;
    /// Voids what a person is asked, and what they accepted and nothing used yet.
    phones::phone_requests_void(person: &PersonId) -> ();
    phones::phone_request(id: &PhoneRequestId) -> Option<Request>;
    /// The newest request for a purpose.
    phones::phone_request_last(person: &PersonId, purpose: PhonePurpose) -> Option<Request>;
    /// What a person is asked now, oldest first.
    phones::phone_requests_waiting(person: &PersonId, now: Timestamp) -> Vec<Request>;
    /// How often a person was asked since `since` and after what they accepted last.
    phones::phone_requests_since(person: &PersonId, by_desk: bool, since: Timestamp) -> i64;
    /// Counts wrong digits; with the last ones the request is void.
    phones::phone_request_wrong(id: &PhoneRequestId, most: i64) -> ();
    /// Writes an answer down; `false` when the request waits no more.
    phones::phone_request_answer(id: &PhoneRequestId, stage: Stage, phone: &FactorId, now: Timestamp) -> bool;
    /// Uses an accepted request up; `false` when it is none, or its phone is gone.
    phones::phone_request_take(id: &PhoneRequestId) -> bool;
    /// Drops requests that count no more.
    phones::phone_requests_sweep(before: Timestamp) -> ();
    // callers
    /// Keeps what came of checking a caller.
    callers::evidence_insert(e: &Evidence) -> ();
    /// What came of checking a caller, newest first.
    callers::evidence_of(person: &PersonId, limit: i64) -> Vec<Evidence>;
    /// Asks for a proof; the one asked for before is void. `false` when another one was
    /// asked for in this very moment.
    callers::caller_check_insert(check: &CallerCheck, realm: &RealmSlug) -> bool;
    callers::caller_check(id: &CallerCheckId) -> Option<CallerCheck>;
    /// The newest check of a person.
    callers::caller_check_last(person: &PersonId) -> Option<CallerCheck>;
    /// What waits in a realm for the passkey of whoever was read this code.
    callers::caller_check_by_code(realm: &RealmSlug, code: &str, now: Timestamp) -> Option<CallerCheck>;
    /// How many checks of a person nobody accepted.
    callers::caller_checks_since(person: &PersonId, since: Timestamp) -> i64;
    /// Counts a code before it is compared; `false` when no try is left.
    callers::caller_check_try(id: &CallerCheckId, most: i64) -> bool;
    /// Notes that its code was typed; `false` when it was before.
    callers::caller_check_seen(id: &CallerCheckId, now: Timestamp) -> bool;
    /// What a passkey has to answer.
    callers::caller_check_state(id: &CallerCheckId, state: &str) -> ();
    /// Takes that out; `None` when somebody was faster.
    callers::caller_check_state_take(id: &CallerCheckId) -> Option<String>;
    /// Writes an answer down; `false` when the check waits no more.
    callers::caller_check_answer(check: &CallerCheck, decision: Decision, now: Timestamp) -> bool;
    /// Drops checks that count no more.
    callers::caller_checks_sweep(before: Timestamp) -> ();
    // calls to the desk
    /// Begins a call; `false` when it was begun in this very moment.
    calls::call_insert(call: &Call) -> bool;
    /// The call that goes on between two people.
    calls::call_open(person: &PersonId, agent: &PersonId, now: Timestamp) -> Option<Call>;
    /// Ends it; `false` when it is over.
    calls::call_close(id: &CallId, now: Timestamp) -> bool;
    /// A call.
    calls::call(id: &CallId) -> Option<Call>;
    /// The calls of a person, newest first.
    calls::calls_of(person: &PersonId, limit: i64) -> Vec<Call>;
    /// Shows a code for the desk; the one before is gone.
    calls::desk_code_set(code: &DeskCode) -> ();
    /// The code of a person, however old.
    calls::desk_code(person: &PersonId) -> Option<DeskCode>;
    /// Counts a try before it is compared; `false` when none is left.
    calls::desk_code_try(id: &str, most: i64) -> bool;
    /// Notes who typed it; `false` when somebody did already.
    calls::desk_code_typed(id: &str, by: &PersonId, call: &CallId) -> bool;
    // emergency passwords
    /// Keeps one; the one before has to be void.
    emergency::emergency_insert(e: &Emergency, realm: &RealmSlug, evidence: Option<&str>) -> ();
    /// The one that was neither used nor made void, however old.
    emergency::emergency_standing(person: &PersonId) -> Option<Emergency>;
    /// Makes a person's void; `false` when there was none.
    emergency::emergency_void(person: &PersonId, now: Timestamp) -> bool;
    /// Takes one of its tries; `None` when there is none left, or it works no more.
    emergency::emergency_try(id: &str, most: i64, now: Timestamp) -> Option<i64>;
    /// Uses it up; `false` when it works no more.
    emergency::emergency_take(id: &str, now: Timestamp) -> bool;
    /// An agent approves what waits under a code; `false` when nothing does.
    emergency::emergency_approve(id: &str, agent: &PersonId, evidence: &str, expires_at: Timestamp, now: Timestamp) -> bool;
    /// Counts a wrong code of a request; with the last one it is void.
    emergency::emergency_misread(id: &str, most: i64, now: Timestamp) -> ();
    /// How many were issued lately.
    emergency::emergency_issued(agent: &PersonId, person: &PersonId, realm: &RealmSlug, now: Timestamp) -> Issued;
    /// Drops those that count no more.
    emergency::emergencies_sweep(before: Timestamp) -> ();
    // acts of the desk on protected accounts
    desk_acts::desk_act_insert(a: &PendingAct, expires_at: Timestamp) -> ();
    /// What waits for a second one of the desk, newest first.
    desk_acts::desk_acts_of(person: &PersonId, now: Timestamp) -> Vec<PendingAct>;
    /// One that still waits.
    desk_acts::desk_act(id: &str, now: Timestamp) -> Option<PendingAct>;
    desk_acts::desk_act_person(id: &str) -> Option<PersonId>;
    /// Whether a second one agreed to what somebody wanted in a call, unused.
    desk_acts::desk_act_agreed(person: &PersonId, act: DeskAct, asked_by: &PersonId, call: &CallId) -> bool;
    /// Uses that up; `false` where nothing is left.
    desk_acts::desk_act_use(person: &PersonId, act: DeskAct, asked_by: &PersonId, call: &CallId, now: Timestamp) -> bool;
    /// Decides it; `false` when it was decided, is too old, or is one's own to agree to.
    desk_acts::desk_act_decide(id: &str, by: &PersonId, agreed: bool, now: Timestamp) -> bool;
    // attempts
    /// Seconds to wait, or `None` when the try was counted and may be evaluated.
    attempts::attempt_take(bucket: &str, limit: Limit, now: Timestamp) -> Option<Denied>;
    /// Whether a bucket is locked or shut, without counting.
    attempts::attempt_locked(like: &str, now: Timestamp) -> bool;
    /// How many tries a bucket has had in a row.
    attempts::attempt_count(bucket: &str) -> i64;
    /// The proof held: its tries are given back and the row of failures ends.
    attempts::attempt_clear(bucket: &str) -> ();
    /// Staff or a reset opens every bucket of a person (or one kind of theirs).
    attempts::attempts_unlock(like: &str) -> u64;
    // rations
    /// Takes so much of a ration; gives how much is used of it then, `None` where it would
    /// be more than `most`.
    rations::ration_take(bucket: &str, amount: i64, most: i64, seconds: i64, now: Timestamp) -> Option<i64>;
    /// Gives back what was taken in this transaction.
    rations::ration_give_back(bucket: &str, amount: i64) -> ();
    /// Notes that it is told that a ration is used up; `false` where it was told already.
    rations::ration_tell(bucket: &str) -> bool;
    /// Clears those whose time began before a moment.
    rations::rations_sweep(before: Timestamp) -> ();
    // outbox
    outbox::outbox_insert(row: &OutboxRow, slug: &str) -> ();
    /// Claims messages that are due and go one way, or any, for `lease_seconds`, what is
    /// useless soonest first; counts the try before it is made, so a crash never sends
    /// for ever.
    outbox::outbox_claim(way: Option<Way>, limit: i64, lease_seconds: i64, now: Timestamp) -> Vec<OutboxRow>;
    /// Lets go of one that was claimed and not tried.
    outbox::outbox_release(id: &str) -> ();
    /// Sent: what it said is wiped. `carrier` is the gateway's own name for it.
    outbox::outbox_sent(id: &str, carrier: &str, now: Timestamp) -> ();
    /// Not now: again at `next_at`.
    outbox::outbox_later(id: &str, error: &str, next_at: Timestamp) -> ();
    /// Never: a dead letter that staff can see; what it said is wiped.
    outbox::outbox_dead(id: &str, error: &str, now: Timestamp) -> ();
    /// Keeps what the gateway tells of a message, unless it is no news; gives our name
    /// for it.
    outbox::outbox_receipt(receipt: &Receipt, now: Timestamp) -> Option<String>;
    /// When SMS and calls went to a number since `since`, whoever asked for them, newest
    /// first.
    outbox::outbox_to_number(number: &str, since: Timestamp, limit: i64) -> Vec<Timestamp>;
    /// One message, without what it says.
    outbox::outbox_seen(id: &str) -> Option<OutboxSeen>;
    /// Messages to a person, newest first, without what they say.
    outbox::outbox_of(person: &PersonId, limit: i64) -> Vec<OutboxSeen>;
    /// Takes back what was not sent yet; what it said is wiped.
    outbox::outbox_void(person: &PersonId, slug: &str, now: Timestamp) -> u64;
    /// When the next message that goes one way, or any, is due, claimed ones aside.
    outbox::outbox_next(way: Option<Way>) -> Option<Timestamp>;
    outbox::demo_mail_insert(id: &str, entry: &str, now: Timestamp) -> ();
    outbox::demo_mail(limit: i64) -> Vec<String>;
    // transfers
    /// Puts a transfer with what it works on, sealed, where a worker finds it.
    transfers::transfer_insert(t: &Transfer, input: &[u8]) -> ();
    transfers::transfer(realm: &RealmSlug, id: &TransferId) -> Option<Transfer>;
    /// The one that this person started for the same and that is not over.
    transfers::transfer_same(realm: &RealmSlug, starter: &PersonId, about: &str) -> Option<Transfer>;
    /// Those of a realm and of these kinds, newest first, each with who started it.
    transfers::transfers_page(realm: &RealmSlug, kinds: &[TransferKind], before: Option<&str>, limit: i64) -> Vec<(Transfer, String)>;
    /// Whether one waits for a worker.
    transfers::transfer_waits(now: Timestamp) -> bool;
    /// Claims the one that waited longest, with what it works on; counts the try.
    transfers::transfer_claim(lease_seconds: i64, now: Timestamp) -> Option<(Transfer, Vec<u8>)>;
    /// Comes further and locks the transfer: first in its transaction, which must be
    /// dropped when the answer is `false`.
    transfers::transfer_advance(id: &TransferId, from: i64, to: i64, reached: &str, claimed_until: Timestamp) -> bool;
    transfers::transfer_total(id: &TransferId, total: i64) -> ();
    transfers::transfer_skip(id: &TransferId, rows: i64) -> ();
    /// Lets go, so that the next worker may go on at once.
    transfers::transfer_release(id: &TransferId, now: Timestamp) -> ();
    /// Ends it, once, and wipes what it worked on.
    transfers::transfer_finish(id: &TransferId, state: TransferState, fault: Option<TransferFault>, keep: bool, now: Timestamp) -> bool;
    transfers::transfer_part_insert(id: &TransferId, from_row: i64, sealed: &[u8]) -> ();
    /// The piece that follows, with the rows before it.
    transfers::transfer_part(id: &TransferId, after: Option<i64>) -> Option<(i64, Vec<u8>)>;
    /// Deletes what came of those that were over by `files`, and those that were over by `rows`.
    transfers::transfers_sweep(files: Timestamp, rows: Timestamp) -> ();
    // announcements
    announcements::announcement_insert(a: &Announcement) -> ();
    /// Takes one back; `false` when it is over, taken back or of another realm.
    announcements::announcement_withdraw(id: &AnnouncementId, realm: &RealmSlug, now: Timestamp) -> bool;
    /// Those of a realm, newest first.
    announcements::announcements_of(realm: &RealmSlug, limit: i64) -> Vec<Announcement>;
    /// Those of every realm that are shown, or will be, newest first.
    announcements::announcements_ahead(now: Timestamp) -> Vec<Announcement>;
    // cases
    /// Counts on and gives the new number; the first one is `from`.
    cases::counter_next(name: &str, from: i64) -> i64;
    /// Opens a case; `false` when the person has one that is not over.
    cases::case_insert(case: &Case) -> bool;
    /// Saves a case as it was read; `false` when somebody was faster.
    cases::case_save(case: &Case, now: Timestamp) -> bool;
    cases::case(id: &CaseId) -> Option<Case>;
    /// The case of a person that is not over.
    cases::case_open_of(person: &PersonId) -> Option<Case>;
    /// Cases of a person, newest first.
    cases::cases_of(person: &PersonId, limit: i64) -> Vec<CaseListed>;
    /// One page of the queue, the most urgent first, after the key `(due_at, id)`.
    cases::cases_page(filter: &CaseFilter, after: Option<&(i64, String)>, limit: i64) -> Vec<CaseListed>;
    /// How many wait: in all, with an agent, with nobody, late; each counted up to
    /// `most`, so that a queue of any length costs the same.
    cases::cases_count(realms: &[RealmSlug], agent: &PersonId, most: i64, now: Timestamp) -> (i64, i64, i64, i64);
    /// Keeps a way back from a change of factors.
    cases::reversal_insert(r: &Reversal) -> ();
    cases::reversal(id: &str) -> Option<Reversal>;
    // audit
    audit::audit_insert(e: &Entry) -> ();
    /// Entries without a place in the chain yet, oldest first, for who gives them one
    /// before the transaction ends: until then whoever else asks waits.
    audit::audit_unsealed(limit: i64) -> Vec<Entry>;
    /// Gives an entry its place; fails where it has one, so that no place is left out.
    audit::audit_seal(id: &str, seq: i64, hash: &str) -> ();
    /// The last sealed place and its hash.
    audit::audit_head() -> Option<(i64, String)>;
    /// Sealed entries from a place on, in order.
    audit::audit_from(seq: i64, limit: i64) -> Vec<Entry>;
    /// The last entries about a person, newest first.
    audit::audit_of(person: &PersonId, limit: i64) -> Vec<Entry>;
    /// Counts entries of an action about a person since a moment.
    audit::audit_count(person: &PersonId, action: &str, since: Timestamp) -> i64;
    // trail
    /// Entries of a realm before the id `before`, newest first, with the people in
    /// them.
    trail::trail_page(realm: &RealmSlug, filter: &Filter, before: Option<&str>, limit: i64) -> Vec<Line>;
    // applications
    /// Registers an application; `false` where the realm has one by this name.
    applications::application_insert(a: &Registered) -> bool;
    /// Keeps what is said of it, its secrets and whether it is in use; `false` where
    /// somebody changed it since.
    applications::application_change(a: &Registered) -> bool;
    /// Those of a realm, in use or not, the oldest first.
    applications::applications_of(realm: &RealmSlug) -> Vec<Registered>;
    // sign-ins to other applications
    /// Keeps what a sign-in gave an application, which hears from now on when the session ends.
    oidc::oidc_grant_insert(g: &OidcGrant) -> ();
    /// Code and tokens of it are worth nothing any more; `false` when they were not before.
    oidc::oidc_grant_revoke(id: &str, now: Timestamp) -> bool;
    /// All that an application has is worth nothing any more.
    oidc::oidc_client_revoke(realm: &RealmSlug, client: &str, now: Timestamp) -> ();
    oidc::oidc_code_insert(code: &NewCode) -> ();
    /// Uses a code up for the client, the address and the challenge that it was made for,
    /// with its nonce; `None` for everything else, and then it stays what it was.
    oidc::oidc_code_take(hash: &str, realm: &RealmSlug, client: &str, redirect_uri: &str, challenge: &str, now: Timestamp) -> Option<(OidcGrant, Option<String>)>;
    /// What a code gave that was used before.
    oidc::oidc_code_used(hash: &str) -> Option<OidcGrant>;
    /// What a code would give that nobody used yet and that is not over.
    oidc::oidc_code_unused(hash: &str, now: Timestamp) -> Option<OidcGrant>;
    oidc::oidc_token_insert(t: &NewToken) -> ();
    /// Whom an access token speaks of, to which client, and of what.
    oidc::oidc_access(hash: &str, realm: &RealmSlug, now: Timestamp) -> Option<(Person, String, String)>;
    /// Who is behind the cookie of an application behind a proxy.
    oidc::oidc_proxied(hash: &str, realm: &RealmSlug, client: &str, now: Timestamp) -> Option<Proven>;
    /// Uses a refresh token up; its grant was made after `oldest`.
    oidc::oidc_refresh_take(hash: &str, realm: &RealmSlug, client: &str, oldest: Timestamp, now: Timestamp) -> Option<OidcGrant>;
    /// What a refresh token belongs to that was used before.
    oidc::oidc_refresh_used(hash: &str) -> Option<OidcGrant>;
    /// What a person agreed that an application may know.
    oidc::oidc_consent(person: &PersonId, client: &str) -> Option<String>;
    /// What a person agreed to: client, what it may know and since when, the newest first.
    oidc::oidc_consents(person: &PersonId) -> Vec<(String, String, Timestamp)>;
    /// A person takes back what they agreed to, and with it all that the application has
    /// of them; `false` where there is nothing to take back.
    oidc::oidc_consent_withdraw(person: &PersonId, client: &str, now: Timestamp) -> bool;
    oidc::oidc_consent_put(person: &PersonId, realm: &RealmSlug, client: &str, scope: &str, now: Timestamp) -> ();
    /// Keeps a signing key; `false` when the realm has one of this kind that nothing
    /// replaces.
    oidc_keys::oidc_key_insert(k: &SigningKey) -> bool;
    /// The keys of a realm, the newest first.
    oidc_keys::oidc_keys(realm: &RealmSlug) -> Vec<SigningKey>;
    /// No key of now signs after a moment; `false` when none would have.
    oidc_keys::oidc_key_retire(realm: &RealmSlug, alg: Alg, at: Timestamp) -> bool;
    /// The key that nothing replaces yet signs until a moment, if it began before another
    /// one; `false` when there is none, or another node was faster.
    oidc_keys::oidc_key_retire_due(realm: &RealmSlug, alg: Alg, signed_before: Timestamp, at: Timestamp) -> bool;
    /// When the next application is to be told of the end of a session.
    oidc_logins::oidc_logout_next() -> Option<Timestamp>;
    /// Claims applications that are to be told, for `lease_seconds`; counts the try.
    oidc_logins::oidc_logout_claim(limit: i64, lease_seconds: i64, now: Timestamp) -> Vec<ClientSession>;
    /// Lets go of one that was claimed and not tried.
    oidc_logins::oidc_logout_release(session: &SessionId, client: &str, now: Timestamp) -> ();
    oidc_logins::oidc_logout_told(session: &SessionId, client: &str, now: Timestamp) -> ();
    oidc_logins::oidc_logout_later(session: &SessionId, client: &str, error: &str, due_at: Timestamp) -> ();
    oidc_logins::oidc_logout_dead(session: &SessionId, client: &str, error: &str, now: Timestamp) -> ();
    /// Notes what a session proved after it was opened.
    oidc::session_proof_put(session: &SessionId, kind: FactorKind, now: Timestamp) -> ();
    /// That, the oldest first.
    oidc::session_proofs(session: &SessionId) -> Vec<(FactorKind, Timestamp)>;
    /// Drops sign-ins to applications from before a moment, and access tokens that were
    /// over before another.
    oidc::oidc_sweep(before: Timestamp, tokens: Timestamp) -> ();
    // after a restore
    /// Makes void what was live in a state that came back, of everybody; says how much
    /// of each there was.
    restored::restored_void(step: i64, now: Timestamp) -> Vec<(&'static str, u64)>;
    /// Who kept recovery codes all the same, because they hold nothing else.
    restored::restored_kept() -> Vec<(PersonId, RealmSlug)>;
    // what operators look at
    /// How many messages wait, and since when the oldest one is due.
    outbox::outbox_waiting(now: Timestamp) -> (i64, Option<Timestamp>);
    /// How many people each realm has.
    people::people_by_realm() -> Vec<(String, i64)>;
    // what is over
    /// Removes a few rows that have not mattered since a moment; gives how many.
    sweep::sweep(what: Swept, before: Timestamp, limit: i64) -> u64;
    // settings
    settings::setting(name: &str) -> Option<String>;
    settings::setting_put(name: &str, value: &str) -> ();
    /// Tells every node that something moved, with the commit of this transaction.
    settings::tell_nodes(topic: &str) -> ();
}
