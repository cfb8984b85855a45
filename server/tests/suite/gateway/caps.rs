//! Number pumping: from however many accounts, it stops at the caps, is told once, and
//! stops nobody else.

use crate::gateway::standin::password;
use domain::{
    FactorKind, Lang,
    audit::Action,
    ids::{FactorId, PersonId},
    message::{Alarm, Message, Way},
    records::{Factor, Person},
    role::Role,
    throttle::{self, MOST_TO_NUMBER_PER_DAY},
    trail::Filter,
};
use flows::{Fact, ceremony::Ctx, outbox};
use testkit::{Answer, World, slug};

const RULES: &str = "budget_per_day = 20000";

/// An agent with a number of their own, whose password is that of everybody.
async fn agent(world: &World, n: u32, number: &str) -> String {
    let now = world.services.now();
    let like = world.person("agents", "mberg").await;
    let mut tx = world.services.store.begin().await.expect("begins");
    let factors = tx.factors(&like.id).await.expect("asks");
    let password = factors.into_iter().find(|f| f.kind == FactorKind::Password);
    let password = password.expect("a password");
    let login = format!("agent{n}");
    let who = Person {
        id: PersonId::new(format!("agent-{n}")),
        login: login.clone(),
        name: String::new(),
        lang: Lang::En,
        email: format!("{login}@agents.example"),
        ..like
    };
    tx.person_insert(&who, &login, &login)
        .await
        .expect("inserts");
    let mine = |kind, secret, address: &str| Factor {
        id: FactorId::new(format!("{login}-{kind:?}")),
        person: who.id.clone(),
        kind,
        secret,
        address: address.to_owned(),
        created_at: now,
        ..password.clone()
    };
    for factor in [
        mine(FactorKind::Password, password.secret.clone(), ""),
        mine(FactorKind::Sms, Vec::new(), number),
    ] {
        tx.factor_insert(&factor).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
    login
}

async fn asks(world: &World, n: u32, number: &str) -> Answer {
    let login = agent(world, n, number).await;
    password(&mut world.browser(), &login).await
}

/// Where SMS went, and the alarms with their readers.
async fn out(world: &World) -> (Vec<String>, Vec<(String, Alarm, String)>) {
    let (mut sms, mut alarms) = (Vec::new(), Vec::new());
    for letter in world.letters().await {
        match letter.message {
            Message::Alert { why, who, .. } => alarms.push((letter.to, why, who)),
            _ if letter.way == Way::Sms => sms.push(letter.to),
            _ => {}
        }
    }
    (sms, alarms)
}

async fn staff(world: &World) {
    world.staff("Q8-lead", Role::Lead, "agents").await;
    world.staff("Q8-admin", Role::Administrator, "agents").await;
    // What is before the test is not of the test.
    world.letters().await;
}

/// Why SMS were stopped, as the trail has it.
async fn stopped(world: &World) -> Vec<String> {
    let mut conn = world.services.store.read().await.expect("reads");
    let filter = Filter {
        action: Some(Action::LinesStopped),
        ..Filter::default()
    };
    let found = conn.trail_page(&slug("agents"), &filter, None, 50).await;
    let found = found.expect("asks");
    found.into_iter().rev().map(|e| e.entry.detail).collect()
}

#[tokio::test]
async fn pumping_one_block_of_numbers_stops_there_and_nowhere_else() {
    let world = World::demo_where("agents", RULES, "per_prefix_hour = 3").await;
    staff(&world).await;
    for n in 0..8 {
        let answer = asks(&world, n, &format!("+49151123400{n:02}")).await;
        assert_eq!(
            answer.refuses("lines_stopped"),
            n >= 3,
            "{n}: {}",
            answer.body
        );
        assert!(!answer.body.contains("1234"), "masked");
    }
    let (sms, alarms) = out(&world).await;
    assert_eq!(sms.len(), 3, "{sms:?}");
    let mut readers: Vec<_> = alarms.iter().map(|(to, ..)| to.as_str()).collect();
    readers.sort_unstable();
    assert!(
        readers.contains(&"q8-admin@workforce.example")
            || readers.contains(&"Q8-admin@workforce.example")
    );
    let unique: std::collections::BTreeSet<_> = readers.iter().collect();
    assert_eq!(unique.len(), readers.len(), "each once: {readers:?}");
    assert!(
        alarms
            .iter()
            .all(|(_, why, who)| *why == Alarm::ManyToPrefix && who == "+4915112")
    );
    assert_eq!(stopped(&world).await, ["prefix +4915112"]);

    // Another block goes on, and so does this one after its hour.
    let other = asks(&world, 20, "+4917139200001").await;
    assert!(!other.refuses("lines_stopped"), "{}", other.body);
    world.advance(3601);
    let later = asks(&world, 21, "+4915112340099").await;
    assert!(!later.refuses("lines_stopped"), "{}", later.body);
    assert_eq!(out(&world).await.0.len(), 2);
}

#[tokio::test]
async fn a_realm_sends_so_many_a_day() {
    let world = World::demo_where("agents", RULES, "per_day = 2").await;
    staff(&world).await;
    let mut refused = Vec::new();
    for n in 0..5 {
        let answer = asks(&world, n, &format!("+49151{n}2345678")).await;
        refused.push(answer.refuses("lines_stopped"));
    }
    assert_eq!(refused, [false, false, true, true, true]);
    let (sms, alarms) = out(&world).await;
    assert_eq!(sms.len(), 2);
    assert!(!alarms.is_empty() && alarms.iter().all(|(_, why, _)| *why == Alarm::ManyToday));
    assert_eq!(stopped(&world).await, ["day"]);
    world.advance(86_401);
    assert!(
        !asks(&world, 9, "+4915192345678")
            .await
            .refuses("lines_stopped")
    );
}

#[tokio::test]
async fn a_realm_spends_so_much_a_day_and_what_is_cheap_still_goes() {
    let world = World::demo_where("agents", RULES, "budget_per_day = 28").await;
    staff(&world).await;
    // Ten cents to Germany twice, then eight are left: enough for Switzerland.
    for (n, number, stops) in [
        (0, "+4915112345678", false),
        (1, "+4915212345678", false),
        (2, "+4915312345678", true),
        (3, "+41791234567", false),
        (4, "+41781234567", true),
    ] {
        let answer = asks(&world, n, number).await;
        assert_eq!(
            answer.refuses("lines_stopped"),
            stops,
            "{number}: {}",
            answer.body
        );
    }
    let (sms, alarms) = out(&world).await;
    assert_eq!(sms.len(), 3);
    let told: std::collections::BTreeSet<_> = alarms.iter().map(|(to, ..)| to).collect();
    assert_eq!(told.len(), alarms.len(), "once: {alarms:?}");
    assert!(alarms.iter().all(|(_, why, _)| *why == Alarm::BudgetSpent));
    assert_eq!(stopped(&world).await, ["budget"]);
}

#[tokio::test]
async fn one_number_has_so_many_a_day_from_however_many_accounts() {
    const NUMBER: &str = "+4915112345678";
    let world = World::demo().await;
    staff(&world).await;
    let most = u32::try_from(MOST_TO_NUMBER_PER_DAY).expect("few");
    for n in 0..most + 3 {
        let answer = asks(&world, n, NUMBER).await;
        assert_eq!(answer.refuses("wait"), n >= most, "{n}: {}", answer.body);
        // Past the pause of minutes, of which nobody is told.
        world.advance(601);
    }
    let (sms, alarms) = out(&world).await;
    assert_eq!(sms.len(), usize::try_from(most).expect("few"));
    let told: std::collections::BTreeSet<_> = alarms.iter().map(|(to, ..)| to).collect();
    assert!(!told.is_empty() && told.len() == alarms.len(), "{alarms:?}");
    let masked = |who: &str| who.ends_with("78") && !who.contains("1234");
    assert!(
        alarms
            .iter()
            .all(|(_, why, who)| *why == Alarm::ManyToNumber && masked(who))
    );
    assert_eq!(stopped(&world).await, ["number"]);
}

#[tokio::test]
async fn a_number_that_hears_of_a_change_counts_and_is_told_all_the_same() {
    let world = World::demo_where("agents", RULES, "per_day = 1").await;
    asks(&world, 0, "+4915112345678").await;
    let who = world.person("agents", "mberg").await;
    let realm = world.services.realm("agents").expect("is there");
    let request = flows::Request::default();
    let ctx = Ctx {
        services: &world.services,
        request: &request,
        realm: &realm,
    };
    let mut fact = Fact::begin(ctx).await.expect("begins");
    let told = outbox::tell_line(&mut fact, &who, FactorKind::Sms, "+4915212345678").await;
    told.expect("goes out");
    fact.commit().await.expect("commits");
    assert_eq!(out(&world).await.0.len(), 2);
    let mut tx = world.services.store.begin().await.expect("begins");
    let now = world.services.now();
    let day = throttle::DAY;
    let used = tx.ration_take("day:agents", 1, 99, day, now).await;
    assert_eq!(used.expect("asks"), Some(3));
}

#[tokio::test]
async fn what_was_not_sent_uses_nothing_up() {
    let world = World::demo_where("agents", RULES, "per_prefix_hour = 1\nper_day = 2").await;
    asks(&world, 0, "+4915112345678").await;
    for n in 1..5 {
        let answer = asks(&world, n, &format!("+491511234567{n}")).await;
        assert!(answer.refuses("lines_stopped"));
    }
    // Four were refused for their block: the day still has one.
    assert!(
        !asks(&world, 9, "+4917139200001")
            .await
            .refuses("lines_stopped")
    );
    assert!(
        asks(&world, 10, "+4917239200001")
            .await
            .refuses("lines_stopped")
    );
}

#[tokio::test]
async fn requests_that_come_at_once_do_not_slip_past() {
    let world = World::demo_where("agents", RULES, "per_prefix_hour = 2").await;
    let mut logins = Vec::new();
    for n in 0..8 {
        logins.push(agent(&world, n, &format!("+49151123400{n:02}")).await);
    }
    let mut tasks = tokio::task::JoinSet::new();
    for login in logins {
        let mut browser = world.browser();
        tasks.spawn(async move { password(&mut browser, &login).await });
    }
    let answers = tasks.join_all().await;
    let refused = answers
        .iter()
        .filter(|a| a.refuses("lines_stopped"))
        .count();
    assert_eq!((refused, out(&world).await.0.len()), (6, 2));
}
