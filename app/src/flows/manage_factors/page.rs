//! All of them.

use super::{
    card::{actions, called, card},
    tiles::tiles,
};
use crate::{
    pages::parts::{Here, note, top},
    ui::{Badge, ButtonKind, Cards, DisabledButton, Empty, FactorCard, LinkButton, Tone},
};
use domain::{
    FactorKind, Lang, paths,
    screen::{FactorFace, Overview, ResetsPin, View},
};
use leptos::prelude::*;
use words::{approval, overview, recovery, reset_pin};

/// The factors of the person, recovery codes, and what may be added.
pub fn page(view: &View, screen: &Overview) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    if let Some(stage) = screen.resets_pin {
        return resetting(here, screen, stage);
    }
    let drawn = |one: &FactorFace| {
        let actions = actions(here, one, screen.frozen, screen.offers.is_empty());
        card(lang, one, actions)
    };
    let ways = screen
        .factors
        .iter()
        .filter(|f| !f.kind.is_knowledge())
        .count();
    let open = !screen.frozen && !screen.offers.is_empty();
    let frozen = screen.frozen.then(|| {
        note(
            Tone::Warn,
            overview::frozen(lang),
            overview::frozen_why(lang),
        )
    });
    let encourage = (ways == 1 && open).then(|| {
        note(
            Tone::Info,
            overview::only_one(lang),
            overview::only_one_why(lang),
        )
    });
    let due = screen.due.as_ref().map(|day| {
        let title = if day.is_empty() {
            overview::due_next(lang).to_owned()
        } else {
            overview::due_from(lang, day)
        };
        note(Tone::Warn, &title, overview::due_why(lang))
    });
    let empty = (ways == 0).then(|| {
        view! { <Empty icon="key" title=overview::empty(lang) text=overview::empty_lead(lang) item=true/> }
    });
    let codes = recovery_card(here, screen);
    view! {
        {top(here, overview::title(lang), overview::lead(lang))}
        {frozen}
        {due}
        {encourage}
        {approvals(here, screen)}
        {tiles(lang, screen)}
        <div class="stack">
            {add(here, screen)}
            {grouped(lang, screen, drawn, view! { {empty} {codes} }.into_any())}
        </div>
    }
    .into_any()
}

/// Whoever decides what others ask is led there, and told that somebody waits.
fn approvals(here: Here, screen: &Overview) -> Option<AnyView> {
    let count = screen.approvals?;
    let lang = here.lang();
    let to = here.path(paths::approvals);
    let says = approval::waiting_for_you(lang, count);
    Some(view! { <p><a href=to>{says}</a></p> }.into_any())
}

/// The cards under their headings; `rest` stands with what is under none.
fn grouped(
    lang: Lang,
    screen: &Overview,
    drawn: impl Fn(&FactorFace) -> AnyView,
    rest: AnyView,
) -> AnyView {
    let of = |fits: &dyn Fn(FactorKind) -> bool| {
        let some = screen.factors.iter().filter(|f| fits(f.kind));
        some.map(&drawn).collect::<Vec<_>>()
    };
    let others = of(&|kind| !screen.groups.iter().any(|(_, kinds)| kinds.contains(&kind)));
    if screen.groups.is_empty() {
        return view! { <Cards>{others} {rest}</Cards> }.into_any();
    }
    let group = |name: String, cards: Vec<AnyView>| {
        (!cards.is_empty()).then(|| {
            view! {
                <section class="stack tight">
                    <h2>{name}</h2>
                    <Cards>{cards}</Cards>
                </section>
            }
        })
    };
    let groups = screen.groups.iter();
    let groups = groups.map(|(name, kinds)| group(name.clone(), of(&|kind| kinds.contains(&kind))));
    let groups = groups.collect_view();
    let others = group(reset_pin::others(lang).to_owned(), others);
    view! { {groups} {others} <Cards>{rest}</Cards> }.into_any()
}

/// For who signed in to set a new PIN: the same overview, and nothing to do but that.
fn resetting(here: Here, screen: &Overview, stage: ResetsPin) -> AnyView {
    let lang = here.lang();
    let drawn = |one: &FactorFace| {
        let modifies = one.kind == FactorKind::Pin && stage == ResetsPin::Before;
        let modify = modifies.then(|| {
            let to = here.path(|realm| paths::factor(realm, &one.id));
            let heard = format!(" {}", called(lang, one));
            view! { <LinkButton href=to label=overview::modify(lang) small=true heard=heard/> }
        });
        card(lang, one, view! { {modify} }.into_any())
    };
    let next = match stage {
        ResetsPin::Before => note(
            Tone::Info,
            reset_pin::only_pin(lang),
            reset_pin::only_pin_lead(lang),
        ),
        ResetsPin::After => {
            let to = here.path(paths::sign_in);
            view! {
                <p>{reset_pin::after(lang)}</p>
                <p><LinkButton href=to label=reset_pin::now_sign_in(lang) kind=ButtonKind::Main/></p>
            }
            .into_any()
        }
    };
    view! {
        {top(here, overview::title(lang), overview::lead(lang))}
        {next}
        <div class="stack">{grouped(lang, screen, drawn, ().into_any())}</div>
    }
    .into_any()
}

/// "Add a way to sign in", or why not.
fn add(here: Here, screen: &Overview) -> AnyView {
    let lang = here.lang();
    let why = match (screen.frozen, screen.offers.is_empty()) {
        (true, _) => overview::frozen_short(lang),
        (false, true) => overview::nothing_to_add(lang),
        (false, false) => {
            return view! {
                <LinkButton
                    href=here.path(paths::add)
                    label=overview::add(lang)
                    kind=ButtonKind::Main
                    small=true
                    icon=Some("plus")
                />
            }
            .into_any();
        }
    };
    view! { <DisabledButton id="why-add" label=overview::add(lang) reason=why small=true icon=Some("plus")/> }.into_any()
}

/// Recovery codes: none yet, few, or enough.
fn recovery_card(here: Here, screen: &Overview) -> Option<AnyView> {
    let left = screen.recovery_left?;
    let lang = here.lang();
    let make = |label: &'static str| {
        let to = here.path(paths::recovery_codes);
        (!screen.frozen).then(|| view! { <LinkButton href=to label=label small=true/> })
    };
    if left == 0 {
        let make = make(overview::recovery_make(lang));
        return Some(
            view! {
                <Empty
                    icon="codes"
                    title=overview::recovery_none(lang)
                    text=overview::recovery_none_lead(lang)
                    item=true
                >
                    {make}
                </Empty>
            }
            .into_any(),
        );
    }
    let badge = if left <= 3 {
        Badge::new(Tone::Warn, "warn", overview::recovery_few(lang))
    } else {
        Badge::new(Tone::Ok, "check", overview::ready(lang))
    };
    let make = make(overview::recovery_new(lang));
    Some(
        view! {
            <FactorCard
                icon="codes"
                title=overview::recovery(lang)
                subtitle=recovery::left(lang, left)
                badge=Some(badge)
            >
                {make}
            </FactorCard>
        }
        .into_any(),
    )
}
