//! Making an account of one's own (cloud guide; E02): the address proves itself by
//! a mail with a link and a short code, then a password is set. The page is the
//! same for addresses that have an account already; their owner gets a link to a
//! new password instead.

use crate::{
    Fact, Failure, Reply, Request, Services, audit,
    ceremony::{self, Ctx, Run},
    effects::Material,
    pages,
    reset_password::{self, mail_link},
    throttle::{self, Whose},
};
use domain::{
    FactorKind, Refusal,
    audit::{Action, Event as AuditEvent},
    ids::{PersonId, RealmSlug},
    link::Purpose,
    paths,
    policy::Registration,
    records::Person,
    refusal::{Code, Field},
    reset::{Event, Reset},
    screen::{Register, Screen, View},
    text::{self, Email, Name},
    work,
};

/// Most characters of what was typed that a page gives back.
const MOST_SHOWN: usize = 254;

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Agreed to the terms.
    pub terms: bool,
}

/// What the browser works on: good for an hour, for this address of a peer. Nothing
/// is kept for somebody who only looks (a GET makes no rows), so an answer could
/// be posted twice; what a post costs is counted behind it.
fn challenge(ctx: Ctx<'_>, hour: i64) -> String {
    let text = format!("{}/{}/{hour}", ctx.realm.slug, ctx.request.address);
    ctx.services.vault.mac("register-work", text.as_bytes())
}

fn hour(ctx: Ctx<'_>) -> i64 {
    ctx.services.now().seconds().div_euclid(3600)
}

fn show(ctx: Ctx<'_>, rules: &Registration, typed: Typed, refusals: Vec<Refusal>) -> Reply {
    let path = paths::register(&ctx.realm.slug);
    let frame = pages::frame(ctx.services, ctx.request, Some(ctx.realm), None, path);
    let shown = |text: String| -> String {
        let visible = text.chars().filter(|c| !c.is_control());
        visible.take(MOST_SHOWN).collect()
    };
    Reply::show(View {
        frame,
        screen: Screen::Register(Register {
            email: shown(typed.email),
            name: shown(typed.name),
            terms: typed.terms,
            terms_url: rules.terms.url.clone(),
            work: challenge(ctx, hour(ctx)),
        }),
        refusals,
        news: None,
    })
}

/// The form.
///
/// # Errors
/// [`Failure::NotFound`] where nobody registers.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let rules = realm.registration.as_ref().ok_or(Failure::NotFound)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    Ok(show(ctx, rules, Typed::default(), Vec::new()))
}

/// Takes the form: whoever has the mailbox goes on from there.
///
/// # Errors
/// [`Failure::NotFound`] where nobody registers, or the database could not.
pub async fn register(
    services: &Services,
    request: &Request,
    realm: String,
    typed: Typed,
    work: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let rules = realm.registration.as_ref().ok_or(Failure::NotFound)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let mut faults = Vec::new();
    let email = Email::parse(&typed.email);
    let name = Name::parse(&typed.name);
    if let Err(code) = &email {
        faults.push(Refusal::at(Field::Email, code.clone()));
    }
    if let Err(code) = &name {
        faults.push(Refusal::at(Field::Name, code.clone()));
    }
    if !typed.terms {
        faults.push(Refusal::at(Field::Consent, Code::TermsNeeded));
    }
    let (Ok(email), Ok(name), true) = (email, name, faults.is_empty()) else {
        return Ok(show(ctx, rules, typed, faults));
    };
    // Begun before the hour was full, it still counts.
    let answer = work.trim().parse::<u64>().ok();
    let solved = [hour(ctx), hour(ctx) - 1]
        .iter()
        .any(|hour| answer.is_some_and(|a| work::solves(&challenge(ctx, *hour), a)));
    if !solved {
        let refusal = Refusal::page(Code::WorkNeeded);
        return Ok(show(ctx, rules, typed, vec![refusal]));
    }
    let key = text::login_key(email.as_str());
    // One counter for an address, whether it has an account or not.
    let whose = Whose::Nobody(&realm.slug, &key);
    if let Err(code) = throttle::take_send(services, request, whose, "register").await? {
        return Ok(show(ctx, rules, typed, vec![Refusal::page(code)]));
    }
    let now = services.now();
    let mut fact = Fact::begin(ctx).await?;
    let there = fact.tx().person_by_login(&realm.slug, &key).await?;
    let who = match there {
        Some(who) => who,
        None => {
            let who = Person {
                id: PersonId::new(services.random.id(now)),
                realm: realm.slug.clone(),
                login: email.as_str().to_owned(),
                name: name.as_str().to_owned(),
                lang: request.lang(Some(&realm)),
                email: email.as_str().to_owned(),
                disabled_at: None,
                frozen_at: None,
                created_at: now,
                partner: None,
                manager: None,
                number: String::new(),
                number_since: domain::Timestamp::default(),
                epoch: 0,
            };
            let name_key = text::name_key(name.as_str());
            match fact.tx().person_insert(&who, &key, &name_key).await {
                // A second press was faster, and its mail is on its way.
                Err(e) if e.is_duplicate() => {
                    return Ok(Reply::go(paths::forgot(&realm.slug)));
                }
                other => other?,
            }
            who
        }
    };
    let factors = fact.tx().factors(&who.id).await?;
    let is_set_up = factors.iter().any(|f| f.kind == FactorKind::Password);
    let link = if !who.is_enabled() || who.frozen_at.is_some() {
        // They hear nothing; the page is the same.
        None
    } else if is_set_up {
        let minutes = realm.reset_minutes.unwrap_or(30);
        Some(mail_link(&mut fact, &who, Purpose::ResetPassword, minutes * 60).await?)
    } else {
        let version = &rules.terms.version;
        fact.tx().person_agree(&who.id, version, now).await?;
        Some(reset_password::mail_registration(&mut fact, &who, rules.hours * 3600).await?)
    };
    let event = AuditEvent::done(Action::Registered, who.id.clone())
        .because(format!("terms {}", rules.terms.version));
    audit::record(&mut fact, None, &event).await?;
    let event = Event::Asked {
        login: email.as_str().to_owned(),
        link,
    };
    let run = ceremony::load::<Reset>(ctx)
        .await?
        .unwrap_or_else(|| Run::new(Reset::default()));
    let mut run = run.back_at(Reset::default());
    run.extras.registers = true;
    let done =
        ceremony::advance_in(fact, run, event.clone(), event, None, Material::default()).await?;
    // The mail is asked after where every such mail is.
    Ok(Reply::go(paths::forgot(&realm.slug)).with(done.cookies))
}
