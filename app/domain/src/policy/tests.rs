//! A policy is refused as a whole, each fault with its line.

use super::*;
use proptest::prelude::*;

const GOOD: &str = include_str!("../../../../server/policies/customers.toml");

/// Changes the shipped policy in one place: it is refused there, for this reason.
#[track_caller]
fn refused(from: &str, to: &str, why: &str) {
    let at = GOOD.find(from).expect("stands in the policy");
    let line = GOOD[..at].matches('\n').count() + 1;
    let found = parse(&GOOD.replacen(from, to, 1)).expect_err(to);
    assert!(
        found
            .iter()
            .any(|f| f.line == line && f.reason.contains(why)),
        "line {line}: {found:?}"
    );
}

#[test]
fn unknown_keys_are_refused() {
    refused("language =", "lang =", "unknown field");
    refused("min_length = 8", "min_lenght = 8", "unknown field");
    refused("[look]", "[looks]", "unknown field");
}

#[test]
fn what_no_value_can_be_is_refused() {
    refused("\"customers\"", "\"Our customers\"", "a realm's name");
    refused("language = \"de\"", "language = \"fr\"", "the language is");
    refused("\"#0a7f7a\"", "\"teal\"", "#rrggbb");
    refused("[5, 2, 4, 4, 1]", "[5, 2, 4, 4, 6]", "five depths");
    refused(
        "logo = \"M3",
        "logo = \"<svg onload=alert(1)>M3",
        "SVG path",
    );
    refused("en = \"Customer portal\"", "en = \"\"", "empty");
    refused(
        "url = \"https://www.customers.example/privacy\"",
        "url = \"javascript:alert(1)\"",
        "https",
    );
    let line = "copyright = \"© 2026 Customers plc\"";
    for text in ["", " ", "\\u0007", "©".repeat(101).as_str()] {
        refused(
            line,
            &format!("copyright = \"{text}\""),
            "1 to 100 characters",
        );
    }
    refused("hours = 72", "hours = \"72\"", "invalid type");
}

#[test]
fn a_realm_serves_known_regions_once() {
    let here = "regions = [\"europe\", \"asia_pacific\"]";
    refused(
        here,
        "regions = [\"europe\", \"atlantis\"]",
        "there is no region \"atlantis\"; it is one of north_america, ",
    );
    refused(here, "regions = []", "regions is empty");
    refused(
        here,
        "regions = [\"europe\", \"europe\"]",
        "stands here twice",
    );
    refused(here, "regions = \"europe\"", "invalid type");
    refused(
        here,
        "region = { en = \"Europe\", de = \"Europa\" }",
        "unknown field",
    );
    assert_eq!(
        parse(GOOD).expect("shipped").regions,
        [Region::Europe, Region::AsiaPacific]
    );
    assert!(parse(&GOOD.replacen(here, "", 1)).is_err(), "left out");
}

#[test]
fn chains_that_cannot_or_must_not_work_are_refused() {
    let first = "[\"passkey\"],";
    refused(first, "[\"passkeys\"],", "there is no factor");
    refused(first, "[],", "at least one factor");
    refused(first, "[\"totp\"],", "alone is no way");
    refused(first, "[\"recovery\", \"totp\"],", "cannot come first");
    refused(first, "[\"pin\", \"totp\"],", "only after a strong factor");
    refused(first, "[\"password\", \"totp\", \"totp\"],", "used already");
    refused("[\"password\", \"totp\"],", "[\"password\"],", "pointless");
}

#[test]
fn one_channel_never_counts_twice() {
    // SIM swaps take SMS and voice alike (security.md: one channel, one proof).
    refused(
        "[\"passkey\"],",
        "[\"password\", \"sms\", \"voice\"],",
        "used already",
    );
}

#[test]
fn offers_belong_to_a_chain() {
    refused(
        "offers = [\"passkey\", \"totp\", \"email\"]",
        "offers = [\"sms\"]",
        "no chain uses it",
    );
}

#[test]
fn a_password_alone_is_longer() {
    let alone = GOOD.replace(
        "    [\"password\", \"totp\"],\n    [\"password\", \"email\"],\n    [\"password\", \"recovery\"],\n",
        "    [\"password\"],\n",
    );
    let found = parse(&alone).expect_err("eight characters are too few");
    assert!(
        found.iter().any(|f| f.reason.contains("at least 15")),
        "{found:?}"
    );
}

