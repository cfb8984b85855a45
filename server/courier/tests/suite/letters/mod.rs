//! Every mail, in both languages.

mod samples;

use courier::{Contact, Letter, Reader, code_of, link_of, render};
use domain::approval::Told;
use domain::message::{Asked, Message, Notice};
use domain::secret::Secret;
use domain::{FactorKind, Lang, Timestamp};
use samples::{LINK, NOW, asked, code, link, messages, notice, notices, reader};

/// What a mail program shows of the page.
fn shown(html: &str) -> String {
    let body = html.split_once("<body").expect("a body").1;
    let mut out = String::new();
    let mut tag = true;
    for c in body.chars() {
        match c {
            '<' => tag = true,
            '>' if tag => tag = false,
            _ if !tag => out.push(c),
            _ => {}
        }
    }
    out.replace("&#38;", "&")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
}

fn both(message: &Message, lang: Lang) -> Letter {
    render(message, &reader(lang))
}

#[test]
fn every_mail_is_complete_in_both_languages() {
    for message in messages() {
        for lang in Lang::ALL {
            let letter = both(&message, lang);
            let what = format!("{message:?} {lang:?}\n{}\n{}", letter.subject, letter.text);
            let page = shown(&letter.html);

            assert!(
                !letter.subject.is_empty() && letter.subject.chars().count() <= 78,
                "{what}"
            );
            assert!(
                letter
                    .html
                    .contains(&format!("<html lang=\"{}\">", lang.code())),
                "{what}"
            );
            for text in [&letter.text, &page] {
                let (hello, why, question) = match lang {
                    Lang::En => ("Hello Maria Lenz,", "You receive this e-mail because", "?"),
                    Lang::De => (
                        "Guten Tag Maria Lenz,",
                        "Sie erhalten diese E-Mail, weil",
                        "?",
                    ),
                };
                // It goes to somebody else, whose name nobody knows.
                let hello = match message {
                    Message::AddressCode { .. } => "",
                    _ => hello,
                };
                // No e-mail, but shown like one in the demo's mailbox.
                let why = match (&message, lang) {
                    (Message::PhoneAsked { .. }, Lang::En) => "You receive this message because",
                    (Message::PhoneAsked { .. }, Lang::De) => "Sie erhalten diese Nachricht, weil",
                    (Message::LineLeft { .. }, Lang::En) => "You are told because",
                    (Message::LineLeft { .. }, Lang::De) => "Sie erfahren es, weil",
                    _ => why,
                };
                for part in [
                    hello,
                    why,
                    question,
                    "Handel",
                    "+49 89 5550 100, 6-22, desk@rekey.example",
                ] {
                    assert!(text.contains(part), "no {part:?} in {what}");
                }
                assert!(!text.contains('!'), "{what}");
                assert!(!text.contains('{') && !text.contains("  "), "{what}");
            }
            assert!(
                !letter.text.contains("\n\n\n") && !letter.text.contains('<'),
                "{what}"
            );
        }
    }
}

#[test]
fn a_code_stands_first_and_can_be_picked_up() {
    for message in messages() {
        let Some(code) = code_of(&message) else {
            continue;
        };
        let groups = match code.reveal().len() {
            8 => "4819 3012",
            6 => "481 930",
            _ => code.reveal(),
        };
        for lang in Lang::ALL {
            let letter = both(&message, lang);
            assert!(letter.subject.starts_with(groups), "{}", letter.subject);
            assert!(
                letter.text.lines().any(|line| line == groups),
                "{}",
                letter.text
            );
            assert!(
                letter.html.contains(&format!(">{groups}</p>")),
                "{}",
                letter.html
            );
        }
    }
}

#[test]
fn the_link_is_the_only_address_and_stands_there_in_full() {
    for message in messages() {
        for lang in Lang::ALL {
            let letter = both(&message, lang);
            let html = letter.html.replace("&#38;", "&");
            let count = usize::from(link_of(&message).is_some());
            assert_eq!(letter.text.matches(LINK).count(), count, "{}", letter.text);
            assert_eq!(
                html.matches(&format!("href=\"{LINK}\"")).count(),
                count,
                "{html}"
            );
            assert_eq!(html.matches(LINK).count(), 2 * count, "{html}");
            assert_eq!(html.matches("<a ").count(), count, "{html}");
            for text in [letter.text.replace(LINK, ""), html.replace(LINK, "")] {
                let text = text.to_lowercase();
                for bad in [
                    "http", "www.", "src=", "url(", "<img", "<link", "@import", "<script", "//",
                ] {
                    assert!(!text.contains(bad), "{bad} in {text}");
                }
            }
        }
    }
}

