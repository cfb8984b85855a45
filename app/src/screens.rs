//! Every page: the task of a view, inside the shell of its place.

mod failed;
mod shell;

pub use failed::failed;

use crate::{
    act,
    browser::{self, focus, typed},
    parts,
    place::use_page,
    ui::Switching,
};
use domain::screen::{Screen, View};
use leptos::prelude::*;
use leptos_meta::Html;

/// Where a screen lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum House {
    /// One task, and nothing beside it.
    Door,
    /// The same for a longer form.
    WideDoor,
    /// At home.
    Room,
    /// At work.
    Desk,
    /// In the hand.
    Companion,
}

/// The page of a view. Its part has to be here ([`parts::Part::load`]).
pub fn render(view: View) -> AnyView {
    Effect::new(|_| browser::mark_hydrated());
    if !use_page().came_by_itself() {
        // A dialog of the page before would stand in the way of the next one.
        browser::passkey::stop();
        Effect::new(move |_| focus::arrived());
    }
    act::provide_about(&view.frame);
    let page = use_page();
    let address = view.frame.path.clone();
    provide_context(Switching(Callback::new(
        move |event: leptos::ev::SubmitEvent| {
            if let Some((name, value)) = typed::chosen(&event) {
                event.prevent_default();
                page.switch(&address, &name, &value);
            }
        },
    )));
    let lang = view.frame.lang.code();
    let part = parts::Part::of(&view.screen).name();
    let screen = view.screen.name();
    let task = parts::draw(&view).unwrap_or_else(|| ().into_any());
    let page = match house(&view) {
        House::Door => shell::door(&view, false, task),
        House::WideDoor => shell::door(&view, true, task),
        House::Room => shell::room(&view, task),
        House::Desk => shell::desk(&view, task),
        House::Companion => shell::companion(&view, task),
    };
    view! {
        <Html attr:lang=lang attr:data-part=part attr:data-screen=screen/>
        {page}
    }
    .into_any()
}

const fn house(view: &View) -> House {
    match &view.screen {
        Screen::EnrollTotp(_) | Screen::Instructions | Screen::CaseForm(_) => House::WideDoor,
        Screen::Start(_)
        | Screen::Overview(_)
        | Screen::ChangePin(_)
        | Screen::Factor(_)
        | Screen::Sessions(_)
        | Screen::ProfileFactor(_)
        | Screen::ProfilePassword
        | Screen::Approvals(_)
        | Screen::Approval(_)
        | Screen::Profile(_) => House::Room,
        // Also in the middle of a first sign-in, and then it is a task of the door.
        Screen::RequestApproval(_) if view.frame.person.is_some() => House::Room,
        Screen::DeskQueue(_)
        | Screen::DeskCase(_)
        | Screen::DeskPeople(_)
        | Screen::DeskPerson(_)
        | Screen::AdminHome(_)
        | Screen::AdminPeople(_)
        | Screen::AdminPerson(_)
        | Screen::AdminInvitations(_)
        | Screen::AdminRoles(_)
        | Screen::AdminAnnouncements(_)
        | Screen::AdminApplications(_)
        | Screen::AdminApplication(_)
        | Screen::AdminTransfers(_)
        | Screen::AdminTransfer(_)
        | Screen::AdminAudit(_)
        | Screen::AdminPolicy(_) => House::Desk,
        Screen::Phone(_) | Screen::AddPhone(_) => House::Companion,
        _ => House::Door,
    }
}
