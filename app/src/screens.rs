//! Every page: the task of a view, inside the shell of its place.

mod failed;
mod shell;

pub use failed::failed;

use crate::{
    admin,
    browser::focus,
    flows::{
        choose_method, enroll_email, enroll_passkey, enroll_totp, manage_factors, not_me, profile,
        prove, recovery_codes, reset_password, sessions, sign_in,
    },
    pages::{not_found, start},
};
use domain::{
    place::Place,
    screen::{CodePurpose, Screen, View},
};
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
}

/// The page of a view.
pub fn render(view: View) -> AnyView {
    Effect::new(move |_| focus::arrived());
    let lang = view.frame.lang.code();
    let task = task(&view);
    let page = match house(&view) {
        House::Door => shell::door(&view, false, task),
        House::WideDoor => shell::door(&view, true, task),
        House::Room => shell::room(&view, task),
        House::Desk => shell::desk(&view, task),
    };
    view! {
        <Html attr:lang=lang/>
        {page}
    }
    .into_any()
}

const fn house(view: &View) -> House {
    match &view.screen {
        Screen::EnrollTotp(_) => House::WideDoor,
        Screen::Start(_)
        | Screen::Overview(_)
        | Screen::Factor(_)
        | Screen::Sessions(_)
        | Screen::Profile(_) => House::Room,
        Screen::AdminHome(_)
        | Screen::AdminPeople(_)
        | Screen::AdminPerson(_)
        | Screen::AdminInvitations(_) => House::Desk,
        _ => House::Door,
    }
}

fn task(view: &View) -> AnyView {
    match &view.screen {
        Screen::Start(screen) => start::page(view, screen),
        Screen::Identify(screen) => sign_in::page(view, screen),
        Screen::Code(task) if matches!(task.purpose, CodePurpose::Enroll) => {
            enroll_email::page(view, task)
        }
        Screen::Code(task) => prove::code(view, task),
        Screen::Passkey(task) => prove::passkey(view, task),
        Screen::AnotherWay(screen) => prove::another_way(view, screen, purpose(view)),
        Screen::ChooseMethod(screen) => choose_method::page(view, screen),
        Screen::NoSecondFactorYet => choose_method::no_second_factor_yet(view),
        Screen::EnrollTotp(screen) => enroll_totp::page(view, screen),
        Screen::EnrollPasskey(screen) => enroll_passkey::page(view, screen),
        Screen::Forgot(screen) => reset_password::forgot(view, screen),
        Screen::MailSent(screen) => reset_password::mail_sent(view, screen),
        Screen::ConfirmLink(screen) => reset_password::confirm_link(view, screen),
        Screen::DeadLink(screen) => reset_password::dead_link(view, screen),
        Screen::NewPassword(screen) => reset_password::new_password(view, screen),
        Screen::RecoveryCodes(screen) => recovery_codes::page(view, screen),
        Screen::Overview(screen) => manage_factors::overview(view, screen),
        Screen::Factor(screen) => manage_factors::factor(view, screen),
        Screen::Sessions(screen) => sessions::page(view, screen),
        Screen::Profile(screen) => profile::page(view, screen),
        Screen::NotMe(screen) => not_me::page(view, screen),
        Screen::AdminHome(_)
        | Screen::AdminPeople(_)
        | Screen::AdminPerson(_)
        | Screen::AdminInvitations(_) => admin::render(view),
        Screen::NotFound => not_found::page(view),
    }
}

/// What a choice of ways is for: its address says it.
fn purpose(view: &View) -> CodePurpose {
    match Place::parse(&view.frame.path) {
        Some(Place::SignIn(_)) | None => CodePurpose::SignIn,
        Some(Place::Test(_) | Place::Factor(..)) => CodePurpose::Test,
        Some(_) => CodePurpose::Confirm,
    }
}
