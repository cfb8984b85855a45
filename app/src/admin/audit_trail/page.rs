//! The page: whether the trail is whole, the search, what it finds.

use super::{api::ExportTrail, list::list, seal::seal};
use crate::{
    act::{Act, Call},
    admin::{pager, top::of_realm},
    pages::parts::{Here, Hidden, encode},
    ui::{Button, ButtonKind, Field as Line, LinkButton, Select, SelectOption, Why},
};
use domain::{
    Field, Lang,
    audit::{Action, Outcome},
    paths,
    screen::{AdminAudit, AuditAsked, View},
    transfer::Format,
};
use leptos::prelude::*;
use words::{admin, audit, audit_trail as say};

/// One page of the trail.
pub fn page(view: &View, screen: &AdminAudit) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let path = paths::admin_audit(&screen.realm.slug);
    let asked = query(&screen.asked);
    let pages = format!("{path}{asked}");
    view! {
        {of_realm(here, say::title(lang), &screen.realm, ().into_any())}
        {seal(lang, screen)}
        {search(here, &path, &screen.asked)}
        <div>
            {list(lang, screen)}
            {pager::pager(lang, &pages, "", screen.next.as_deref(), screen.later)}
        </div>
        <div class="row">
            {export(screen, Format::Csv, say::export_csv(lang))}
            {export(screen, Format::Json, say::export_json(lang))}
            <Why text=say::export_why(lang)/>
        </div>
    }
    .into_any()
}

/// What is looked for, as an address carries it; empty for everything.
fn query(asked: &AuditAsked) -> String {
    let given = [
        (Field::Person, &asked.person),
        (Field::Action, &asked.action),
        (Field::Outcome, &asked.result),
    ];
    let mut out = String::new();
    for (field, value) in given.into_iter().filter(|(_, value)| !value.is_empty()) {
        out.push(if out.is_empty() { '?' } else { '&' });
        out.push_str(field.id());
        out.push('=');
        out.push_str(&encode(value));
    }
    out
}

fn export(screen: &AdminAudit, format: Format, label: &'static str) -> AnyView {
    let (realm, asked) = (screen.realm.slug.to_string(), screen.asked.clone());
    view! {
        <Act action={Call::<ExportTrail>::new()} class="row">
            <Hidden name="realm" value=realm/>
            <Hidden name="format" value=format.slug()/>
            <Hidden name=Field::Person.id() value=asked.person/>
            <Hidden name=Field::Action.id() value=asked.action/>
            <Hidden name=Field::Outcome.id() value=asked.result/>
            <Button label=label small=true icon=Some("download")/>
        </Act>
    }
    .into_any()
}

fn search(here: Here, path: &str, asked: &AuditAsked) -> AnyView {
    let lang = here.lang();
    let clear = (!query(asked).is_empty()).then(|| {
        let kind = ButtonKind::Plain;
        view! { <LinkButton href=path.to_owned() label=admin::search_clear(lang) kind=kind small=true/> }
    });
    view! {
        <form class="filters" method="get" action=path.to_owned() role="search">
            <Line
                name=Field::Person.id()
                label=say::person(lang)
                kind="search"
                autocomplete=Some("off")
                value=asked.person.clone()
                error=Some(here.error(Field::Person))
                exact=true
            />
            <Select
                name=Field::Action.id()
                label=say::action(lang)
                options=actions(lang, &asked.action)
                error=Some(here.error(Field::Action))
            />
            <Select
                name=Field::Outcome.id()
                label=say::result(lang)
                options=results(lang, &asked.result)
                error=Some(here.error(Field::Outcome))
            />
            <Button label=admin::search(lang) small=true icon=Some("search")/>
            {clear}
        </form>
    }
    .into_any()
}

/// All actions, in the order of the reader's alphabet.
fn actions(lang: Lang, chosen: &str) -> Vec<SelectOption> {
    let mut all: Vec<_> = Action::ALL
        .iter()
        .map(|a| (audit::action(lang, *a), a.slug()))
        .collect();
    all.sort_by_key(|(word, _)| word.trim_start_matches(['„', '“']).to_lowercase());
    let every = SelectOption::new("", say::action_all(lang), chosen.is_empty());
    let each = all
        .into_iter()
        .map(|(word, slug)| SelectOption::new(slug, word, slug == chosen));
    std::iter::once(every).chain(each).collect()
}

fn results(lang: Lang, chosen: &str) -> Vec<SelectOption> {
    [
        ("", say::result_all(lang)),
        (Outcome::Done.slug(), say::done(lang)),
        (Outcome::Refused.slug(), say::refused(lang)),
    ]
    .map(|(slug, word)| SelectOption::new(slug, word, slug == chosen))
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_carries_what_is_looked_for_and_nothing_else() {
        assert_eq!(query(&AuditAsked::default()), "");
        let asked = AuditAsked {
            person: "Ann & Söhne".into(),
            result: "refused".into(),
            after: "key".into(),
            ..AuditAsked::default()
        };
        assert_eq!(
            query(&asked),
            "?person=Ann%20%26%20S%C3%B6hne&result=refused"
        );
    }

    #[test]
    fn every_action_can_be_chosen_and_one_is() {
        for lang in Lang::ALL {
            let all = actions(lang, "sign_in");
            assert_eq!(all.len(), Action::ALL.len() + 1);
            let chosen: Vec<_> = all.iter().filter(|o| o.selected).collect();
            assert_eq!(chosen.len(), 1);
            assert_eq!(chosen[0].value, "sign_in");
            assert!(actions(lang, "")[0].selected);
        }
    }
}
