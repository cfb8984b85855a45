//! How much goes to telephones: to one number, to numbers that begin alike, and of a realm
//! within a day, by how many and by what they cost. Each SMS and each call is counted before
//! it is put into the outbox, in its transaction, for all nodes together; what would go
//! beyond is refused (`security.md`, 2.2). Who pumps numbers earns by each message, from
//! however many accounts: a limit per account would be none.

use crate::{Fact, Failure, alarm, audit};
use domain::{
    FactorKind,
    audit::{Action, Event},
    message::Alarm,
    number,
    policy::NumberRules,
    records::Person,
    refusal::Code,
    throttle::{DAY, NUMBER_PERIOD, number_pause},
};

/// Seconds for which messages to numbers that begin alike are counted.
const HOUR: i64 = 3600;

/// More than anybody sends.
const NO_END: i64 = i64::MAX / 2;

/// One ration that a message falls under.
struct Ration {
    bucket: String,
    amount: i64,
    most: i64,
    seconds: i64,
    alarm: Alarm,
}

/// Every ration of a realm that a message to a number falls under.
fn rations(realm: &str, rules: &NumberRules, to: &str) -> Vec<Ration> {
    let prefix = number::prefix(to);
    let mut all = vec![
        Ration {
            bucket: format!("prefix:{realm}:{prefix}"),
            amount: 1,
            most: rules.per_prefix_hour,
            seconds: HOUR,
            alarm: Alarm::ManyToPrefix,
        },
        Ration {
            bucket: format!("day:{realm}"),
            amount: 1,
            most: rules.per_day,
            seconds: DAY,
            alarm: Alarm::ManyToday,
        },
    ];
    if let Some(budget) = rules.budget_per_day {
        all.push(Ration {
            bucket: format!("cost:{realm}"),
            amount: rules.cost(to),
            most: budget,
            seconds: DAY,
            alarm: Alarm::BudgetSpent,
        });
    }
    all
}

/// Which ration of a realm is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full(Alarm);

/// Why an SMS or a call is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The number had as many as it may.
    Number {
        /// Seconds until the next one.
        seconds: i64,
    },
    /// A ration of the realm is used up.
    Full(Full),
}

impl Refused {
    /// What the person hears.
    pub const fn code(&self) -> Code {
        match self {
            Self::Number { seconds } => Code::Wait { seconds: *seconds },
            Self::Full(_) => Code::LinesStopped,
        }
    }
}

/// Takes what one SMS or call to a number uses up. Where it may not be sent, nothing is
/// taken; the caller refuses with the code, and what is full is told ([`tell`]).
///
/// # Errors
/// The database could not.
pub async fn take(fact: &mut Fact<'_>, to: &str) -> Result<Result<(), Refused>, Failure> {
    let ctx = fact.ctx();
    let now = ctx.services.now();
    // Holds the number: who asks for it in this moment counts after us.
    let held = format!("number:{to}");
    fact.tx().ration_take(&held, 1, NO_END, DAY, now).await?;
    let lately = now.plus_seconds(-NUMBER_PERIOD);
    let lately = fact.tx().outbox_to_number(to, lately).await?;
    let today = now.plus_seconds(-DAY);
    let today = fact.tx().outbox_to_number(to, today).await?;
    if let Some(seconds) = number_pause(lately, today) {
        return Ok(Err(Refused::Number { seconds }));
    }
    let rations = rations(ctx.realm.slug.as_str(), &ctx.realm.numbers, to);
    for (n, ration) in rations.iter().enumerate() {
        let (bucket, amount) = (ration.bucket.as_str(), ration.amount);
        let taken = fact
            .tx()
            .ration_take(bucket, amount, ration.most, ration.seconds, now)
            .await?;
        if taken.is_some() {
            continue;
        }
        // What is not sent uses nothing up.
        for before in rations.iter().take(n) {
            let (bucket, amount) = (before.bucket.as_str(), before.amount);
            fact.tx().ration_give_back(bucket, amount).await?;
        }
        return Ok(Err(Refused::Full(Full(ration.alarm))));
    }
    Ok(Ok(()))
}

/// Writes down that nothing was sent because a ration of the realm is used up, and tells
/// those who look into it, each once in the time of the ration.
///
/// # Errors
/// The database could not.
pub async fn tell(
    fact: &mut Fact<'_>,
    who: &Person,
    kind: FactorKind,
    to: &str,
    refused: &Refused,
) -> Result<(), Failure> {
    let Refused::Full(Full(why)) = refused else {
        return Ok(());
    };
    let realm = fact.ctx().realm;
    let all = rations(realm.slug.as_str(), &realm.numbers, to);
    let Some(ration) = all.into_iter().find(|ration| ration.alarm == *why) else {
        return Ok(());
    };
    if !fact.tx().ration_tell(&ration.bucket).await? {
        return Ok(());
    }
    let (what, beginning) = match why {
        Alarm::ManyToPrefix => (format!("prefix {}", number::prefix(to)), number::prefix(to)),
        Alarm::BudgetSpent => ("budget".to_owned(), ""),
        _ => ("day".to_owned(), ""),
    };
    let event = Event::refused(Action::LinesStopped, Some(who.id.clone()))
        .with(kind)
        .because(what);
    audit::record(fact, None, &event).await?;
    alarm::raise_for_realm(fact, *why, beginning).await
}
