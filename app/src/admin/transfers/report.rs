//! The rows of an import that were left out, by their number.

use crate::ui::{Note, Tone};
use domain::{
    Field, Lang, Refusal,
    screen::{AdminTransfer, ReportLine},
};
use leptos::prelude::*;
use words::{admin, refusal, transfers as say};

/// The report; nothing where no row was left out.
pub fn report(lang: Lang, screen: &AdminTransfer) -> AnyView {
    if screen.report.is_empty() {
        return ().into_any();
    }
    let lines = screen.report.iter().map(|one| {
        let text = line(lang, one);
        view! { <li>{text}</li> }
    });
    let lines = lines.collect_view();
    let more = (screen.unshown > 0).then(|| {
        let rows = say::number(lang, screen.unshown);
        view! { <p>{say::and_more(lang, &rows)}</p> }
    });
    view! {
        <section class="stack tight">
            <h2>{say::report(lang)}</h2>
            <Note tone=Tone::Warn title=say::import_again(lang)>
                <ul>{lines}</ul>
                {more}
            </Note>
        </section>
    }
    .into_any()
}

fn line(lang: Lang, one: &ReportLine) -> String {
    let Some(code) = &one.why else {
        return say::row_known(lang, one.row, &one.what);
    };
    let refusal = Refusal::at(Field::Email, code.clone());
    let why = refusal::text(lang, &refusal, refusal::About::default());
    match one.what.as_str() {
        "" => admin::row_empty(lang, one.row, &why),
        what => admin::row_says(lang, one.row, what, &why),
    }
}
