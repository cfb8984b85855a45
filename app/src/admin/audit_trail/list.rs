//! The entries. Each opens and shows the rest of what was written down.

use crate::ui::{Badge, Cell, Column, DataTable, Empty, Fact, Facts, Row, State, Tone};
use domain::{
    Lang,
    screen::{AdminAudit, AuditRow, AuditWho},
};
use leptos::prelude::*;
use words::{audit, audit_trail as say, factor};

/// Newest first.
pub fn list(lang: Lang, screen: &AdminAudit) -> AnyView {
    let asked = &screen.asked;
    if screen.rows.is_empty() {
        let all = [&asked.person, &asked.action, &asked.result, &asked.after];
        let (title, lead) = if all.iter().all(|text| text.is_empty()) {
            (say::none(lang), say::none_lead(lang))
        } else {
            (say::found_none(lang), say::found_none_lead(lang))
        };
        return view! { <Empty icon="list" title=title text=lead/> }.into_any();
    }
    let columns = [
        say::time(lang),
        say::actor(lang),
        say::action(lang),
        say::target(lang),
        say::result(lang),
        say::address(lang),
    ];
    let rows = screen.rows.iter().map(|one| row(lang, one)).collect_view();
    view! {
        <DataTable caption=say::caption(lang) columns=columns.map(Column::new).into()>{rows}</DataTable>
    }
    .into_any()
}

fn row(lang: Lang, one: &AuditRow) -> AnyView {
    let target = match &one.target {
        Some(target) => who(lang, target),
        None => view! { <span class="faint">{say::target_none(lang)}</span> }.into_any(),
    };
    let (at, utc, address) = (one.at.clone(), one.utc.clone(), one.address.clone());
    let (actor, what) = (who(lang, &one.actor), action(lang, one));
    let state = if one.done {
        Badge::new(Tone::Ok, "check", say::done(lang))
    } else {
        Badge::new(Tone::Warn, "cross", say::refused(lang))
    };
    view! {
        <Row>
            <Cell th=say::time(lang)><time class="muted" datetime=utc>{at}</time></Cell>
            <Cell th=say::actor(lang) wrap=true>{actor}</Cell>
            <Cell th=say::action(lang) wrap=true>{what}</Cell>
            <Cell th=say::target(lang) wrap=true>{target}</Cell>
            <Cell th=say::result(lang)><State tone=state.tone icon=state.icon text=state.text/></Cell>
            <Cell th=say::address(lang)>{address}</Cell>
        </Row>
    }
    .into_any()
}

/// Name and login, or the word for who is no person.
fn who(lang: Lang, who: &AuditWho) -> AnyView {
    if who.login.is_empty() {
        return say::word(lang, &who.id).to_owned().into_any();
    }
    // A long address breaks where a reader would break it.
    let login = match who.login.split_once('@') {
        Some((name, host)) => {
            let (name, host) = (format!("{name}@"), host.to_owned());
            view! { {name}<wbr/>{host} }.into_any()
        }
        None => who.login.clone().into_any(),
    };
    if who.name.is_empty() {
        return login;
    }
    view! { <span class="who">{who.name.clone()} <br/> <span class="muted xs">{login}</span></span> }.into_any()
}

/// What was done, and behind it everything else.
fn action(lang: Lang, one: &AuditRow) -> AnyView {
    let place = one
        .place
        .map_or_else(|| say::place_none(lang).to_owned(), |n| n.to_string());
    let target = one.target.as_ref().map(|t| t.id.clone());
    let known = [
        (say::utc(lang), one.utc.clone()),
        (
            say::factor(lang),
            one.factor
                .map(|kind| factor::name(lang, kind).to_owned())
                .unwrap_or_default(),
        ),
        (say::detail(lang), one.detail.clone()),
        (say::browser(lang), one.agent.clone()),
        (say::actor_id(lang), one.actor.id.clone()),
        (say::target_id(lang), target.unwrap_or_default()),
        (say::entry_id(lang), one.id.clone()),
        (say::place(lang), place),
        (say::hash(lang), one.hash.clone()),
    ];
    let facts = known
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(term, value)| Fact::new(term, value))
        .collect();
    let what = audit::line(lang, &one.action, true, one.factor);
    view! {
        <details>
            <summary>{what}</summary>
            <Facts facts=facts small=true/>
        </details>
    }
    .into_any()
}
