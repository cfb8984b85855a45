//! What the page that asks for a factor shows.

use crate::{
    Failure,
    ceremony::{Ctx, Extras},
    phone,
    when::Times,
};
use domain::{
    FactorKind,
    caller::CallerProof,
    cases::CaseKind,
    delivery::Delivery,
    policy::{Realm, Remember},
    screen::{AnotherWay, CodePurpose, CodeTask, PasskeyTask, Screen},
    throttle,
};

/// The screen that asks for a factor.
///
/// # Errors
/// The database could not.
pub async fn task(
    ctx: Ctx<'_>,
    purpose: CodePurpose,
    asked: Option<FactorKind>,
    open: Vec<FactorKind>,
    others: bool,
    extras: &Extras,
) -> Result<Screen, Failure> {
    Ok(match asked {
        None => Screen::AnotherWay(AnotherWay {
            kinds: open,
            on_phone: ctx.realm.codes_stand_on_phones(),
            case: CaseKind::ALL
                .into_iter()
                .find(|case| purpose == CodePurpose::SignIn && ctx.realm.takes(*case).is_some()),
        }),
        Some(FactorKind::Passkey) => Screen::Passkey(PasskeyTask {
            purpose,
            options: extras.passkey_options.clone().unwrap_or_default(),
            others,
        }),
        Some(FactorKind::Smartphone) => {
            let waits = extras.phone.as_ref();
            Screen::AwaitPhone(phone::screen(ctx, waits, purpose, others).await?)
        }
        Some(kind) => Screen::Code(code_task(ctx, kind, purpose, others, extras).await?),
    })
}

/// A code to type, with what the reader needs to know about it.
///
/// # Errors
/// The database could not.
pub async fn code_task(
    ctx: Ctx<'_>,
    kind: FactorKind,
    purpose: CodePurpose,
    others: bool,
    extras: &Extras,
) -> Result<CodeTask, Failure> {
    let now = ctx.services.now();
    let rules = ctx.realm.code_rules(kind);
    let digits = match kind {
        kind if kind.is_sent() => u32::try_from(rules.digits).unwrap_or(8),
        FactorKind::Recovery => 16,
        _ => 6,
    };
    let mut task = CodeTask {
        kind,
        purpose,
        digits,
        sent_to: String::new(),
        sent_at: String::new(),
        valid_until: String::new(),
        seconds_left: 0,
        seconds_total: 0,
        resend_in: 0,
        others,
        named: false,
        instructions: kind == FactorKind::Totp && ctx.realm.instructs(),
        on_phone: kind == FactorKind::Totp && ctx.realm.codes_stand_on_phones(),
        case: case_of(ctx.realm, kind, purpose),
        remember_days: remember_days(ctx.realm, kind, purpose),
        delivery: None,
        unsure: false,
        desk_asks: desk_asks(ctx.realm, kind, purpose, others),
    };
    if kind.is_sent()
        && let Some(id) = &extras.challenge
    {
        let mut conn = ctx.services.store.read().await?;
        if let Some(sent) = conn.challenge(id).await? {
            let times = Times::of(
                ctx.services,
                ctx.request,
                ctx.realm,
                ctx.request.lang(Some(ctx.realm)),
            );
            task.sent_to = domain::text::mask(&sent.address);
            task.sent_at = times.clock(sent.sent_at);
            task.valid_until = times.clock(sent.expires_at);
            task.seconds_left = now.seconds_until(sent.expires_at);
            task.seconds_total = rules.minutes * 60;
            task.resend_in = now.seconds_until(
                sent.sent_at
                    .plus_seconds(throttle::resend_pause(sent.sends)),
            );
            if !sent.message.is_empty() {
                let carries = conn.outbox_seen(&sent.message).await?;
                task.delivery = carries.as_ref().map(Delivery::of);
            }
        }
    }
    Ok(task)
}

/// For how many days this browser may be remembered after the code.
fn remember_days(realm: &Realm, kind: FactorKind, purpose: CodePurpose) -> i64 {
    match realm.remember {
        Some(rule) if purpose == CodePurpose::SignIn && Remember::takes(kind) => rule.days,
        _ => 0,
    }
}

/// What the desk can be asked for where a code cannot be had.
fn case_of(realm: &Realm, kind: FactorKind, purpose: CodePurpose) -> Option<CaseKind> {
    let case = match (purpose, kind) {
        (CodePurpose::SignIn, FactorKind::Totp | FactorKind::Recovery) => CaseKind::LostPhone,
        (CodePurpose::SignIn, FactorKind::Email) => CaseKind::WrongAddress,
        _ => return None,
    };
    realm.takes(case).map(|_| case)
}

/// How the desk finds out who calls, for whoever waits for a code by telephone to sign in
/// and has no other way.
fn desk_asks(
    realm: &Realm,
    kind: FactorKind,
    purpose: CodePurpose,
    others: bool,
) -> Vec<CallerProof> {
    if !kind.is_line() || others || purpose == CodePurpose::Enroll {
        return Vec::new();
    }
    realm.caller.accepts.clone()
}