#[test]
fn numbers_stay_within_the_standards() {
    refused("min_length = 8", "min_length = 7", "at least 8");
    refused("min_length = 8", "min_length = 300", "more than the most");
    refused("digits = 8", "digits = 4", "six to eight");
    refused("minutes = 10", "minutes = 60", "one to fifteen");
    refused("link_minutes = 30", "link_minutes = 1440", "5 to 60");
    refused("hours = 72", "hours = 10000", "14 days");
}

#[test]
fn a_reset_that_is_weaker_than_what_it_replaces_needs_a_name_and_a_reason() {
    let end = GOOD.find("# One mailbox resets").expect("is there");
    let silent = &GOOD[..end];
    let line = GOOD[..GOOD.find("link_minutes = 30").expect("is there")]
        .matches('\n')
        .count()
        + 1;
    let found = parse(silent).expect_err("nobody accepted it");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].line, line);
    assert!(found[0].reason.contains("accepted_risks"), "{found:?}");
    refused(
        "path = \"reset-by-mail+mail-code\"",
        "path = \"everything\"",
        "there is no risk",
    );
}

#[test]
fn sign_ins_without_a_second_factor_are_few_and_named() {
    let cloud = include_str!("../../../../server/policies/cloud.toml");
    let why = |from: &str, to: &str| {
        assert!(cloud.contains(from), "{from}");
        let found = parse(&cloud.replacen(from, to, 1)).expect_err(to);
        found.into_iter().map(|f| f.reason).collect::<String>()
    };
    assert!(why("first_sign_ins = 1", "first_sign_ins = 9").contains("at most three"));
    assert!(
        why(
            "first_sign_ins = 1",
            "first_sign_ins = 1\nbefore = \"soon\""
        )
        .contains("YYYY-MM-DD")
    );
    assert!(why("first-sign-in-by-password", "other").contains("accepted_risks"));
    let grace = parse(cloud).expect("shipped").grace.expect("has one");
    assert!(grace.covers(0, "2026-11-21"));
    assert!(!grace.covers(1, "2026-11-21"));
    let before = Grace {
        sign_ins: 0,
        before: "2026-12-01".into(),
    };
    assert!(before.covers(7, "2026-11-30"));
    assert!(!before.covers(0, "2026-12-01"));
}

#[test]
fn browsers_are_remembered_for_a_while_and_where_there_is_a_code_to_skip() {
    refused("days = 30", "days = 400", "1 to 90 days");
    let keys = GOOD.replace(
        "    [\"password\", \"totp\"],\n    [\"password\", \"email\"],\n    [\"password\", \"recovery\"],\n",
        "",
    );
    let found = parse(&keys).expect_err("passkeys alone");
    assert!(
        found.iter().any(|f| f.reason.contains("nothing to skip")),
        "{found:?}"
    );
}

#[test]
fn phones_bring_codes_where_a_chain_takes_them() {
    let workforce = include_str!("../../../../server/policies/workforce.toml");
    let realm = parse(workforce).expect("shipped");
    assert!(realm.phones_bring_codes() && realm.codes_stand_on_phones());
    // Nobody is offered a bare app, and a code changes nothing that its phone protects.
    assert!(!realm.offers.contains(&FactorKind::Totp));
    let held = [FactorKind::Smartphone, FactorKind::Totp, FactorKind::Pin];
    assert_eq!(realm.step_up(&held), [FactorKind::Smartphone]);
    let none = parse(&workforce.replace("    [\"totp\", \"pin\"],\n", "")).expect("a policy");
    assert!(!none.phones_bring_codes() && !none.codes_stand_on_phones());
    let app = parse(GOOD).expect("shipped");
    assert!(app.phones_bring_codes() && !app.codes_stand_on_phones());
    // Without a page that asks for the name a code would belong to nobody.
    let found = parse(
        &workforce
            .replace("    [\"smartphone\", \"pin\"],\n", "")
            .replace(
                "offers = [\"passkey\", \"smartphone\"]",
                "offers = [\"passkey\"]",
            ),
    );
    let found = found.expect_err("nobody is asked for a name");
    assert!(
        found
            .iter()
            .any(|f| f.reason.contains("the name is asked for")),
        "{found:?}"
    );
}

