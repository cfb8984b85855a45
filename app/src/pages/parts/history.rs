//! What happened to a person, newest first: for administrators and for the desk.

use crate::ui::{Icon, Trail};
use domain::{Lang, screen::HistoryRow};
use leptos::prelude::*;
use words::audit;

/// The trail.
pub fn history(lang: Lang, rows: &[HistoryRow]) -> AnyView {
    let rows = rows.iter().map(|one| {
        let (class, icon) = if one.done {
            ("", "ok")
        } else {
            ("warn", "warn")
        };
        view! {
            <li class=class>
                <Icon name=icon/>
                <div>{audit::line(lang, &one.action, one.done, one.factor)}</div>
                <time>{one.at.clone()}</time>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! { <Trail>{rows}</Trail> }.into_any()
}
