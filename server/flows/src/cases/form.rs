//! The form of a case, behind the password: shown, checked, taken. Both kinds
//! have the same way through; they differ in what they ask.

use crate::{
    Fact, Failure, Reply, Request, Services,
    ceremony::{self, Ctx, Run},
    infra::numbers,
    pages,
    proof::{self, Held},
    prove,
    request::token_hash,
    throttle::{self, Whose},
    when::Times,
};
use domain::{
    FactorKind, Refusal,
    cases::{CaseKind, Consent, Form, Proof},
    ids::RealmSlug,
    paths,
    policy::CaseRules,
    records::Person,
    refusal::{Code, Field},
    screen::{CaseForm, FormTyped, Screen, StepName, View},
    secret::Secret,
    sign_in::SignIn,
    text, work,
};

/// The longest story, in characters.
const MOST_STORY: usize = 500;
/// Most characters of what was typed that a page gives back.
const MOST_SHOWN: usize = 600;

/// Where the form of a kind stands.
fn path(kind: CaseKind, realm: &RealmSlug) -> String {
    match kind {
        CaseKind::LostPhone => paths::lost_phone(realm),
        CaseKind::WrongAddress => paths::wrong_address(realm),
    }
}

/// Who is at the form: somebody whose password was just proven, and who did not
/// get any further. The form is no way in for who holds nothing.
async fn subject(ctx: Ctx<'_>) -> Result<Option<(Run<SignIn>, Person)>, Failure> {
    let Some(run) = ceremony::load::<SignIn>(ctx).await? else {
        return Ok(None);
    };
    let SignIn::Prove {
        subject, proven, ..
    } = &run.machine
    else {
        return Ok(None);
    };
    if !proven.contains(&FactorKind::Password) {
        return Ok(None);
    }
    let who = prove::current(ctx, subject).await?;
    let who = who.filter(|w| w.frozen_at.is_none());
    Ok(who.map(|who| (run, who)))
}

/// The form, or where the case of this person stands.
///
/// # Errors
/// [`Failure::NotFound`] where the realm has no such case.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    kind: CaseKind,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let rules = realm.takes(kind).ok_or(Failure::NotFound)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    match subject(ctx).await? {
        Some((run, who)) => Ok(Reply::show(show(ctx, rules, kind, &run, &who).await?)),
        None => Ok(Reply::go(paths::sign_in(slug))),
    }
}

/// What the browser works on: good for this person, this browser and this state
/// of the ceremony. Every post moves the state, so no answer is taken twice.
fn challenge(ctx: Ctx<'_>, run: &Run<SignIn>, who: &Person) -> String {
    let browser = ctx.request.browser().map(token_hash).unwrap_or_default();
    let text = format!("{browser}/{}/{}", run.stamp(), who.id);
    ctx.services.vault.mac("work", text.as_bytes())
}

async fn show(
    ctx: Ctx<'_>,
    rules: &CaseRules,
    kind: CaseKind,
    run: &Run<SignIn>,
    who: &Person,
) -> Result<View, Failure> {
    let (services, now) = (ctx.services, ctx.services.now());
    let mut frame = pages::frame(
        services,
        ctx.request,
        Some(ctx.realm),
        None,
        path(kind, &ctx.realm.slug),
    );
    let mut conn = services.store.read().await?;
    let last = conn.cases_of(&who.id, 1).await?.into_iter().next();
    let open = last.filter(|l| !l.case.stage.is_over() && !l.case.has_lapsed(now));
    let names = [
        StepName::Credentials,
        StepName::CaseForm,
        StepName::CaseDecided,
    ];
    let times = Times::of(ctx.services, ctx.request, ctx.realm, frame.lang);
    let screen = if let Some(listed) = open {
        frame.steps = pages::steps(&names, 2);
        let state = super::state(&times, &listed.case, String::new(), now);
        Screen::CaseState(state)
    } else {
        frame.steps = pages::steps(&names, 1);
        let factors = conn.factors(&who.id).await?;
        let apps = factors
            .iter()
            .filter(|f| f.kind == FactorKind::Totp && f.stands_alone());
        let shortens = conn.recovery_left(&who.id).await? > 0 || apps.count() > 1;
        let due = crate::calendar::due(ctx.realm, now, rules.answer_hours);
        Screen::CaseForm(Box::new(CaseForm {
            kind,
            typed: run
                .extras
                .form
                .clone()
                .unwrap_or_else(|| on_record(kind, who)),
            privacy_url: rules.privacy.url.clone(),
            work: challenge(ctx, run, who),
            due: times.moment(due),
            answer_hours: rules.answer_hours,
            wait_hours: rules.cool_down.mailbox.div_euclid(60),
            shortens,
        }))
    };
    Ok(View {
        frame,
        screen,
        refusals: run.extras.refusals.clone(),
        news: None,
    })
}