#[test]
fn a_session_that_skipped_a_factor_proves_that_one_before_a_change() {
    use FactorKind::{Email, Password, Totp};
    let realm = parse(GOOD).expect("shipped");
    let held = [Password, Email];
    assert_eq!(realm.step_up_after(&held, &[Password]), [Email]);
    assert_eq!(realm.step_up_after(&held, &[Password, Email]), [Password]);
    let held = [Password, Email, Totp];
    assert_eq!(realm.step_up_after(&held, &[Password]), [Totp]);
    assert_eq!(realm.step_up_after(&held, &[Password, Email]), [Totp]);
    // Nothing that was skipped: a first sign-in within the grace.
    assert_eq!(realm.step_up_after(&[Password], &[Password]), [Password]);
}

#[test]
fn every_fault_is_told_at_once() {
    let bad = GOOD
        .replace("digits = 8", "digits = 4")
        .replace("hours = 72", "hours = 0")
        .replace("#0a7f7a", "teal");
    assert_eq!(parse(&bad).expect_err("three faults").len(), 3);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,400}") {
        let _ = parse(&text);
    }

    #[test]
    fn no_line_left_out_makes_it_panic(line in 0..GOOD.lines().count()) {
        let left: Vec<_> = GOOD.lines().enumerate().filter(|(n, _)| *n != line).map(|(_, l)| l).collect();
        let _ = parse(&left.join("\n"));
    }
}

const CLOUD: &str = include_str!("../../../../server/policies/cloud.toml");

/// [`refused`], of the policy that has cases.
#[track_caller]
fn refused_in_cloud(from: &str, to: &str, why: &str) {
    let at = CLOUD.find(from).expect("stands in the policy");
    let line = CLOUD[..at].matches('\n').count() + 1;
    let found = parse(&CLOUD.replacen(from, to, 1)).expect_err(to);
    assert!(
        found
            .iter()
            .any(|f| f.line == line && f.reason.contains(why)),
        "line {line}: {found:?}"
    );
}

#[test]
fn cases_that_open_an_account_too_quickly_are_refused() {
    let kinds = "kinds = [\"lost_phone\"]";
    refused_in_cloud(kinds, "kinds = [\"lost_dog\"]", "there is no case");
    refused_in_cloud(kinds, "kinds = []", "empty");
    refused_in_cloud(kinds, "kinds = [\"wrong_address\"]", "[capture]");
    refused_in_cloud(
        kinds,
        "kinds = [\"lost_phone\", \"lost_phone\"]",
        "stands here twice",
    );
    refused_in_cloud("mailbox = 1440", "mailbox = 60", "at least 1440 minutes");
    refused_in_cloud(
        "probation_hours = 24",
        "probation_hours = 1",
        "hours on probation",
    );
    refused_in_cloud("version = \"2026-01\"", "version = \"\"", "names a version");
    refused_in_cloud("answer_hours = 24", "answers = 24", "unknown field");
}

#[test]
fn a_calendar_has_days() {
    refused_in_cloud("\"fri\"]", "\"freitag\"]", "a day is one of");
    refused_in_cloud("\"2026-12-25\"", "\"25.12.2026\"", "YYYY-MM-DD");
    let working = "working_days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]";
    refused_in_cloud(working, "working_days = []", "answers nobody");
}

#[test]
fn who_registers_agrees_to_something() {
    refused_in_cloud("hours = 24\nterms", "hours = 0\nterms", "1 to 72 hours");
    let by_name = CLOUD.replacen("login = \"email\"", "login = \"user_name\"", 1);
    let faults = parse(&by_name).expect_err("nobody could register");
    assert!(
        faults
            .iter()
            .any(|f| f.reason.contains("with their address"))
    );
    let terms = "url = \"https://www.cloud.example/terms\"";
    refused_in_cloud(terms, "url = \"/terms\"", "begins with https");
}

/// Changes the shipped policy of the employees in one place: it is refused there.
#[track_caller]
fn refused_at_work(from: &str, to: &str, why: &str) {
    let text = include_str!("../../../../server/policies/workforce.toml");
    assert!(text.contains(from), "{from}");
    let found = parse(&text.replacen(from, to, 1)).expect_err(to);
    assert!(found.iter().any(|f| f.reason.contains(why)), "{found:?}");
}

