//! All of them.

use super::card::{actions, card};
use crate::{
    pages::parts::{Here, note, top},
    ui::{Badge, ButtonKind, Cards, DisabledButton, Empty, FactorCard, LinkButton, Tone},
};
use domain::{
    paths,
    screen::{Overview, View},
};
use leptos::prelude::*;
use words::{overview, recovery};

/// The factors of the person, recovery codes, and what may be added.
pub fn page(view: &View, screen: &Overview) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let cards = screen.factors.iter().map(|one| {
        card(
            lang,
            one,
            actions(here, one, screen.frozen, screen.offers.is_empty()),
        )
    });
    let cards = cards.collect_view();
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
        <div class="stack">
            {add(here, screen)}
            <Cards>{cards} {empty} {codes}</Cards>
        </div>
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
