//! The parts of the program: the door is there from the start, the others are
//! fetched when the first of their pages is shown. People who only sign in
//! never load what administrators see.
//!
//! A part is a function behind a split point (`frontend/bundle` cuts the module
//! there). The server has all of it and waits for nothing.

use domain::{
    FactorKind,
    screen::{CodePurpose, Screen, View},
};
use leptos::prelude::*;
use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

/// A part of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Signing in, getting back in, and what needs nobody.
    Door,
    /// The map: who comes by a link or a bookmark never sees it.
    Start,
    /// Setting factors up.
    Enroll,
    /// One's own place: factors, sessions, profile.
    Home,
    /// Administration.
    Admin,
    /// The service desk.
    Desk,
    /// The phone that approves, what waits for it or for a code by telephone, and a
    /// forgotten PIN.
    Phone,
}

impl Part {
    /// The part that draws a screen.
    pub const fn of(screen: &Screen) -> Self {
        match screen {
            Screen::Identify(_)
            | Screen::Passkey(_)
            | Screen::AnotherWay(_)
            | Screen::Forgot(_)
            | Screen::MailSent(_)
            | Screen::ConfirmLink(_)
            | Screen::DeadLink(_)
            | Screen::NewPassword(_)
            | Screen::NotFound => Self::Door,
            Screen::Start(_) => Self::Start,
            Screen::Code(task) => match (task.purpose, task.kind) {
                (_, FactorKind::Sms | FactorKind::Voice) => Self::Phone,
                (CodePurpose::Enroll, _) => Self::Enroll,
                _ => Self::Door,
            },
            Screen::ChooseMethod(_)
            | Screen::CaptureAddress(_)
            | Screen::AdviseApp
            | Screen::Instructions
            | Screen::NoSecondFactorYet
            | Screen::EnrollTotp(_)
            | Screen::EnrollPasskey(_)
            | Screen::Announcements(_)
            | Screen::Register(_)
            | Screen::CaseForm(_)
            | Screen::CaseState(_)
            | Screen::UndoChange(_)
            | Screen::SetNumber(_)
            | Screen::RequestApproval(_)
            | Screen::ConfirmCase(_)
            | Screen::Vouch(_)
            | Screen::RecoveryCodes(_) => Self::Enroll,
            Screen::Overview(_)
            | Screen::ChangePin(_)
            | Screen::Factor(_)
            | Screen::Sessions(_)
            | Screen::Profile(_)
            | Screen::ProfileFactor(_)
            | Screen::ProfilePassword
            | Screen::Approvals(_)
            | Screen::Approval(_)
            | Screen::NotMe(_) => Self::Home,
            Screen::AdminHome(_)
            | Screen::AdminPeople(_)
            | Screen::AdminPerson(_)
            | Screen::AdminInvitations(_)
            | Screen::AdminRoles(_)
            | Screen::AdminTransfers(_)
            | Screen::AdminTransfer(_)
            | Screen::AdminAnnouncements(_)
            | Screen::AdminApplications(_)
            | Screen::AdminApplication(_)
            | Screen::AdminAudit(_)
            | Screen::AdminPolicy(_) => Self::Admin,
            Screen::DeskQueue(_)
            | Screen::DeskCase(_)
            | Screen::DeskPeople(_)
            | Screen::DeskPerson(_) => Self::Desk,
            Screen::ForgotPin(_)
            | Screen::ChooseChain(_)
            | Screen::Emergency(_)
            | Screen::AwaitDesk(_)
            | Screen::ConfirmCall(_)
            | Screen::Phone(_)
            | Screen::AddPhone(_)
            | Screen::EnrollPhone(_)
            | Screen::AwaitPhone(_) => Self::Phone,
        }
    }

