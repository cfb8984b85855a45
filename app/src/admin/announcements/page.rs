//! The form, and what was announced so far.

use super::api;
use crate::{
    act::{Act, Call},
    admin::top::of_realm,
    pages::parts::{Confirm, Here, Hidden, Submit, Text},
    ui::{
        Cell, Column, DataTable, Empty, LongField, Panel, Row, Select, SelectOption, State, Tone,
    },
};
use domain::{
    Field, Lang,
    announcement::{AnnouncementState, Audience},
    screen::{AdminAnnouncements, AnnouncementRow, View},
};
use leptos::prelude::*;
use words::announcements as say;

/// The page.
pub fn page(view: &View, screen: &AdminAnnouncements) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    view! {
        {of_realm(here, say::title(lang), &screen.realm, ().into_any())}
        {form(here, screen)}
        <section class="stack tight">
            <h2>{say::list(lang)}</h2>
            {list(lang, screen)}
        </section>
    }
    .into_any()
}

fn form(here: Here, screen: &AdminAnnouncements) -> AnyView {
    let lang = here.lang();
    let typed = screen.typed.clone();
    let audiences = Audience::ALL.map(|one| {
        let name = say::audience_name(lang, one);
        SelectOption::new(one.slug(), name, one == typed.audience)
    });
    let (realm, zone) = (screen.realm.slug.to_string(), say::zone(lang, &screen.zone));
    let details = |field: Field, label: &'static str, value: String| {
        view! {
            <LongField
                name=field.id()
                label=label
                hint=say::details_hint(lang)
                value=value
                error=Some(here.error(field))
            />
        }
    };
    let more_en = details(Field::DetailsEn, say::details_en(lang), typed.details_en);
    let more_de = details(Field::DetailsDe, say::details_de(lang), typed.details_de);
    view! {
        <Panel title=say::new_one(lang)>
            <Act action={Call::<api::Announce>::new()}>
                <Hidden name="realm" value=realm/>
                <div class="two-up">
                    <Text
                        here=here
                        field=Field::TextEn
                        label=say::text_en(lang)
                        hint=say::text_hint(lang)
                        value=typed.text_en
                    />
                    <Text
                        here=here
                        field=Field::TextDe
                        label=say::text_de(lang)
                        hint=say::text_hint(lang)
                        value=typed.text_de
                    />
                </div>
                <div class="two-up">{more_en} {more_de}</div>
                <div class="two-up">
                    <Text
                        here=here
                        field=Field::Begins
                        label=say::begins(lang)
                        hint=say::begins_hint(lang)
                        value=typed.begins
                        kind="datetime-local"
                    />
                    <Text
                        here=here
                        field=Field::Ends
                        label=say::ends(lang)
                        hint=zone
                        value=typed.ends
                        kind="datetime-local"
                    />
                </div>
                <Select name="audience" label=say::audience(lang) options=audiences.into()/>
                <div class="row">
                    <Submit label=say::publish(lang)/>
                </div>
            </Act>
        </Panel>
    }
    .into_any()
}

fn list(lang: Lang, screen: &AdminAnnouncements) -> AnyView {
    if screen.rows.is_empty() {
        return view! { <Empty icon="info" title=say::empty(lang) text=""/> }.into_any();
    }
    let columns = vec![
        Column::new(say::sentence(lang)),
        Column::new(say::audience(lang)),
        Column::new(say::begins(lang)),
        Column::new(say::ends(lang)),
        Column::new(say::state(lang)),
        Column::new(say::next(lang)).end(),
    ];
    let realm = screen.realm.slug.to_string();
    let rows = screen.rows.iter().map(|one| row(lang, &realm, one));
    let rows = rows.collect_view();
    view! { <DataTable caption=say::caption(lang) columns=columns>{rows}</DataTable> }.into_any()
}

fn row(lang: Lang, realm: &str, one: &AnnouncementRow) -> AnyView {
    let (tone, icon) = match one.state {
        AnnouncementState::Planned => (Tone::Idle, "clock"),
        AnnouncementState::Shown => (Tone::Ok, "check"),
        AnnouncementState::Over => (Tone::Idle, "dash"),
        AnnouncementState::Withdrawn => (Tone::Idle, "cross"),
    };
    let state = say::state_name(lang, one.state);
    let AnnouncementRow {
        id,
        text,
        audience,
        begins,
        ends,
        ..
    } = one.clone();
    let takes_back = matches!(
        one.state,
        AnnouncementState::Planned | AnnouncementState::Shown
    );
    let realm = realm.to_owned();
    let heard = text.clone();
    let action = takes_back.then(move || {
        view! {
            <Confirm label=say::withdraw(lang) heard=heard sure=say::withdraw_sure(lang)>
                <Act action={Call::<api::WithdrawAnnouncement>::new()} class="row">
                    <Hidden name="realm" value=realm.clone()/>
                    <Hidden name="id" value=id.clone()/>
                    <Submit label=say::withdraw(lang) class="button small bad"/>
                </Act>
            </Confirm>
        }
    });
    view! {
        <Row>
            <Cell th=say::sentence(lang) head=true wrap=true>{text}</Cell>
            <Cell th=say::audience(lang)>{say::audience_name(lang, audience)}</Cell>
            <Cell th=say::begins(lang)>{begins}</Cell>
            <Cell th=say::ends(lang)>{ends}</Cell>
            <Cell th=say::state(lang)><State tone=tone icon=icon text=state/></Cell>
            <Cell th=say::next(lang) end=true wrap=true>{action}</Cell>
        </Row>
    }
    .into_any()
}
