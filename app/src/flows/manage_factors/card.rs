//! One factor: what it is, how it stands, what can be done.

use super::api::{RemoveFactor, TestFactor};
use crate::{
    act::{Act, Call},
    pages::parts::{Confirm, Here, Hidden, Submit, factor_icon},
    ui::{Badge, DisabledButton, Fact, FactorCard, LinkButton, Tone},
};
use domain::{FactorKind, Lang, paths, screen::FactorFace};
use leptos::prelude::*;
use words::{factor, overview, phone};

/// What a factor is called: its own name, or else its kind's.
pub fn called(lang: Lang, face: &FactorFace) -> String {
    if face.name.is_empty() {
        factor::name(lang, face.kind).to_owned()
    } else {
        face.name.clone()
    }
}

/// Works, or was switched off: icon, word and colour.
pub fn state(lang: Lang, ready: bool) -> Badge {
    if ready {
        Badge::new(Tone::Ok, "check", overview::ready(lang))
    } else {
        Badge::new(Tone::Stop, "cross", overview::off(lang))
    }
}

/// The card, with these actions.
pub fn card(lang: Lang, face: &FactorFace, actions: AnyView) -> AnyView {
    let kind = factor::name(lang, face.kind);
    let detail = if face.name.is_empty() || face.name == kind {
        &face.address
    } else {
        &face.name
    };
    let time = |text: &str| {
        if text.is_empty() {
            overview::never(lang).to_owned()
        } else {
            text.to_owned()
        }
    };
    let mut facts = vec![
        Fact::new(overview::added(lang), time(&face.added)),
        Fact::new(overview::used(lang), time(&face.used)),
        Fact::new(overview::tested(lang), time(&face.tested)),
    ];
    if let Some(used) = &face.codes {
        facts.push(Fact::new(
            phone::codes_title(lang),
            phone::codes_used(lang, used),
        ));
    }
    let off = (!face.ready).then(|| view! { <p class="sm">{overview::off_why(lang)}</p> });
    view! {
        <FactorCard
            icon=factor_icon(face.kind)
            title=kind
            subtitle=detail.clone()
            badge=Some(state(lang, face.ready))
            facts=facts
        >
            {off}
            {actions}
        </FactorCard>
    }
    .into_any()
}

/// What can be done on the overview.
pub fn actions(here: Here, one: &FactorFace, frozen: bool, alone: bool) -> AnyView {
    let lang = here.lang();
    let modify = match one.kind {
        FactorKind::Password => here.path(paths::forgot),
        _ => here.path(|realm| paths::factor(realm, &one.id)),
    };
    view! {
        {test(here, one)}
        <LinkButton href=modify label=overview::modify(lang) small=true heard=format!(" {}", called(lang, one))/>
        {remove(here, one, frozen, alone)}
    }
    .into_any()
}

/// "Test". What was switched off cannot be tested.
pub fn test(here: Here, one: &FactorFace) -> AnyView {
    let lang = here.lang();
    if !one.ready {
        return ().into_any();
    }
    let (id, heard) = (one.id.clone(), called(lang, one));
    view! {
        <Act action={Call::<TestFactor>::new()} class="row">
            <Hidden name="realm" value=here.realm()/>
            <Hidden name="id" value=id/>
            <Submit label=overview::test(lang) class="button small" heard=heard/>
        </Act>
    }
    .into_any()
}

/// "Remove": asked once more, or in sight with the reason why not; `alone` where
/// no other way can be added.
pub fn remove(here: Here, one: &FactorFace, frozen: bool, alone: bool) -> AnyView {
    let lang = here.lang();
    if one.kind == FactorKind::Password {
        return ().into_any();
    }
    if frozen || !one.removable {
        let why = if frozen {
            overview::frozen_short(lang)
        } else if alone {
            overview::only_way_in(lang)
        } else {
            overview::last_way_in(lang)
        };
        return view! {
            <DisabledButton id=format!("why-{}", one.id) label=overview::remove(lang) reason=why small=true/>
        }
        .into_any();
    }
    let (id, kind, name) = (one.id.clone(), one.kind, called(lang, one));
    let guard = if one.guards {
        overview::remove_guard(lang)
    } else {
        ""
    };
    let what = overview::remove_what(lang, &name);
    let sure = [what.as_str(), guard, overview::remove_sure(lang)];
    let sure = sure.into_iter().filter(|text| !text.is_empty());
    let sure = sure.collect::<Vec<_>>().join(" ");
    view! {
        <Confirm label=overview::remove(lang) heard=name sure=sure>
            <Act action={Call::<RemoveFactor>::new()} class="row">
                <Hidden name="realm" value=here.realm()/>
                <Hidden name="id" value=id/>
                <Submit label=overview::remove_kind(lang, kind) class="button small bad"/>
            </Act>
        </Confirm>
    }
    .into_any()
}
