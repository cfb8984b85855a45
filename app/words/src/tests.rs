//! What can be checked about words without reading them.

use crate::{audit, factor, frame, news, refusal, refusal::About};
use domain::{
    Code, FactorKind, Field, Lang, Refusal,
    audit::Action,
    policy::LoginKind,
    screen::{AuditVerdict, News, PersonChange},
};

type Said = (&'static str, &'static str, &'static str);

const ALL: &[(&str, &[Said])] = &[
    ("admin", crate::admin::SAID),
    ("announcements", crate::announcements::SAID),
    ("applications", crate::applications::SAID),
    ("approval", crate::approval::SAID),
    ("audit_trail", crate::audit_trail::SAID),
    ("call", crate::call::SAID),
    ("line", crate::line::SAID),
    ("caller", crate::caller::SAID),
    ("capture", crate::capture::SAID),
    ("cases", crate::cases::SAID),
    ("desk", crate::desk::SAID),
    ("enroll", crate::enroll::SAID),
    ("frame", crate::frame::SAID),
    ("instructions", crate::instructions::SAID),
    ("not_me", crate::not_me::SAID),
    ("oidc", crate::oidc::SAID),
    ("overview", crate::overview::SAID),
    ("profile", crate::profile::SAID),
    ("prove", crate::prove::SAID),
    ("read_policy", crate::read_policy::SAID),
    ("recovery", crate::recovery::SAID),
    ("refusal", crate::refusal::SAID),
    ("register", crate::register::SAID),
    ("reset", crate::reset::SAID),
    ("reset_pin", crate::reset_pin::SAID),
    ("phone", crate::phone::SAID),
    ("pin", crate::pin::SAID),
    ("roles", crate::roles::SAID),
    ("sessions", crate::sessions::SAID),
    ("sign_in", crate::sign_in::SAID),
    ("start", crate::start::SAID),
    ("transfers", crate::transfers::SAID),
];

/// The house style, as far as a program can see it.
fn styled(place: &str, en: &str, de: &str) {
    for text in [en, de] {
        assert!(!text.trim().is_empty(), "{place}: empty");
        assert!(!text.contains('!'), "{place}: exclamation mark in {text:?}");
        assert!(
            !text.contains('"') && !text.contains('\''),
            "{place}: straight quote in {text:?}"
        );
        assert!(!text.contains("  "), "{place}: two spaces in {text:?}");
        assert!(!text.contains("..."), "{place}: three dots in {text:?}");
    }
    assert!(!en.contains('„'), "{place}: German quote in {en:?}");
    assert!(!de.contains('”'), "{place}: English quote in {de:?}");
    // The one label that the guide words itself (workforce, I.10).
    if en == "Please enter your emergency password" {
        return;
    }
    for wrong in ["invalid", "email ", "Invalid", "Oops", "Please"] {
        assert!(!en.contains(wrong), "{place}: {wrong:?} in {en:?}");
    }
    for wrong in [" du ", " dein", "ungültige", "Ungültige"] {
        assert!(!de.contains(wrong), "{place}: {wrong:?} in {de:?}");
    }
    // A sentence is never the same in both languages; a word may be.
    if en.contains(". ") || en.ends_with('.') {
        assert_ne!(en, de, "{place}: not translated");
    }
}

#[test]
fn every_text_keeps_the_house_style() {
    for (module, said) in ALL {
        for (name, en, de) in *said {
            // The columns of a CSV are called what they are called.
            if *name != "csv_hint" {
                styled(&format!("{module}::{name}"), en, de);
            }
        }
    }
}

fn differ(place: &str, say: impl Fn(Lang) -> String) {
    let (en, de) = (say(Lang::En), say(Lang::De));
    styled(place, &en, &de);
    assert_ne!(en, de, "{place}: not translated");
}

/// One of each; adding a code makes `named` below fail to compile, which leads
/// whoever adds it here.
fn codes() -> Vec<Code> {
    let all = vec![
        Code::WrongCredentials,
        Code::Missing,
        Code::TooLong,
        Code::ControlCharacters,
        Code::NotAnAddress,
        Code::WrongCode,
        Code::UsedCode,
        Code::ExpiredCode,
        Code::Wait { seconds: 30 },
        Code::FactorDisabled,
        Code::NewCodeNeeded,
        Code::PasswordTooShort { least: 12 },
        Code::PasswordTooLong { most: 200 },
        Code::PasswordCommon,
        Code::PasswordPersonal,
        Code::PasswordGuessable,
        Code::PasswordUnchanged,
        Code::RepeatDiffers,
        Code::ChooseOne,
        Code::NotOffered,
        Code::NoSecondFactorYet,
        Code::OtherRealm {
            name: "Cloud".into(),
            path: "/cloud/sign-in".into(),
        },
        Code::PhoneSilent,
        Code::PhoneDeclined,
        Code::NotReachable,
        Code::NoPhoneToCheck,
        Code::NoProofToCheck,
        Code::NumberAbroad,
        Code::NumberRefused,
        Code::NumberOfService,
        Code::NoSmsThere,
        Code::NotOnRecord,
        Code::NumberKnown,
        Code::NotInRange { least: 1, most: 60 },
        Code::NoManager,
        Code::NoSuchManager,
        Code::NotTheirManager,
        Code::NotApproved,
        Code::ApprovalOver,
        Code::ApprovalThere,
        Code::NoSuchDeputy,
        Code::LinesStopped,
        Code::PhoneUnknown,
        Code::NotVerified,
        Code::CannotUse,
        Code::TooManyIssued,
        Code::EmergencyGone,
        Code::PasskeyFailed,
        Code::PasskeyKnown,
        Code::PasskeyUnknown,
        Code::StartAgain,
        Code::LinkUsed,
        Code::LinkExpired,
        Code::LinkUnknown,
        Code::LastWayIn,
        Code::NameTaken,
        Code::EnoughFactors { most: 10 },
        Code::TriesShut,
        Code::SetUpAlready,
        Code::Frozen,
        Code::AddressKnown,
        Code::NotStaff,
        Code::OwnRole,
        Code::RoleThere,
        Code::AlreadyThere,
        Code::TwiceInFile,
        Code::TypeAgain,
        Code::TooMany { most: 1000 },
        Code::BadCsv { line: 3 },
        Code::ChangedMeanwhile,
        Code::NotAnId,
        Code::IdTaken,
        Code::UnsafeAddress,
        Code::HostTaken,
        Code::NotADay,
        Code::NobodyOpens,
        Code::PortalsHost,
        Code::NoProtocol,
    ];
    assert_eq!(all.len(), 78, "a code is missing in this list");
    all
}

const FIELDS: [Field; 22] = [
    Field::Login,
    Field::Password,
    Field::Pin,
    Field::Code,
    Field::NewPassword,
    Field::Repeat,
    Field::Method,
    Field::Name,
    Field::Email,
    Field::Csv,
    Field::Person,
    Field::Action,
    Field::Outcome,
    Field::NameEn,
    Field::NameDe,
    Field::ClientId,
    Field::Url,
    Field::RedirectUris,
    Field::AfterUris,
    Field::BackchannelUri,
    Field::Manager,
    Field::Page,
];

#[test]
fn every_refusal_has_a_sentence_in_both_languages() {
    let logins = [
        LoginKind::Email,
        LoginKind::LoginId,
        LoginKind::QNumber,
        LoginKind::UserName,
    ];
    for code in codes() {
        for field in FIELDS {
            let refusal = Refusal::at(field, code.clone());
            let abouts = logins
                .map(About::login)
                .into_iter()
                .chain(FactorKind::ALL.map(About::factor));
            for about in abouts.chain([About::default()]) {
                differ("refusal", |l| refusal::text(l, &refusal, about));
                differ("refusal, short", |l| refusal::summary(l, &refusal, about));
                assert!(refusal::text(Lang::En, &refusal, about).ends_with('.'));
                if field != Field::Page {
                    assert!(!refusal::summary(Lang::De, &refusal, about).ends_with('.'));
                }
            }
        }
    }
}

#[test]
fn every_action_has_a_sentence_in_both_languages() {
    for action in Action::ALL {
        differ(action.slug(), |l| audit::action(l, *action).to_owned());
        differ(action.slug(), |l| {
            audit::line(l, action.slug(), false, Some(FactorKind::Totp))
        });
    }
    assert_eq!(
        audit::line(Lang::En, "something_new", true, None),
        "something_new"
    );
}

#[test]
fn every_verdict_on_the_trail_has_its_words_and_what_follows() {
    for one in [
        AuditVerdict::Whole(1),
        AuditVerdict::Whole(1200),
        AuditVerdict::WholeWithoutHead(3),
        AuditVerdict::Altered(3),
        AuditVerdict::Missing(3),
        AuditVerdict::Cut {
            found: 4,
            expected: 5,
        },
        AuditVerdict::ForgedHead,
        AuditVerdict::TooLong,
    ] {
        differ("verdict", |l| crate::audit_trail::verdict(l, one).0);
        differ("verdict", |l| {
            crate::audit_trail::verdict(l, one).1.to_owned()
        });
    }
    for word in domain::trail::NOBODIES {
        differ(word, |l| crate::audit_trail::word(l, word).to_owned());
    }
}

#[test]
fn all_news_exist_in_both_languages() {
    let mut all = vec![
        News::PasswordSet {
            login: "tess@example.com".to_owned(),
        },
        News::SignedOutHere {
            login: "tess@example.com".to_owned(),
        },
        News::OtherAccount,
        News::SignedOut,
        News::FactorRenamed,
        News::SessionEnded,
        News::DeviceForgotten,
        News::ConsentWithdrawn,
        News::PinChanged,
        News::DeskCodeTyped,
        News::FactorGone,
        News::Vouched,
        News::VouchRefused,
        News::EnrollAnew,
        News::PasswordFirst,
        News::ApprovalAsked,
        News::ApprovalWithdrawn,
        News::ChangeCancelled,
        News::SwitchDropped,
        News::NumberMoved,
        News::ApprovalGiven,
        News::ApprovalDeclined,
        News::DeputyNamed,
        News::DeputyEnded,
        News::LineSwitched(FactorKind::Sms),
        News::LineReleased,
        News::EmergencyVoided,
        News::EmergencyApproved,
        News::EmergencyAgreed,
        News::PhoneReachable,
        News::PhoneAnswered(domain::phone::Decision::Accept),
        News::PhoneAnswered(domain::phone::Decision::Decline),
        News::PhoneAnswered(domain::phone::Decision::NotMe),
        News::CaseConfirmed,
        News::CaseStopped,
        News::ActAsked,
        News::ActRefused,
        News::RoleGiven,
        News::RoleTaken,
        News::OtherSessionsEnded,
        News::AddressAdded,
        News::AddressRemoved,
        News::CodeSent,
        News::CodeAgain,
        News::CodesSaved,
        News::Frozen,
        News::Invited,
        News::TransferCancelled,
        News::InvitationRevoked,
        News::ApplicationAdded,
        News::ApplicationChanged,
        News::SecretsForgotten,
        News::ApplicationOff,
        News::ApplicationOn,
        News::ProfileSaved,
        News::NumberSaved,
        News::ManagerSaved,
        News::LinkSent,
    ];
    for kind in FactorKind::ALL {
        all.extend([
            News::FactorAdded(kind),
            News::FactorRemoved(kind),
            News::FactorWorks(kind),
        ]);
    }
    for change in [
        PersonChange::Unlocked,
        PersonChange::FreezeLifted,
        PersonChange::SessionsEnded,
        PersonChange::Disabled,
        PersonChange::Enabled,
        PersonChange::InvitedAnew,
    ] {
        all.push(News::PersonChanged(change));
    }
    for one in all {
        differ("news", |l| news::text(l, &one).0);
        assert_eq!(
            news::text(Lang::En, &one).1.is_empty(),
            news::text(Lang::De, &one).1.is_empty()
        );
    }
}

#[test]
fn every_factor_is_explained_in_both_languages() {
    for kind in FactorKind::ALL {
        differ(kind.slug(), |l| factor::about(l, kind, ""));
        differ(kind.slug(), |l| {
            factor::about(l, kind, "j•••••@example.com").replace("@", "")
        });
    }
}

#[test]
fn how_far_a_code_has_come_is_told_in_both_languages() {
    use domain::delivery::{Delivery, Why};
    let failed = Why::ALL.map(Delivery::Failed);
    let all = [Delivery::Waiting, Delivery::Sent, Delivery::Delivered];
    for now in all.into_iter().chain(failed) {
        for kind in [FactorKind::Sms, FactorKind::Voice] {
            differ("delivery", |l| {
                crate::line::delivery(l, kind, now).to_owned()
            });
        }
    }
    for why in Why::ALL {
        differ("undelivered", |l| {
            crate::line::undelivered(l, why).to_owned()
        });
    }
}

#[test]
fn every_region_is_named_in_both_languages() {
    use crate::start;
    use domain::region::Region;
    for region in Region::ALL {
        differ(region.slug(), |l| start::region(l, region));
    }
    assert_eq!(
        start::region(Lang::De, Region::AfricaMiddleEast),
        "Afrika und Naher Osten"
    );
    differ("straight", |l| start::straight(l, "Cloud"));
    assert_eq!(start::sign_ins(Lang::En, 1), "1 sign-in");
}

#[test]
fn numbers_go_with_their_nouns() {
    use crate::count::{clock, digits, duration, rows};
    assert_eq!(duration(Lang::En, 0), "1 second");
    assert_eq!(duration(Lang::De, 30), "30 Sekunden");
    assert_eq!(duration(Lang::En, 120), "2 minutes");
    assert_eq!(duration(Lang::De, 121), "3 Minuten");
    assert_eq!(duration(Lang::En, 7200), "2 hours");
    assert_eq!(clock(25), "0:25");
    assert_eq!(clock(-1), "0:00");
    assert_eq!(digits(Lang::De, 6), "Sechs Ziffern");
    assert_eq!(digits(Lang::En, 16), "16 digits");
    assert_eq!(rows(Lang::De, 1), "1 Zeile");
}

#[test]
fn the_labels_of_the_guides_are_literal() {
    assert_eq!(factor::choice(Lang::De, FactorKind::Totp), "TOTP-Gerät");
    assert_eq!(
        factor::choice(Lang::En, FactorKind::Passkey),
        "WebAuthn device (passkey)"
    );
    assert_eq!(factor::choice(Lang::En, FactorKind::Email), "E-mail");
    assert_eq!(
        crate::enroll::choose_first(Lang::De),
        "Wählen Sie Ihre sichere Methode"
    );
    assert_eq!(
        crate::reset::link_submit(Lang::De, domain::link::Purpose::Invitation),
        "Konto einrichten"
    );
    assert_eq!(
        crate::reset::link_submit(Lang::En, domain::link::Purpose::ResetPassword),
        "Continue"
    );
    assert_eq!(
        crate::overview::title(Lang::De),
        "Übersicht der Authentifikatoren"
    );
    assert_eq!(frame::proceed(Lang::De), "Weiter");
}
