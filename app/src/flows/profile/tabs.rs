//! The parts of the profile, each with an address of its own, so that others can link to
//! it (agents guide, 1).

use crate::{
    pages::parts::Here,
    ui::{Link, Tabs},
};
use domain::paths;
use leptos::prelude::*;
use words::approval;

/// Which part is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// About the person.
    Info,
    /// Where codes go.
    Factor,
    /// The password.
    Password,
}

/// The tabs.
pub fn tabs(here: Here, shown: Tab) -> AnyView {
    let lang = here.lang();
    let link = |tab, name, to| Link::new(name, to).current(tab == shown);
    let links = vec![
        link(
            Tab::Info,
            approval::tab_info(lang),
            here.path(paths::profile),
        ),
        link(
            Tab::Factor,
            approval::tab_factor(lang),
            here.path(paths::profile_factor),
        ),
        link(
            Tab::Password,
            approval::tab_password(lang),
            here.path(paths::profile_password),
        ),
    ];
    view! { <Tabs label=approval::tabs(lang) links=links/> }.into_any()
}
