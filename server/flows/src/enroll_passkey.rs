//! Making a passkey: active once its first answer verified.

use crate::{
    Failure, Reply, Request, Services,
    ceremony::{self, Ctx},
    choose_method::{
        Where, extras, locate, machine, name_for, new_factor, proposed_name, refuse, step,
    },
    effects::Material,
    infra::browser_name,
    passkeys,
};
use domain::{
    FactorKind, Refusal,
    enrollment::{Enroll, Event},
    records::Person,
    refusal::{Code, Field},
    text::Name,
};

/// What the authenticator made.
///
/// # Errors
/// See [`crate::choose_method::locate`].
pub async fn confirm(
    services: &Services,
    request: &Request,
    realm: String,
    credential: String,
    name: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (place, who) = locate(ctx).await?;
    let Some(Enroll::Work {
        kind: FactorKind::Passkey,
        ..
    }) = machine(&place)
    else {
        return refuse(ctx, place, &who, Refusal::page(Code::StartAgain)).await;
    };
    let kind = FactorKind::Passkey;
    let name = match Name::parse(&name) {
        Ok(name) => name_for(ctx, &who, kind, name.as_str().to_owned()).await?,
        Err(Code::Missing) => {
            let browser = browser_name::describe(&request.agent);
            let name = if browser.is_empty() {
                "Passkey"
            } else {
                &browser
            };
            Ok(proposed_name(ctx, &who, kind, name).await?)
        }
        Err(code) => Err(code),
    };
    let name = match name {
        Ok(name) => name,
        Err(code) => return refuse(ctx, place, &who, Refusal::at(Field::Name, code)).await,
    };
    let asked = extras(&place).clone();
    let Some(place) = ask_anew(ctx, place, &who).await? else {
        let (place, who) = locate(ctx).await?;
        return refuse(ctx, place, &who, Refusal::page(Code::StartAgain)).await;
    };
    match passkeys::created(ctx, &asked, &credential)? {
        Ok((id, record)) => {
            // A credential belongs to one person, for ever (XD11).
            if services
                .store
                .read()
                .await?
                .factor_by_credential(&id)
                .await?
                .is_some()
            {
                let failed = Event::Failed(Code::PasskeyKnown);
                return step(ctx, place, &who, failed, None, Material::default()).await;
            }
            let mut factor = new_factor(ctx, &who, FactorKind::Passkey, name);
            factor.credential = Some(id);
            factor.secret = record;
            let material = Material {
                factor: Some(factor),
                ..Material::default()
            };
            step(ctx, place, &who, Event::Proved, None, material).await
        }
        Err(code) => {
            step(
                ctx,
                place,
                &who,
                Event::Failed(code),
                None,
                Material::default(),
            )
            .await
        }
    }
}

/// Before the answer is looked at, its challenge is replaced by the one that is
/// shown if the answer fails. `None` when another request was faster.
async fn ask_anew(ctx: Ctx<'_>, place: Where, who: &Person) -> Result<Option<Where>, Failure> {
    let factors = ctx.services.store.read().await?.factors(&who.id).await?;
    let (options, state) = passkeys::create(ctx, who, &factors)?;
    let mut next = extras(&place).clone();
    next.passkey_options = Some(options);
    next.passkey_state = Some(state);
    Ok(match place {
        Where::SignIn(run) => ceremony::next_challenge(ctx, run, next)
            .await?
            .map(Where::SignIn),
        Where::Own(run, session) => ceremony::next_challenge(ctx, run, next)
            .await?
            .map(|run| Where::Own(run, session)),
    })
}