    /// Its name in the page: the browser half reads there what it needs before
    /// it takes the page over.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Door => "door",
            Self::Start => "start",
            Self::Enroll => "enroll",
            Self::Home => "home",
            Self::Admin => "admin",
            Self::Desk => "desk",
            Self::Phone => "phone",
        }
    }

    /// The part with this name; the door for any other.
    pub fn named(name: &str) -> Self {
        [
            Self::Start,
            Self::Enroll,
            Self::Home,
            Self::Admin,
            Self::Desk,
            Self::Phone,
        ]
        .into_iter()
        .find(|part| part.name() == name)
        .unwrap_or(Self::Door)
    }

    /// Fetches the part unless it is here; false when it cannot be had. The next
    /// call tries again.
    pub async fn load(self) -> bool {
        match self {
            Self::Door => true,
            Self::Start => split::preload_start().await.is_ok(),
            Self::Enroll => split::preload_enroll().await.is_ok(),
            Self::Home => split::preload_home().await.is_ok(),
            Self::Admin => split::preload_admin().await.is_ok(),
            Self::Desk => split::preload_desk().await.is_ok(),
            Self::Phone => split::preload_phone().await.is_ok(),
        }
    }
}

/// The task of a view whose part is here; nothing before that.
pub fn draw(view: &View) -> Option<AnyView> {
    let view = view.clone();
    match Part::of(&view.screen) {
        Part::Door => Some(split::door(&view)),
        Part::Start => at_once(split::start(view))?.ok(),
        Part::Enroll => at_once(split::enroll(view))?.ok(),
        Part::Home => at_once(split::home(view))?.ok(),
        Part::Admin => at_once(split::admin(view))?.ok(),
        Part::Desk => at_once(split::desk(view))?.ok(),
        Part::Phone => at_once(split::phone(view))?.ok(),
    }
}

/// What a future has without waiting: calls behind a split point are `async`
/// even when the part is here.
fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// The split points, and which page draws which screen.
mod split {
    use crate::{
        admin, desk,
        flows::{
            approval, capture_address, change_pin, choose_method, confirm_call, confirm_case,
            enroll_email, enroll_line, enroll_passkey, enroll_phone, enroll_totp, follow_case,
            lost_phone, manage_factors, not_me, profile, prove, recovery_codes, register,
            reset_password, reset_pin, sessions, sign_in, undo_change, vouch, wrong_address,
        },
        pages::{announcements, instructions, not_found, start},
        phone,
    };
    use domain::{
        cases::CaseKind,
        place::Place,
        screen::{CodePurpose, Screen, View},
    };
    use leptos::{
        prelude::*,
        wasm_split::{SplitLoaderError, wasm_split},
    };

    pub fn door(view: &View) -> AnyView {
        match &view.screen {
            Screen::Identify(screen) => sign_in::page(view, screen),
            Screen::Code(task) => prove::code(view, task),
            Screen::Passkey(task) => prove::passkey(view, task),
            Screen::AnotherWay(screen) => prove::another_way(view, screen, purpose(view)),
            Screen::Forgot(screen) => reset_password::forgot(view, screen),
            Screen::MailSent(screen) => reset_password::mail_sent(view, screen),
            Screen::ConfirmLink(screen) => reset_password::confirm_link(view, screen),
            Screen::DeadLink(screen) => reset_password::dead_link(view, screen),
            Screen::NewPassword(screen) => reset_password::new_password(view, screen),
            Screen::NotFound => not_found::page(view),
            _ => ().into_any(),
        }
    }

    #[wasm_split(start, wasm_split_path = ::leptos::wasm_split, preload(preload_start), fallible)]
    pub fn start(view: View) -> Result<AnyView, SplitLoaderError> {
        Ok(match &view.screen {
            Screen::Start(screen) => start::page(&view, screen),
            _ => ().into_any(),
        })
    }

