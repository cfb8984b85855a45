//! "Forgot your PIN?" (workforce guide, I.6 to I.10): a name, a chain, the phone or
//! a passkey, the emergency password, and a session that can do nothing but set the PIN. Names that
//! nobody has see the same screens.

use crate::{
    Fact, Failure, Reply, Request, Services,
    ceremony::{self, Ctx, Done, Run},
    discovery,
    effects::Material,
    emergency, pages, phone,
    proof::{Held, Spend},
};
use domain::{
    FactorKind, Refusal,
    emergency::Delivery,
    ids::RealmSlug,
    paths,
    phone::Purpose,
    policy::ResetPinRules,
    records::Person,
    refusal::{Code, Field},
    reset_pin::{Event, ResetPin, Subject},
    screen::{
        AwaitDesk, ChooseChain, CodePurpose, EmergencyTask, Forgot, PasskeyTask, PhoneStage,
        Screen, StepName, View,
    },
    secret::Secret,
    text::{Login, login_key},
};

/// Wherever the reset of this browser stands.
///
/// # Errors
/// The database could not; [`Failure::NotFound`] where no PIN is reset.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    emergency::rules(ctx)?;
    let run = load(ctx).await?;
    Ok(Reply::show(show(ctx, &run).await?))
}

async fn load(ctx: Ctx<'_>) -> Result<Run<ResetPin>, Failure> {
    let run = ceremony::load::<ResetPin>(ctx).await?;
    Ok(run.unwrap_or_else(|| Run::new(ResetPin::default())))
}

async fn show(ctx: Ctx<'_>, run: &Run<ResetPin>) -> Result<View, Failure> {
    let rules = emergency::rules(ctx)?;
    let path = paths::reset_pin(&ctx.realm.slug);
    let mut frame = pages::frame(ctx.services, ctx.request, Some(ctx.realm), None, path);
    if let ResetPin::Prove { chain, proven, .. } = &run.machine {
        let factors = chain.iter().copied().map(StepName::Factor);
        let names: Vec<_> = factors.chain([StepName::NewPin]).collect();
        frame.steps = pages::steps(&names, *proven);
    }
    let screen = match (&run.machine, run.machine.asked()) {
        (ResetPin::Ask | ResetPin::Finished, _) => Screen::ForgotPin(Forgot {
            login: run.extras.typed.clone(),
            login_kind: ctx.realm.login,
        }),
        (_, None) => Screen::ChooseChain(ChooseChain {
            chains: rules.chains.clone(),
        }),
        (_, Some(FactorKind::Smartphone)) => {
            let waits = run.extras.phone.as_ref();
            Screen::AwaitPhone(phone::screen(ctx, waits, CodePurpose::ResetPin, true).await?)
        }
        // Asked of nobody by name: the browser fetches the options when it is pressed.
        (_, Some(FactorKind::Passkey)) => Screen::Passkey(PasskeyTask {
            purpose: CodePurpose::ResetPin,
            options: String::new(),
            others: true,
        }),
        (machine, Some(_)) if rules.delivery == Delivery::Blind => {
            Screen::AwaitDesk(await_desk(ctx, rules, machine, &run.extras.challenge).await?)
        }
        (machine, Some(_)) => Screen::Emergency(EmergencyTask {
            login: machine.login().to_owned(),
            after: machine.first(),
        }),
    };
    Ok(View {
        frame,
        screen,
        refusals: run.extras.refusals.clone(),
        news: run.extras.news.clone(),
    })
}

