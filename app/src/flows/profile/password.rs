//! The password.

use super::tabs::{Tab, tabs};
use crate::{
    pages::parts::{Here, top},
    ui::{ButtonKind, LinkButton},
};
use domain::{paths, screen::View};
use leptos::prelude::*;
use words::{approval, profile};

/// The tab "Password".
pub fn page(view: &View) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let to = here.path(paths::forgot);
    view! {
        {top(here, profile::title(lang), "")}
        {tabs(here, Tab::Password)}
        <p>{approval::password_lead(lang)}</p>
        <p><LinkButton href=to label=approval::password_change(lang) kind=ButtonKind::Main/></p>
    }
    .into_any()
}
