//! What an address for codes may be.

use super::*;
use crate::policy::Bind;
use proptest::prelude::*;

fn rules(shared: Care, foreign: Care) -> Capture {
    Capture {
        bind: Bind::Password,
        shared_mailboxes: shared,
        foreign_domains: foreign,
    }
}

fn partner() -> Partner {
    Partner {
        number: "30417".into(),
        mail_domain: "autohaus-lenz.example".into(),
        contact: "office@autohaus-lenz.example".into(),
    }
}

fn code(shared: Care, foreign: Care, email: &str, sure: &str) -> Option<Code> {
    let rules = rules(shared, foreign);
    judge(&rules, Some(&partner()), email, email, sure)
        .err()
        .map(|refusal| refusal.code)
}

#[test]
fn shared_mailboxes_are_known_by_their_names() {
    for shared in [
        "info@a.de",
        "Sales@a.de",
        "info.nord@a.de",
        "service-muc@a.de",
    ] {
        assert!(is_shared(&Email::parse(shared).unwrap()), "{shared}");
    }
    for own in ["maria@a.de", "m.info@a.de", "infolge@a.de", "salesman@a.de"] {
        assert!(!is_shared(&Email::parse(own).unwrap()), "{own}");
    }
}

#[test]
fn a_domain_is_its_own_and_those_below() {
    let foreign = |mail: &str| is_foreign(&Email::parse(mail).unwrap(), Some(&partner()));
    assert!(!foreign("maria@autohaus-lenz.example"));
    assert!(!foreign("maria@werk.Autohaus-Lenz.example"));
    assert!(foreign("maria@xautohaus-lenz.example"));
    assert!(foreign("maria@autohaus-lenz.example.evil.example"));
    assert!(is_foreign(
        &Email::parse("maria@autohaus-lenz.example").unwrap(),
        None
    ));
}

#[test]
fn a_warning_is_given_once_and_a_refusal_stays() {
    use Care::{Allow, Refuse, Warn};
    let info = "info@autohaus-lenz.example";
    assert_eq!(code(Allow, Refuse, info, ""), None);
    let warned = Some(Code::SharedMailbox { is_final: false });
    assert_eq!(code(Warn, Refuse, info, ""), warned);
    assert_eq!(code(Warn, Refuse, info, "info@other.example"), warned);
    assert_eq!(code(Warn, Refuse, info, info), None);
    let refused = Some(Code::SharedMailbox { is_final: true });
    assert_eq!(code(Refuse, Refuse, info, info), refused);
    let foreign = Some(Code::ForeignAddress { is_final: true });
    assert_eq!(
        code(Allow, Refuse, "maria@mail.example", "maria@mail.example"),
        foreign
    );
}

#[test]
fn both_fields_say_the_same() {
    let rules = rules(Care::Allow, Care::Allow);
    let judge = |a, b| judge(&rules, None, a, b, "").map_err(|r| (r.field, r.code));
    assert!(
        judge("a@b.de", "A@B.de").is_err(),
        "the part before the @ is exact"
    );
    assert!(judge(" a@b.de", "a@B.DE ").is_ok());
    assert_eq!(judge("a@b.de", ""), Err((Field::Repeat, Code::Missing)));
    assert_eq!(
        judge("a@b.de", "c@b.de"),
        Err((Field::Repeat, Code::AddressesDiffer))
    );
    assert_eq!(judge("", ""), Err((Field::Email, Code::Missing)));
    assert_eq!(
        judge("nobody", "nobody"),
        Err((Field::Email, Code::NotAnAddress))
    );
}

proptest! {
    /// Whatever is typed: with "refuse" nothing outside of the partner's domain
    /// ever passes (C18).
    #[test]
    fn nothing_foreign_passes(email in "\\PC{0,40}", sure in "\\PC{0,40}") {
        let rules = rules(Care::Allow, Care::Refuse);
        if let Ok(email) = judge(&rules, Some(&partner()), &email, &email, &sure) {
            prop_assert!(email.as_str().ends_with("autohaus-lenz.example"));
        }
    }
}