/// What waits for an agent: the code to read out, and how far it is.
async fn await_desk(
    ctx: Ctx<'_>,
    rules: &ResetPinRules,
    machine: &ResetPin,
    asked: &Option<String>,
) -> Result<AwaitDesk, Failure> {
    let now = ctx.services.now();
    let mut task = AwaitDesk {
        code: String::new(),
        stage: PhoneStage::Over,
        seconds_left: 0,
        seconds_total: rules.minutes * 60,
    };
    let Some(subject) = machine.subject() else {
        return Ok(task);
    };
    let mut conn = ctx.services.store.read().await?;
    let stands = conn.emergency_standing(&subject.person).await?;
    let Some(one) = stands.filter(|one| Some(&one.id) == asked.as_ref() && now < one.expires_at)
    else {
        return Ok(task);
    };
    task.seconds_left = now.seconds_until(one.expires_at);
    if one.issued_by.is_some() {
        task.stage = PhoneStage::Answered;
    } else {
        task.stage = PhoneStage::Waiting;
        task.code = domain::text::in_groups(&one.request, 3);
    }
    Ok(task)
}

/// A name. The next screen is the same for every one.
///
/// # Errors
/// The database could not.
pub async fn ask(
    services: &Services,
    request: &Request,
    realm: String,
    login: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    emergency::rules(ctx)?;
    let mut run = load(ctx).await?;
    run.extras.phone = None;
    run.extras.challenge = None;
    run.extras.typed = login
        .chars()
        .filter(|c| !c.is_control())
        .take(254)
        .collect();
    let (event, refusal) = match Login::parse(&login) {
        Ok(login) => (Event::Named(login.as_str().to_owned()), None),
        Err(code) => (Event::Cancel, Some(Refusal::at(Field::Login, code))),
    };
    let mut done = advance(ctx, run, event).await?;
    if let Some(refusal) = refusal {
        done.run.extras.refusals = vec![refusal];
        ceremony::keep_refusals(ctx, &done.run, &done.cookies).await?;
    }
    reply(ctx, done).await
}

async fn advance(
    ctx: Ctx<'_>,
    run: Run<ResetPin>,
    event: Event,
) -> Result<Done<ResetPin>, Failure> {
    ceremony::advance(ctx, run, event.clone(), event, None, Material::default()).await
}

/// Where a finished reset leads, or the page that it stands at.
async fn reply(ctx: Ctx<'_>, done: Done<ResetPin>) -> Result<Reply, Failure> {
    if done.session {
        let to = paths::overview(&ctx.realm.slug);
        return Ok(Reply::anew(to).with(done.cookies));
    }
    Ok(Reply::show(show(ctx, &done.run).await?).with(done.cookies))
}

/// A chain, whose first factor is asked for at once: the phone, of whoever it is.
/// `chain` is a list of [`FactorKind::slug`] with commas.
///
/// # Errors
/// The database could not.
pub async fn choose(
    services: &Services,
    request: &Request,
    realm: String,
    chain: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let rules = emergency::rules(ctx)?;
    let mut run = load(ctx).await?;
    let chain: Option<Vec<_>> = chain.split(',').map(FactorKind::parse).collect();
    let chain = chain.unwrap_or_default();
    let login = Login::parse(run.machine.login());
    run.extras.challenge = None;
    let mut fact = Fact::begin(ctx).await?;
    let by_phone = chain.first() == Some(&FactorKind::Smartphone);
    if let (Ok(login), true) = (login, by_phone && rules.chains.contains(&chain)) {
        let who = fact.tx().person_by_login(&realm.slug, &login.key()).await?;
        let waits = phone::ask(&mut fact, who.as_ref(), Purpose::ResetPin, None).await?;
        run.extras.phone = Some(waits);
    }
    let event = Event::Chosen(chain);
    let material = Material::default();
    let done = ceremony::advance_in(fact, run, event.clone(), event, None, material).await?;
    reply(ctx, done).await
}

