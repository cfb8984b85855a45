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
    throttle::{
        DAY, MOST_TO_NUMBER_PER_DAY, MOST_TO_OTHER_PER_DAY, NUMBER_PERIOD, SENDS_SPENT_PAUSE,
        number_pause,
    },
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
    /// The number had as many as it may, for a while or for today.
    Number {
        /// Seconds until the next one.
        seconds: i64,
        /// It had those of a day.
        today: bool,
    },
    /// A ration of the realm is used up.
    Full(Full),
}

impl Refused {
    /// What the person hears.
    pub const fn code(&self) -> Code {
        match self {
            Self::Number { seconds, .. } => Code::Wait { seconds: *seconds },
            Self::Full(_) => Code::LinesStopped,
        }
    }
}

/// What the messages to a number are counted by.
fn of_number(to: &str) -> String {
    format!("number:{to}")
}

/// Counts an SMS or a call that has to go out whatever was sent before it: it tells a number
/// that codes go elsewhere.
///
/// # Errors
/// The database could not.
pub async fn use_up(fact: &mut Fact<'_>, to: &str) -> Result<(), Failure> {
    let ctx = fact.ctx();
    let now = ctx.services.now();
    for ration in rations(ctx.realm.slug.as_str(), &ctx.realm.numbers, to) {
        let (bucket, amount) = (ration.bucket.as_str(), ration.amount);
        fact.tx()
            .ration_take(bucket, amount, NO_END, ration.seconds, now)
            .await?;
    }
    Ok(())
}

/// Takes what one SMS or call to a number uses up. Where it may not be sent, nothing is
/// taken; the caller refuses with the code, and what is full is told ([`tell`]). `own`: it
/// goes to who is known to have the number, and does not set it up.
///
/// # Errors
/// The database could not.
pub async fn take(
    fact: &mut Fact<'_>,
    to: &str,
    own: bool,
) -> Result<Result<(), Refused>, Failure> {
    let ctx = fact.ctx();
    let now = ctx.services.now();
    // Holds the number: who asks for it in this moment counts after us.
    fact.tx()
        .ration_take(&of_number(to), 1, NO_END, DAY, now)
        .await?;
    let (since, most) = (now.plus_seconds(-DAY), MOST_TO_NUMBER_PER_DAY);
    let sent = fact.tx().outbox_to_number(to, since, most).await?;
    if let Some(seconds) = number_pause(&sent, now) {
        let today = seconds > NUMBER_PERIOD;
        return Ok(Err(Refused::Number { seconds, today }));
    }
    let others = format!("other:{to}");
    if !own {
        let taken = fact
            .tx()
            .ration_take(&others, 1, MOST_TO_OTHER_PER_DAY, DAY, now)
            .await?;
        if taken.is_none() {
            let (seconds, today) = (SENDS_SPENT_PAUSE, true);
            return Ok(Err(Refused::Number { seconds, today }));
        }
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
        if !own {
            fact.tx().ration_give_back(&others, 1).await?;
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
    let realm = fact.ctx().realm;
    let (why, bucket) = match refused {
        // A pause of minutes is somebody impatient.
        Refused::Number { today: false, .. } => return Ok(()),
        Refused::Number { .. } => (Alarm::ManyToNumber, of_number(to)),
        Refused::Full(Full(why)) => {
            let all = rations(realm.slug.as_str(), &realm.numbers, to);
            let Some(ration) = all.into_iter().find(|ration| ration.alarm == *why) else {
                return Ok(());
            };
            (*why, ration.bucket)
        }
    };
    let (what, about) = match why {
        Alarm::ManyToNumber => ("number".to_owned(), number::mask(to)),
        Alarm::ManyToPrefix => {
            let beginning = number::prefix(to);
            (format!("prefix {beginning}"), beginning.to_owned())
        }
        Alarm::BudgetSpent => ("budget".to_owned(), String::new()),
        _ => ("day".to_owned(), String::new()),
    };
    let event = Event::refused(Action::LinesStopped, Some(who.id.clone()))
        .with(kind)
        .because(what);
    if !fact.tx().ration_tell(&bucket).await? {
        // Told once, and counted every time.
        fact.counts(&event);
        return Ok(());
    }
    audit::record(fact, None, &event).await?;
    alarm::raise_for_realm(fact, why, &about).await
}