/// What the record says already: a tired person types as little as possible.
fn on_record(kind: CaseKind, who: &Person) -> FormTyped {
    let (given, family) = who.name.rsplit_once(' ').unwrap_or((&who.name, ""));
    match kind {
        CaseKind::LostPhone => FormTyped {
            given: given.to_owned(),
            family: family.to_owned(),
            country: "+49".to_owned(),
            email: who.login.clone(),
            ..FormTyped::default()
        },
        CaseKind::WrongAddress => FormTyped {
            given: who.name.clone(),
            login: who.login.clone(),
            ..FormTyped::default()
        },
    }
}

/// Only what can be seen, and not too much of it.
fn shown(typed: FormTyped) -> FormTyped {
    let cut = |text: String| -> String {
        let visible = text.chars().filter(|c| !c.is_control() || *c == '\n');
        visible.take(MOST_SHOWN).collect()
    };
    FormTyped {
        given: cut(typed.given),
        family: cut(typed.family),
        country: cut(typed.country),
        phone: cut(typed.phone),
        email: cut(typed.email),
        login: cut(typed.login),
        partner: cut(typed.partner),
        story: cut(typed.story),
        consent: typed.consent,
    }
}

/// Reads the form; every fault at its field.
fn read(kind: CaseKind, typed: &FormTyped, consent: Consent) -> Result<Form, Vec<Refusal>> {
    let mut faults = Vec::new();
    let mut keep = |field: Field, read: Result<String, Code>| match read {
        Ok(text) => text,
        Err(code) => {
            faults.push(Refusal::at(field, code));
            String::new()
        }
    };
    let name = |raw: &str| text::Name::parse(raw).map(|n| n.as_str().to_owned());
    let mut form = Form {
        given: keep(Field::Given, name(&typed.given)),
        ..Form::default()
    };
    match kind {
        CaseKind::LostPhone => {
            form.family = keep(Field::Family, name(&typed.family));
            form.phone = keep(
                Field::Phone,
                numbers::read_with_code(&typed.country, &typed.phone).map(|n| n.e164),
            );
            let email = text::Email::parse(&typed.email).map(|e| e.as_str().to_owned());
            form.email = keep(Field::Email, email);
        }
        CaseKind::WrongAddress => {
            let login = text::Login::parse(&typed.login).map(|l| l.as_str().to_owned());
            form.login = keep(Field::Login, login);
            form.partner = keep(Field::Partner, name(&typed.partner));
        }
    }
    if !typed.story.trim().is_empty() {
        form.story = keep(Field::Story, text::sentence(&typed.story, MOST_STORY));
    }
    if typed.consent {
        form.consent = Some(consent);
    } else {
        faults.push(Refusal::at(Field::Consent, Code::ConsentNeeded));
    }
    if faults.is_empty() {
        Ok(form)
    } else {
        Err(faults)
    }
}