    #[wasm_split(enroll, wasm_split_path = ::leptos::wasm_split, preload(preload_enroll), fallible)]
    pub fn enroll(view: View) -> Result<AnyView, SplitLoaderError> {
        let view = &view;
        Ok(match &view.screen {
            Screen::Code(task) => enroll_email::page(view, task),
            Screen::SetNumber(screen) => enroll_line::number(view, screen),
            Screen::RequestApproval(screen) => approval::request(view, screen),
            Screen::ChooseMethod(screen) => choose_method::page(view, screen),
            Screen::CaptureAddress(screen) => capture_address::page(view, screen),
            Screen::NoSecondFactorYet => choose_method::no_second_factor_yet(view),
            Screen::AdviseApp => enroll_totp::advice(view),
            Screen::Instructions => instructions::page(view),
            Screen::EnrollTotp(screen) => enroll_totp::page(view, screen),
            Screen::EnrollPasskey(screen) => enroll_passkey::page(view, screen),
            Screen::Announcements(screen) => announcements::page(view, screen),
            Screen::Register(screen) => register::page(view, screen),
            Screen::CaseForm(screen) => match screen.kind {
                CaseKind::LostPhone => lost_phone::page(view, screen),
                CaseKind::WrongAddress => wrong_address::page(view, screen),
            },
            Screen::CaseState(screen) => follow_case::page(view, screen),
            Screen::ConfirmCase(screen) => confirm_case::page(view, screen),
            Screen::Vouch(screen) => vouch::page(view, screen),
            Screen::UndoChange(screen) => undo_change::page(view, screen),
            Screen::RecoveryCodes(screen) => recovery_codes::page(view, screen),
            _ => ().into_any(),
        })
    }

    #[wasm_split(home, wasm_split_path = ::leptos::wasm_split, preload(preload_home), fallible)]
    pub fn home(view: View) -> Result<AnyView, SplitLoaderError> {
        let view = &view;
        Ok(match &view.screen {
            Screen::Overview(screen) => manage_factors::overview(view, screen),
            Screen::Factor(screen) => manage_factors::factor(view, screen),
            Screen::ChangePin(screen) => change_pin::page(view, screen),
            Screen::Sessions(screen) => sessions::page(view, screen),
            Screen::Profile(screen) => profile::page(view, screen),
            Screen::ProfileFactor(screen) => profile::factor(view, screen),
            Screen::ProfilePassword => profile::password(view),
            Screen::Approvals(screen) => approval::list(view, screen),
            Screen::Approval(screen) => approval::page(view, screen),
            Screen::NotMe(screen) => not_me::page(view, screen),
            _ => ().into_any(),
        })
    }

    #[wasm_split(admin, wasm_split_path = ::leptos::wasm_split, preload(preload_admin), fallible)]
    pub fn admin(view: View) -> Result<AnyView, SplitLoaderError> {
        Ok(admin::render(&view))
    }

    #[wasm_split(desk, wasm_split_path = ::leptos::wasm_split, preload(preload_desk), fallible)]
    pub fn desk(view: View) -> Result<AnyView, SplitLoaderError> {
        Ok(desk::render(&view))
    }

    #[wasm_split(phone, wasm_split_path = ::leptos::wasm_split, preload(preload_phone), fallible)]
    pub fn phone(view: View) -> Result<AnyView, SplitLoaderError> {
        let view = &view;
        Ok(match &view.screen {
            Screen::Phone(screen) => phone::page(view, screen),
            Screen::AddPhone(screen) => enroll_phone::add(view, screen),
            Screen::EnrollPhone(screen) => enroll_phone::page(view, screen),
            Screen::AwaitPhone(task) => prove::await_phone(view, task),
            Screen::Code(task) if task.purpose == CodePurpose::Enroll => {
                enroll_line::code(view, task)
            }
            Screen::Code(task) => prove::line_code(view, task),
            Screen::ForgotPin(screen) => reset_pin::forgot(view, screen),
            Screen::ChooseChain(screen) => reset_pin::chain(view, screen),
            Screen::Emergency(task) => reset_pin::emergency(view, task),
            Screen::AwaitDesk(task) => reset_pin::await_desk(view, task),
            Screen::ConfirmCall(screen) => confirm_call::page(view, screen),
            _ => ().into_any(),
        })
    }

    /// What a choice of ways is for: its address says it.
    fn purpose(view: &View) -> CodePurpose {
        match Place::parse(&view.frame.path) {
            Some(Place::SignIn(_)) | None => CodePurpose::SignIn,
            Some(Place::Test(_) | Place::Factor(..)) => CodePurpose::Test,
            Some(_) => CodePurpose::Confirm,
        }
    }
}