#[test]
fn a_notice_has_its_button_unless_there_is_nothing_to_stop() {
    for what in notices() {
        let stopped = matches!(what, Notice::Frozen | Notice::Disabled);
        let message = notice(what);
        assert_eq!(link_of(&message).is_none(), stopped);
        assert_eq!(
            both(&message, Lang::De)
                .text
                .contains("Das war ich nicht:\n"),
            !stopped
        );
        assert_eq!(
            both(&message, Lang::En).text.contains("This was not me:\n"),
            !stopped
        );
    }
    let bare = Message::Notice {
        what: Notice::PinSet,
        at: NOW,
        asked: asked(),
        not_me: Secret::default(),
        undo: None,
    };
    assert_eq!(link_of(&bare), None);
    assert!(!both(&bare, Lang::En).html.contains("<a "));
}

#[test]
fn validity_is_a_span_and_a_clock_time() {
    let find = |slug: &str| {
        messages()
            .into_iter()
            .find(|m| m.slug() == slug)
            .expect("a message")
    };
    for (slug, lang, words) in [
        (
            "sign_in_code",
            Lang::En,
            "It is valid for 15 minutes, until 10:57 (Europe/Berlin), and works once.",
        ),
        (
            "sign_in_code",
            Lang::De,
            "Er gilt 15 Minuten, bis 10:57 Uhr (Europe/Berlin), und nur ein Mal.",
        ),
        (
            "confirm_address",
            Lang::De,
            "Er gilt 15 Minuten, bis 10:57 Uhr (Europe/Berlin), und nur ein Mal.",
        ),
        (
            "reset_password",
            Lang::En,
            "valid for 1 hour, until 11:42 (Europe/Berlin), and work once.",
        ),
        (
            "reset_password",
            Lang::De,
            "Link und Code gelten 1 Stunde, bis 11:42 Uhr (Europe/Berlin), und nur ein Mal.",
        ),
        (
            "invitation",
            Lang::En,
            "valid for 7 days, until 28 November 2025, 10:42 (Europe/Berlin), and works once.",
        ),
        (
            "invitation",
            Lang::De,
            "Der Link gilt 7 Tage, bis zum 28. November 2025, 10:42 Uhr (Europe/Berlin), und nur ein Mal.",
        ),
        (
            "enroll_link",
            Lang::En,
            "valid for 24 hours, until 22 November 2025, 10:42 (Europe/Berlin)",
        ),
    ] {
        let letter = both(&find(slug), lang);
        assert!(letter.text.contains(words), "{}", letter.text);
        assert!(shown(&letter.html).contains(words), "{}", letter.html);
    }
}

#[test]
fn the_day_is_the_readers_and_an_unknown_zone_is_utc() {
    // 23:50 in Berlin: fifteen minutes later is tomorrow there, not in UTC.
    let now = Timestamp::from_millis(1_763_765_400_000);
    let message = Message::ConfirmAddress {
        zone: String::new(),
        code: code(),
        valid_until: now.plus_seconds(900),
    };
    let berlin = Reader {
        now,
        ..reader(Lang::En)
    };
    assert!(
        render(&message, &berlin)
            .text
            .contains("until 22 November 2025, 00:05 (Europe/Berlin)")
    );
    let nowhere = Reader {
        zone: "Mars/Olympus".into(),
        ..berlin
    };
    assert!(
        render(&message, &nowhere)
            .text
            .contains("until 23:05 (UTC)")
    );
}

#[test]
fn says_who_asked() {
    for lang in Lang::ALL {
        let message = Message::SignInCode {
            zone: String::new(),
            code: code(),
            valid_until: NOW.plus_seconds(900),
            asked: asked(),
        };
        let text = both(&message, lang).text;
        for line in match lang {
            Lang::En => [
                "Asked by: Firefox 128.0 on Windows",
                "Network address: 203.0.113.7",
                "Time: 21 November 2025, 10:42 (Europe/Berlin)",
            ],
            Lang::De => [
                "Angefragt von: Firefox 128.0 on Windows",
                "Netzwerkadresse: 203.0.113.7",
                "Zeit: 21. November 2025, 10:42 Uhr (Europe/Berlin)",
            ],
        } {
            assert!(text.lines().any(|l| l == line), "no {line:?} in {text}");
        }
    }
    let silent = Message::SignInCode {
        zone: String::new(),
        code: code(),
        valid_until: NOW,
        asked: Asked::default(),
    };
    assert!(!both(&silent, Lang::En).html.contains("<dl"));
}

