//! Inviting many. The rows are pasted; where there is script, a file fills the
//! same field. They are checked first, and sent only after one has seen the
//! report.

use super::api::{CheckCsv, InviteCsv};
use crate::{
    act::{Act, Call},
    browser::file::{self, Unread},
    pages::parts::{Here, Hidden, Submit, note},
    ui::{FileField, LongField, Note, Panel, Tone, Why, use_hydrated},
};
use domain::{Code, Field, Lang, Refusal, ids::RealmSlug, screen::CsvReport};
use leptos::prelude::*;
use words::{admin, count, refusal};

const EXAMPLE: &str =
    "email,name,lang\nj.berger@example.com,Jonas Berger,de\nsam.okafor@example.com,Sam Okafor,en";

/// The panel: the field, or the report on what stood in it.
pub fn many(here: Here, realm: &RealmSlug, typed: &str, report: Option<&CsvReport>) -> AnyView {
    let lang = here.lang();
    let body = match report {
        Some(report) => report_part(here, realm, report),
        None => {
            view! { <Rows here=here realm=realm.to_string() typed=typed.to_owned()/> }.into_any()
        }
    };
    view! { <Panel title=admin::invite_many(lang)>{body}</Panel> }.into_any()
}

#[component]
fn Rows(here: Here, realm: String, typed: String) -> impl IntoView {
    let lang = here.lang();
    let hydrated = use_hydrated();
    let error = here.error(Field::Csv);
    let unread = RwSignal::new(None);
    view! {
        <Act action={Call::<CheckCsv>::new()}>
            <Hidden name="realm" value=realm/>
            <LongField
                name=Field::Csv.id()
                label=admin::csv_label(lang)
                value=typed
                hint=admin::csv_hint(lang)
                error=Some(error)
                exact=true
            />
            // The browser reads the file into the field above; it is never posted.
            <div hidden=move || !hydrated.get() on:change=move |ev| file::fill(&ev, Field::Csv.id(), unread)>
                <FileField name="" id="csv-file" label=admin::csv_file(lang) accept=".csv,text/csv"/>
                {move || unread.get().map(|why| view! { <p class="sm error" role="alert">{admin::csv_unread(lang, why == Unread::TooLarge)}</p> })}
            </div>
            <Why text=admin::csv_nothing_sent(lang)/>
            <Submit label=admin::csv_check(lang) class="button small fit"/>
        </Act>
        <details>
            <summary>{admin::csv_example(lang)}</summary>
            <pre class="mono">{EXAMPLE}</pre>
        </details>
    }
}

fn report_part(here: Here, realm: &RealmSlug, report: &CsvReport) -> AnyView {
    let lang = here.lang();
    let (again, rows) = (realm.to_string(), report.csv.clone());
    let send = if report.good == 0 {
        view! { <p>{admin::csv_nothing_good(lang)}</p> }.into_any()
    } else {
        let (realm, csv, good) = (realm.to_string(), report.csv.clone(), report.good);
        view! {
            <Act action={Call::<InviteCsv>::new()}>
                <Hidden name="realm" value=realm/>
                <Hidden name="csv" value=csv/>
                <Submit label=admin::send_good(lang, &count::rows(lang, good)) class="button small main fit"/>
            </Act>
        }
        .into_any()
    };
    view! {
        <div id="csv-report" class="stack tight">{findings(lang, report)}</div>
        {send}
        <details>
            <summary>{admin::csv_anew(lang)}</summary>
            <Rows here=here realm=again typed=rows/>
        </details>
    }
    .into_any()
}

/// What was found, row by row, before anything is sent.
fn findings(lang: Lang, report: &CsvReport) -> AnyView {
    let why = |code: &Code| {
        refusal::text(
            lang,
            &Refusal::at(Field::Email, code.clone()),
            refusal::About::default(),
        )
    };
    let bad = report
        .bad
        .iter()
        .map(|(row, code, what)| match what.as_str() {
            "" => admin::row_empty(lang, *row, &why(code)),
            what => admin::row_says(lang, *row, what, &why(code)),
        });
    let known = report.known.iter().map(|row| admin::row_known(lang, *row));
    let lines: Vec<_> = bad
        .chain(known)
        .map(|line| view! { <li>{line}</li> })
        .collect();
    if lines.is_empty() {
        return note(Tone::Ok, admin::csv_clean(lang), "");
    }
    let bad = u32::try_from(report.bad.len()).unwrap_or(u32::MAX);
    let (tone, title) = if bad == 0 {
        (Tone::Info, String::new())
    } else {
        (Tone::Warn, admin::csv_bad(lang, bad))
    };
    view! { <Note tone=tone title=title><ul>{lines}</ul></Note> }.into_any()
}
