//! The service desk: the queue, a case, people. Nothing outside this folder names
//! anything inside it but [`render`], so that it is a part of its own that other
//! people never load.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `DeskQueue`: filters and pages are plain links; CSV at `/desk/cases.csv`; looks again by itself (`browser::live`) | – | `flows::desk::queue` | `DeskCase` |
//! | `DeskCase` | [`api::MoveCase`] | `flows::desk::move_case` | the same page with the news, or with what a colleague did meanwhile |
//! | `DeskPeople` | – | `flows::desk::people` | `DeskPerson` |
//! | `DeskPerson`: an act of [`domain::desk_act::DeskAct`] | [`api::DeskDo`] | `flows::desk::act` | the same page with the news; on a protected account it waits there for a second agent |
//! | `DeskPerson`: what waits | [`api::DeskSecond`] | `flows::desk::second` | the same page with the news |
//! | `DeskPerson`: "Begin a call", "End the call" | [`api::DeskCall`] | `flows::desk::call` | the same page; the first thing done for a caller begins one as well |
//! | `DeskPerson`: the code on their smartphone (`phone`) | [`api::DeskCode`] | `flows::desk::code` | the same page with the news; the phone says who typed it |
//! | `DeskPerson`: "Send test message", "Ask for their passkey", "Ask their manager", "Call the number on record" | [`api::DeskCheck`] | `flows::desk::check` | the same page with the digits; it follows what is answered (`phone`, `confirm_call`, `vouch`) |
//! | `DeskPerson`: "Check digits" that were spoken at the number on record | [`api::DeskCallBack`] | `flows::desk::call_back` | the same page with the evidence, or with what was wrong |
//! | `DeskPerson`: "Issue emergency password", of a caller who was verified | [`api::DeskEmergency`] | `flows::desk::emergency` | the same page with the password, once; it is used in `reset_pin` |
//!
//! Messages: `PhoneAsked` to the phone; `Case` and `Notice` to the person, whatever is done.

pub mod api;
mod call;
mod case;
mod check;
mod emergency;
mod people;
mod person;
mod queue;

use crate::ui::{Badge, Tone};
use domain::{
    Lang,
    screen::{Screen, View},
};
use leptos::prelude::*;
use words::desk;

/// The page inside the desk's shell; nothing for screens of other places.
pub fn render(view: &View) -> AnyView {
    match &view.screen {
        Screen::DeskQueue(screen) => queue::page(view, screen),
        Screen::DeskCase(screen) => case::page(view, screen),
        Screen::DeskPeople(screen) => people::page(view, screen),
        Screen::DeskPerson(screen) => person::page(view, screen),
        _ => ().into_any(),
    }
}

/// Where a case stands: icon, word, colour.
fn stage(lang: Lang, slug: &str) -> Badge {
    let (tone, icon) = match slug {
        "open" => (Tone::Idle, "dash"),
        "claimed" => (Tone::Idle, "wait"),
        "seconded" => (Tone::Warn, "user"),
        "approved" | "used" => (Tone::Ok, "check"),
        "declined" | "vetoed" => (Tone::Stop, "stop"),
        _ => (Tone::Idle, "cross"),
    };
    Badge::new(tone, icon, desk::stage(lang, slug))
}