/// Takes the form. What was typed is kept with a refusal; the proof and the work
/// are done anew.
///
/// # Errors
/// [`Failure::NotFound`] where the realm has no such case.
pub async fn post(
    services: &Services,
    request: &Request,
    realm: String,
    kind: CaseKind,
    typed: FormTyped,
    code: String,
    work: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let rules = realm.takes(kind).ok_or(Failure::NotFound)?;
    let Some((mut run, who)) = subject(ctx).await? else {
        return Ok(Reply::go(paths::sign_in(&realm.slug)));
    };
    let challenge = challenge(ctx, &run, &who);
    run.extras.form = Some(shown(typed.clone()));
    let consent = Consent {
        version: rules.privacy.version.clone(),
        at: services.now(),
    };
    let form = match read(kind, &typed, consent) {
        Ok(form) => form,
        Err(mut faults) => {
            if !code.trim().is_empty() {
                faults.push(Refusal::at(Field::Proof, Code::TypeAgain));
            }
            return refuse(ctx, rules, kind, run, &who, faults).await;
        }
    };
    let answer = work.trim().parse::<u64>().ok();
    if !answer.is_some_and(|answer| work::solves(&challenge, answer)) {
        let refusal = Refusal::page(Code::WorkNeeded);
        return refuse(ctx, rules, kind, run, &who, vec![refusal]).await;
    }
    if let Err(code) =
        throttle::take_send(services, request, Whose::Person(&who.id), "case").await?
    {
        return refuse(ctx, rules, kind, run, &who, vec![Refusal::page(code)]).await;
    }
    let (proof, held) = match evaluate(ctx, &who, &run, code).await? {
        Ok(found) => found,
        Err(code) => {
            let refusal = Refusal::at(Field::Proof, code);
            return refuse(ctx, rules, kind, run, &who, vec![refusal]).await;
        }
    };
    let mut fact = Fact::begin(ctx).await?;
    if let Some(held) = &held {
        let spent = match &held.spend {
            Some(spend) => spend.carry_out(fact.tx(), services.now()).await?,
            None => true,
        };
        if !spent {
            drop(fact);
            let refusal = Refusal::at(Field::Proof, Code::UsedCode);
            return refuse(ctx, rules, kind, run, &who, vec![refusal]).await;
        }
        held.tries.give_back(fact.tx()).await?;
    }
    if super::open(&mut fact, &who, rules, kind, form, proof)
        .await?
        .is_none()
    {
        drop(fact);
        let refusal = Refusal::page(Code::CaseThere);
        return refuse(ctx, rules, kind, run, &who, vec![refusal]).await;
    }
    fact.commit().await?;
    run.extras.form = None;
    refuse(ctx, rules, kind, run, &who, Vec::new()).await
}

/// Evaluates the code that may stand on the form; nothing typed is no proof.
async fn evaluate(
    ctx: Ctx<'_>,
    who: &Person,
    run: &Run<SignIn>,
    code: String,
) -> Result<Result<(Option<Proof>, Option<Held>), Code>, Failure> {
    if code.trim().is_empty() {
        return Ok(Ok((None, None)));
    }
    let (proof, kind) = if text::digits(&code, 6).is_ok() {
        (Proof::LiveFactor, FactorKind::Totp)
    } else {
        (Proof::RecoveryCode, FactorKind::Recovery)
    };
    let typed = Secret::new(code);
    let held = proof::evaluate(ctx, who, kind, &typed, &run.extras).await?;
    Ok(held.map(|held| (Some(proof), Some(held))))
}

/// Shows the page again, with what was refused. The ceremony moves on in any
/// case: the browser's work was for the state before.
async fn refuse(
    ctx: Ctx<'_>,
    rules: &CaseRules,
    kind: CaseKind,
    mut run: Run<SignIn>,
    who: &Person,
    refusals: Vec<Refusal>,
) -> Result<Reply, Failure> {
    run.extras.refusals = refusals;
    ceremony::keep_refusals(ctx, &run, &[]).await?;
    let run = ceremony::load::<SignIn>(ctx).await?.unwrap_or(run);
    Ok(Reply::show(show(ctx, rules, kind, &run, who).await?))
}