#[test]
fn a_pin_is_reset_by_the_phone_and_what_the_desk_gave() {
    let here = "chains = [[\"smartphone\", \"emergency\"], [\"passkey\", \"emergency\"]]";
    for chains in [
        "[[\"emergency\"]]",
        "[[\"smartphone\"]]",
        "[[\"emergency\", \"smartphone\"]]",
        "[[\"email\", \"emergency\"]]",
    ] {
        refused_at_work(
            here,
            &format!("chains = {chains}"),
            "a PIN is reset by a phone or a passkey",
        );
    }
    refused_at_work(here, "chains = []", "reset_pin.chains is empty");
    refused_at_work(
        here,
        "chains = [[\"smartphone\", \"x\"]]",
        "there is no factor",
    );
    // Where nobody signs in with a passkey, nobody resets by one.
    refused_at_work(
        "[\"passkey\", \"pin\"],",
        "",
        "no chain of sign_in begins like this one",
    );
    refused_at_work(
        "emergency_minutes = 15",
        "emergency_minutes = 61",
        "5 to 60 minutes",
    );
    refused_at_work("\"spoken\"", "\"shouted\"", "unknown variant");
    // It signs nobody in.
    refused_at_work(
        "[\"smartphone\", \"pin\"]",
        "[\"smartphone\", \"emergency\"]",
        "an emergency password signs nobody in",
    );
    let with = format!(
        "{GOOD}\n[reset_pin]\nchains = [[\"smartphone\", \"emergency\"]]\nemergency = \"spoken\"\n"
    );
    let found = parse(&with).expect_err("nobody has a PIN");
    assert!(
        found.iter().any(|f| f.reason.contains("nobody has a PIN")),
        "{found:?}"
    );
}

#[test]
fn a_factor_stands_under_one_heading_and_is_used() {
    let here = "factors = [\"pin\", \"smartphone\"]";
    refused_at_work(here, "factors = []", "a group without factors");
    refused_at_work(
        here,
        "factors = [\"pin\", \"pin\"]",
        "stands in a group already",
    );
    refused_at_work(here, "factors = [\"email\"]", "no chain uses");
    refused_at_work(here, "factors = [\"key\"]", "there is no factor");
    refused_at_work("de = \"Heimnetz\"", "de = \"\"", "empty");
}

#[test]
fn what_verifies_a_caller_is_named() {
    let here = "accepts = [\"smartphone\", \"passkey\", \"call_back\", \"manager\"]";
    refused_at_work(here, "accepts = [\"birthday\"]", "there is no proof");
    let twice = "accepts = [\"smartphone\", \"passkey\", \"passkey\"]";
    refused_at_work(here, twice, "stands here twice");
    // A protected account is not easier to take than any other.
    let fewer = "accepts = [\"smartphone\", \"manager\"]";
    refused_at_work(here, fewer, "name it under caller.accepts too");
    let realm = parse(GOOD).expect("it is one");
    assert_eq!(realm.caller.of(false), [CallerProof::Smartphone]);
}

#[test]
fn what_numbers_may_cost_is_checked() {
    let with = |lines: &str| format!("[numbers]\n{lines}\n\n[look]");
    for (lines, why) in [
        ("per_day = 0", "1 to 1000000"),
        ("per_prefix_hour = 10001", "1 to 10000"),
        ("refuse = [\"49\"]", "begins no number"),
        ("refuse = [\"+49\", \"+49\"]", "twice"),
        ("cost = { \"49\" = 8 }", "begins no number"),
        ("cost = { \"+49x\" = 8 }", "begins no number"),
        ("cost = { \"+49\" = 1001 }", "0 to 1000 cents"),
        ("budget_per_day = 100", "say it in [numbers] cost"),
        (
            "cost = { \"+49\" = 8 }\nbudget_per_day = 7",
            "less than one message",
        ),
        ("per_hour = 7", "unknown field"),
    ] {
        let found = parse(&GOOD.replacen("[look]", &with(lines), 1)).expect_err(lines);
        assert!(found.iter().any(|f| f.reason.contains(why)), "{found:?}");
    }
    let good = "cost = { \"+49\" = 8, \"+49151\" = 6, \"+43\" = 9 }\nbudget_per_day = 20000";
    let realm = parse(&GOOD.replacen("[look]", &with(good), 1)).expect("a good policy");
    let cost = |number| realm.numbers.cost(number);
    assert_eq!(cost("+4915112345678"), 6, "the longest beginning says it");
    assert_eq!(cost("+498912345678"), 8);
    assert_eq!(cost("+41791234567"), 9, "what nobody named is the dearest");
    assert_eq!(realm.numbers.budget_per_day, Some(20_000));
    let realm = parse(GOOD).expect("the defaults");
    assert_eq!(
        (realm.numbers.per_prefix_hour, realm.numbers.per_day),
        (20, 2000)
    );
    assert_eq!(
        (realm.numbers.cost("+49"), realm.numbers.budget_per_day),
        (0, None)
    );
}
