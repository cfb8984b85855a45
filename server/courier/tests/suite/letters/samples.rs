//! One of everything that is mailed.

use courier::{Contact, Reader};
use domain::{
    FactorKind, Lang, Timestamp,
    approval::Told,
    ids::FactorId,
    link::Anew,
    message::{Alarm, Asked, Message, Notice},
    phone::Purpose,
    secret::Secret,
};
/// 21 November 2025, 10:42 in Berlin.
pub const NOW: Timestamp = Timestamp::from_millis(1_763_718_120_000);
pub const LINK: &str = "https://rekey.example/customers/reset?t=AB-12&x=1";

pub fn reader(lang: Lang) -> Reader {
    Reader {
        lang,
        name: Some("Maria Lenz".into()),
        realm_name: "Handel".into(),
        brand: "#b4572a".into(),
        zone: "Europe/Berlin".into(),
        contact: Contact {
            phone: Some("+49 89 5550 100".into()),
            hours: Some("6-22".into()),
            email: Some("desk@rekey.example".into()),
        },
        now: NOW,
    }
}

pub fn asked() -> Asked {
    Asked {
        browser: "Firefox 128.0 on Windows".into(),
        address: "203.0.113.7".into(),
        at: NOW,
    }
}

pub fn code() -> Secret {
    Secret::new("481930")
}

pub fn link() -> Secret {
    Secret::new(LINK)
}

pub fn notice(what: Notice) -> Message {
    Message::Notice {
        what,
        at: NOW,
        asked: asked(),
        not_me: link(),
        undo: None,
    }
}

pub fn notices() -> Vec<Notice> {
    let address = || "m…z@autohaus-lenz.example".to_owned();
    let mut all = vec![
        Notice::PasswordSet,
        Notice::PinSet,
        Notice::RecoveryCodesMade,
        Notice::RecoveryCodeUsed { left: 0 },
        Notice::RecoveryCodeUsed { left: 1 },
        Notice::RecoveryCodeUsed { left: 2 },
        Notice::RecoveryCodeUsed { left: 9 },
        Notice::PasskeyCloned {
            name: "Pixel 9".into(),
        },
        Notice::AddressAdded { address: address() },
        Notice::AddressRemoved { address: address() },
        Notice::NewBrowser,
        Notice::EmergencyIssued { valid_until: NOW },
        Notice::EmergencyUsed,
        Notice::EmergencyVoided,
        Notice::CalledBack {
            number: "••••• 78".to_owned(),
        },
        Notice::NumberChanged {
            number: "••••• 78".to_owned(),
        },
        Notice::NumberChanged {
            number: String::new(),
        },
        Notice::ManagerChanged {
            manager: "Renate Vogt".to_owned(),
        },
        Notice::ManagerChanged {
            manager: String::new(),
        },
        Notice::ManagerVouched {
            manager: "Ada Brandt".to_owned(),
        },
        Notice::NumberMoved {
            kind: FactorKind::Sms,
            number: "••••• 78".to_owned(),
        },
        Notice::LineSwitched {
            kind: FactorKind::Voice,
            number: "••••• 78".to_owned(),
        },
        Notice::Deputy {
            name: "Stefan Dorn".to_owned(),
            days: 3,
        },
        Notice::StandsIn {
            name: "Renate Vogt".to_owned(),
            days: 3,
        },
        Notice::EnrollAnew {
            minutes: 60,
            anew: Anew::Passkey,
        },
        Notice::EnrollAnew {
            minutes: 60,
            anew: Anew::Line,
        },
        Notice::PhoneLeftInPeace,
        Notice::PinChanged,
        Notice::Frozen,
        Notice::FreezeLifted,
        Notice::Disabled,
        Notice::Enabled,
        Notice::Unlocked,
    ];
    for told in [
        Told::Asked { due_at: NOW },
        Told::Approved { until: NOW },
        Told::Declined {
            reason: "Use the app".to_owned(),
        },
        Told::Lapsed,
    ] {
        all.push(Notice::Approval {
            name: "AP-20417".to_owned(),
            kind: FactorKind::Sms,
            number: "••••• 78".to_owned(),
            told,
        });
    }
    for kind in FactorKind::ALL {
        all.push(Notice::FactorAdded {
            kind,
            name: "Pixel 9".into(),
        });
        all.push(Notice::FactorRemoved {
            kind,
            name: String::new(),
        });
        all.push(Notice::Locked { kind });
    }
    all
}

pub fn messages() -> Vec<Message> {
    let soon = NOW.plus_seconds(15 * 60);
    let mut all = vec![
        Message::Invitation {
            link: link(),
            valid_until: NOW.plus_seconds(7 * 86400),
        },
        Message::ResetPassword {
            link: link(),
            code: Secret::new("48193012"),
            valid_until: NOW.plus_seconds(3600),
            asked: asked(),
        },
        Message::ResetWithoutAccount,
        Message::SignInCode {
            zone: String::new(),
            code: code(),
            valid_until: soon,
            asked: asked(),
        },
        Message::ConfirmAddress {
            zone: String::new(),
            code: code(),
            valid_until: soon,
        },
        Message::Alert {
            why: Alarm::NotMe,
            who: "Petra Vogel (Q471109)".to_owned(),
            link: link(),
        },
        Message::Alert {
            why: Alarm::ManyIssued,
            who: "Jonas Berger (Q200001)".to_owned(),
            link: link(),
        },
        Message::Alert {
            why: Alarm::ManyToPrefix,
            who: "+4917139".to_owned(),
            link: link(),
        },
        Message::Alert {
            why: Alarm::ManyToNumber,
            who: "••••• 78".to_owned(),
            link: link(),
        },
        Message::Alert {
            why: Alarm::ManyToday,
            who: String::new(),
            link: link(),
        },
        Message::Alert {
            why: Alarm::BudgetSpent,
            who: String::new(),
            link: link(),
        },
        Message::Alert {
            why: Alarm::Denied,
            who: "Jonas Berger (Q200001)".to_owned(),
            link: link(),
        },
        Message::PhoneAsked {
            factor: FactorId::new("f"),
            purpose: Purpose::SignIn,
            valid_until: soon,
        },
        Message::AddressCode {
            code: Secret::new("0K3D-9F2M-X7QA-41BC"),
            who: "Paul Lenz (lenz02)".to_owned(),
            valid_until: NOW.plus_seconds(7 * 86400),
        },
        Message::Vouch {
            call: "CL-20412".to_owned(),
            who: "Jonas Berger".to_owned(),
            agent: "Mara Lindqvist".to_owned(),
            link: link(),
            valid_until: soon,
        },
        Message::Approve {
            name: "AP-20417".to_owned(),
            who: "Katrin Wolf".to_owned(),
            kind: FactorKind::Sms,
            again: false,
            link: link(),
            valid_until: soon,
        },
        Message::LineLeft { at: NOW },
        Message::ConfirmCase {
            name: "LP-20318".to_owned(),
            who: "Noor Haddad".to_owned(),
            link: link(),
        },
        Message::EnrollLink {
            link: link(),
            valid_until: NOW.plus_seconds(86400),
            anew: Anew::Passkey,
        },
        Message::EnrollLink {
            link: link(),
            valid_until: NOW.plus_seconds(86400),
            anew: Anew::Line,
        },
    ];
    all.extend(notices().into_iter().map(notice));
    all
}
