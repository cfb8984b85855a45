//! The page: the risks first, then every value in its group.

use crate::{
    admin::top::of_realm,
    pages::parts::{Here, note},
    ui::{Cell, Column, DataTable, Note, Row, Tone},
};
use domain::{
    Lang,
    screen::{AdminPolicy, PolicyRisk, PolicySection, View},
};
use leptos::prelude::*;
use words::read_policy as say;

/// Every value of the policy, and where it comes from.
pub fn page(view: &View, screen: &AdminPolicy) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let sections = screen.sections.iter().map(|one| section(lang, one));
    let sections = sections.collect_view();
    view! {
        {of_realm(here, say::title(lang), &screen.realm, ().into_any())}
        <p class="muted">{say::lead(lang)}</p>
        <section class="stack tight">
            <h2>{say::risks(lang)}</h2>
            {risks(lang, &screen.risks)}
        </section>
        {sections}
    }
    .into_any()
}

fn risks(lang: Lang, risks: &[PolicyRisk]) -> AnyView {
    if risks.is_empty() {
        return note(Tone::Ok, say::risks_none(lang), "");
    }
    let each = risks.iter().map(|risk| {
        let (reason, from) = (risk.reason.clone(), say::from(lang, risk.line));
        view! {
            <Note tone=Tone::Warn title=risk.title.clone()>
                <p>{reason}</p>
                <p class="muted">{from}</p>
            </Note>
        }
    });
    each.collect_view().into_any()
}

fn section(lang: Lang, one: &PolicySection) -> AnyView {
    let columns = [say::setting(lang), say::value(lang), say::origin(lang)];
    let rows = one.values.iter().map(|value| {
        let (name, text) = (value.name.clone(), value.value.clone());
        let from = say::from(lang, value.line);
        view! {
            <Row>
                <Cell th=say::setting(lang) head=true wrap=true>{name}</Cell>
                <Cell th=say::value(lang) wrap=true>{text}</Cell>
                <Cell th=say::origin(lang)><span class="muted">{from}</span></Cell>
            </Row>
        }
    });
    let rows = rows.collect_view();
    let title = one.title.clone();
    view! {
        <section class="stack tight in-line">
            <h2>{title.clone()}</h2>
            <DataTable caption=title columns=columns.map(Column::new).into()>{rows}</DataTable>
        </section>
    }
    .into_any()
}