/// The page that waits for the phone goes on, or waits on.
///
/// # Errors
/// The database could not.
pub async fn phone_answered(ctx: Ctx<'_>) -> Result<Reply, Failure> {
    emergency::rules(ctx)?;
    let mut run = load(ctx).await?;
    let waits = run.extras.phone.clone();
    if run.machine.asked() != Some(FactorKind::Smartphone) {
        return Ok(Reply::show(show(ctx, &run).await?));
    }
    if let Some(waits) = &waits {
        let asked = phone::awaited(ctx.services, waits).await?;
        if phone::stage(waits, asked.as_ref(), ctx.services.now()) == PhoneStage::Waiting {
            // Nobody answered yet: no proof was tried.
            return Ok(Reply::show(show(ctx, &run).await?));
        }
    }
    // Looked at once, whatever comes of it.
    run.extras.phone = waits.clone().map(phone::Awaited::closed);
    let kind = FactorKind::Smartphone;
    let found = phone::who_answered(ctx, waits.as_ref()).await?;
    let (who, held) = match found {
        Some((who, Ok(held))) => (who, held),
        other => {
            let (person, code) = match other {
                Some((who, Err(code))) => (Some(who.id), code),
                _ => (None, Code::PhoneSilent),
            };
            let failed = Event::Failed { person, kind, code };
            return reply(ctx, advance(ctx, run, failed).await?).await;
        }
    };
    first(ctx, run, &who, kind, held).await
}

/// The answer of a passkey: whoever it belongs to, if that is whom the name stands for.
///
/// # Errors
/// The database could not.
pub async fn passkey(ctx: Ctx<'_>, credential: &str) -> Result<Reply, Failure> {
    emergency::rules(ctx)?;
    let run = load(ctx).await?;
    let kind = FactorKind::Passkey;
    if run.machine.asked() != Some(kind) {
        return Ok(Reply::show(show(ctx, &run).await?));
    }
    let key = Login::parse(run.machine.login()).map(|login| login.key());
    let found = match discovery::answer(ctx, credential).await? {
        Ok(found) if key != Ok(login_key(&found.who.login)) => {
            Err((Some(found.who.id), Code::PasskeyUnknown))
        }
        Ok(found) if found.who.frozen_at.is_some() => Err((Some(found.who.id), Code::Frozen)),
        other => other,
    };
    match found {
        Ok(found) => {
            let held = Held {
                spend: Some(Spend::Passkey(found.factor.id.clone(), found.record)),
                factor: Some(found.factor.id),
                tries: found.tries,
            };
            first(ctx, run, &found.who, kind, held).await
        }
        Err((person, code)) => {
            let failed = Event::Failed { person, kind, code };
            reply(ctx, advance(ctx, run, failed).await?).await
        }
    }
}

/// The first proof says who it is. Where the desk approves unseen, it is asked now.
async fn first(
    ctx: Ctx<'_>,
    mut run: Run<ResetPin>,
    who: &Person,
    kind: FactorKind,
    mut held: Held,
) -> Result<Reply, Failure> {
    let rules = emergency::rules(ctx)?;
    let mut fact = Fact::begin(ctx).await?;
    if rules.delivery == Delivery::Blind {
        // Used up before anything is asked for in its name.
        let now = ctx.services.now();
        let is_first = match held.spend.take() {
            Some(spend) => spend.carry_out(fact.tx(), now).await?,
            None => false,
        };
        if !is_first {
            drop(fact);
            let person = Some(who.id.clone());
            let code = Code::UsedCode;
            let lost = Event::Failed { person, kind, code };
            return reply(ctx, advance(ctx, run, lost).await?).await;
        }
        run.extras.challenge = Some(emergency::ask(&mut fact, &who.id).await?);
    }
    prove(fact, run, who, kind, held).await
}

/// Moves on by a proof.
async fn prove(
    fact: Fact<'_>,
    run: Run<ResetPin>,
    who: &Person,
    kind: FactorKind,
    held: Held,
) -> Result<Reply, Failure> {
    let ctx = fact.ctx();
    let subject = Subject {
        person: who.id.clone(),
        epoch: who.epoch,
    };
    let event = Event::Proved { subject, kind };
    let lost = Event::Failed {
        person: Some(who.id.clone()),
        kind,
        code: Code::UsedCode,
    };
    let material = Material {
        proved: held.factor,
        tries: Some(held.tries),
        ..Material::default()
    };
    let done = ceremony::advance_in(fact, run, event, lost, held.spend, material).await?;
    reply(ctx, done).await
}