#[test]
fn hostile_names_stay_names() {
    for hostile in [
        "<a href=//evil>",
        "Eve\r\nBcc: all@evil.example\n\nhttp://evil.example/now",
        "\"><img src=x onerror=alert(1)>",
        "{{7*7}} {% include \"link.html\" %}",
        "www.evil.example",
        "\u{202e}gnp.exe",
    ] {
        let reader = Reader {
            name: Some(hostile.into()),
            ..reader(Lang::De)
        };
        let asked = Asked {
            browser: hostile.into(),
            address: hostile.into(),
            at: NOW,
        };
        for message in [
            Message::SignInCode {
                zone: String::new(),
                code: code(),
                valid_until: NOW.plus_seconds(900),
                asked: asked.clone(),
            },
            Message::Notice {
                what: Notice::FactorAdded {
                    kind: FactorKind::Passkey,
                    name: hostile.into(),
                },
                at: NOW,
                asked: asked.clone(),
                not_me: link(),
                undo: None,
            },
            Message::Notice {
                what: Notice::AddressAdded {
                    address: hostile.replace("http://evil.example/now", ""),
                },
                at: NOW,
                asked,
                not_me: link(),
                undo: None,
            },
        ] {
            let letter = render(&message, &reader);
            let Letter {
                subject,
                text,
                html,
            } = &letter;
            assert!(!subject.contains(['\r', '\n']), "{subject:?}");
            assert!(
                !html.contains("<a href=//evil") && !html.contains("<img"),
                "{html}"
            );
            assert_eq!(
                html.matches("<a ").count(),
                usize::from(link_of(&message).is_some())
            );
            assert!(!html.contains('\u{202e}') && !text.contains('\u{202e}'));
            assert!(
                !text.contains("://evil") && !html.contains("://evil"),
                "{text}"
            );
            assert!(
                !text.contains("49}}") && !text.lines().any(|l| l.starts_with("Bcc:")),
                "{text}"
            );
            assert!(!format!("{letter:?}").contains("481"));
        }
    }
    let reader = Reader {
        name: Some("<a href=//evil>".into()),
        ..reader(Lang::En)
    };
    let letter = render(&Message::ResetWithoutAccount, &reader);
    assert!(
        letter.html.contains("Hello &#60;a href=//evil&#62;,"),
        "{}",
        letter.html
    );
}

#[test]
fn a_hostile_realm_colour_or_name_breaks_nothing() {
    let reader = Reader {
        brand: "red;background:url(//evil)\"><b>".into(),
        realm_name: "A&B\r\nX-Evil: 1".into(),
        name: Some("  ".into()),
        contact: Contact::default(),
        ..reader(Lang::En)
    };
    let letter = render(&messages()[0], &reader);
    assert_eq!(letter.subject, "Set up your account at A&B X-Evil: 1");
    assert!(!letter.html.contains("evil)") && letter.html.contains("A&#38;B"));
    assert!(letter.text.contains("Hello,\n") && !letter.text.contains("Service desk:"));
}

#[test]
fn a_code_is_valid_until_a_time_on_the_clock_of_who_types_it() {
    let shown = |zone: &str| {
        let message = Message::SignInCode {
            code: code(),
            valid_until: NOW.plus_seconds(15 * 60),
            asked: asked(),
            zone: zone.to_owned(),
        };
        both(&message, Lang::En).text
    };
    let at_the_realm = shown("");
    assert!(at_the_realm.contains("(Europe/Berlin)"), "{at_the_realm}");
    let elsewhere = shown("Asia/Tokyo");
    assert!(elsewhere.contains("(Asia/Tokyo)"), "{elsewhere}");
    assert!(!elsewhere.contains("(Europe/Berlin)"), "{elsewhere}");
    for nowhere in ["Nowhere/At_All", "../../etc/passwd", "<b>"] {
        assert_eq!(shown(nowhere), at_the_realm, "{nowhere}");
    }
}

#[test]
fn what_staff_and_managers_did_names_no_browser_of_theirs() {
    for what in notices() {
        let by_staff = by_others(&what);
        let letter = render(&notice(what.clone()), &reader(Lang::En));
        for told in [&letter.text, &letter.html] {
            assert_eq!(told.contains("203.0.113.7"), !by_staff, "{what:?}");
            assert_eq!(told.contains("Firefox"), !by_staff, "{what:?}");
        }
    }
}

/// Said here once more, so that whoever adds a notice thinks of it.
fn by_others(what: &Notice) -> bool {
    match what {
        Notice::FreezeLifted
        | Notice::SessionsEnded
        | Notice::Disabled
        | Notice::Enabled
        | Notice::Unlocked
        | Notice::FactorSuspended { .. }
        | Notice::FactorResumed { .. }
        | Notice::EmergencyIssued { .. }
        | Notice::ManagerVouched { .. }
        | Notice::CalledBack { .. }
        | Notice::NumberChanged { .. }
        | Notice::ManagerChanged { .. }
        | Notice::LineSwitched { .. }
        | Notice::StandsIn { .. }
        | Notice::EnrollAnew { .. }
        | Notice::RoleGiven { .. }
        | Notice::RoleTaken { .. } => true,
        Notice::Approval { told, .. } => {
            matches!(told, Told::Approved { .. } | Told::Declined { .. })
        }
        _ => false,
    }
}