/// Who this reset is for, as long as the account is as it was when the phone said yes.
async fn current(ctx: Ctx<'_>, run: &Run<ResetPin>) -> Result<Option<Person>, Failure> {
    let Some(subject) = run.machine.subject() else {
        return Ok(None);
    };
    let mut conn = ctx.services.store.read().await?;
    let who = conn.person(&subject.person).await?;
    let is_same = |w: &Person| w.epoch == subject.epoch && w.is_enabled() && w.frozen_at.is_none();
    Ok(who.filter(is_same))
}

/// The page with the word that this reset is over.
async fn start_again(ctx: Ctx<'_>) -> Result<Reply, Failure> {
    ceremony::drop_row::<ResetPin>(ctx).await?;
    let mut run = Run::new(ResetPin::default());
    run.extras.refusals = vec![Refusal::page(Code::StartAgain)];
    ceremony::keep_refusals(ctx, &run, &[]).await?;
    Ok(Reply::show(show(ctx, &run).await?))
}

/// The emergency password.
///
/// # Errors
/// The database or the hash queue could not.
pub async fn emergency(
    services: &Services,
    request: &Request,
    realm: String,
    emergency_password: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    emergency::rules(ctx)?;
    let run = load(ctx).await?;
    let kind = FactorKind::Emergency;
    let Some(who) = current(ctx, &run)
        .await?
        .filter(|_| run.machine.asked() == Some(kind))
    else {
        return start_again(ctx).await;
    };
    let typed = Secret::new(emergency_password);
    match emergency::evaluate(ctx, &who, &typed).await? {
        Ok(held) => prove(Fact::begin(ctx).await?, run, &who, kind, held).await,
        Err(code) => {
            let person = Some(who.id);
            let failed = Event::Failed { person, kind, code };
            reply(ctx, advance(ctx, run, failed).await?).await
        }
    }
}

/// The page that waits for the desk goes on, or waits on.
///
/// # Errors
/// The database could not.
pub async fn approved(
    services: &Services,
    request: &Request,
    realm: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let rules = emergency::rules(ctx)?;
    let run = load(ctx).await?;
    let kind = FactorKind::Emergency;
    let asked = run.machine.asked() == Some(kind) && rules.delivery == Delivery::Blind;
    let Some(who) = current(ctx, &run).await?.filter(|_| asked) else {
        return start_again(ctx).await;
    };
    let waits = await_desk(ctx, rules, &run.machine, &run.extras.challenge).await?;
    match (waits.stage, run.extras.challenge.clone()) {
        (PhoneStage::Waiting, _) => Ok(Reply::show(show(ctx, &run).await?)),
        (PhoneStage::Answered, Some(id)) => {
            let held = emergency::proved(id);
            prove(Fact::begin(ctx).await?, run, &who, kind, held).await
        }
        _ => {
            let failed = Event::Failed {
                person: Some(who.id),
                kind,
                code: Code::EmergencyGone,
            };
            reply(ctx, advance(ctx, run, failed).await?).await
        }
    }
}

/// Back to the choice of chains.
///
/// # Errors
/// The database could not.
pub async fn back(ctx: Ctx<'_>) -> Result<Reply, Failure> {
    emergency::rules(ctx)?;
    let mut run = load(ctx).await?;
    run.extras.phone = None;
    run.extras.challenge = None;
    reply(ctx, advance(ctx, run, Event::Back).await?).await
}

/// What the page listens to while it waits: the phone, or the desk.
///
/// # Errors
/// The database could not.
pub async fn topics(ctx: Ctx<'_>) -> Result<Vec<String>, Failure> {
    let run = load(ctx).await?;
    let phone = run.extras.phone.as_ref().and_then(phone::Awaited::topic);
    let desk = run.extras.challenge.as_deref().map(emergency::topic);
    Ok(phone.into_iter().chain(desk).collect())
}
