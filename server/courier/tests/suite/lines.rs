//! What a telephone shows and says.

use courier::{Contact, Reader, short, spoken};
use domain::{
    Lang, Timestamp,
    message::{Asked, Message},
    secret::Secret,
};
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_millis(1_763_718_120_000);

fn reader(lang: Lang, realm: &str) -> Reader {
    Reader {
        lang,
        name: None,
        realm_name: realm.to_owned(),
        brand: "#7a4bb0".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        contact: Contact::default(),
        now: NOW,
    }
}

fn codes() -> [Message; 2] {
    [
        Message::SignInCode {
            code: Secret::new("048193"),
            valid_until: NOW,
            asked: Asked::default(),
            zone: String::new(),
        },
        Message::ConfirmAddress {
            code: Secret::new("048193"),
            valid_until: NOW,
            zone: String::new(),
        },
    ]
}

#[test]
fn a_text_begins_with_the_code_and_ends_with_the_place_it_is_for() {
    for lang in Lang::ALL {
        for message in codes() {
            let text = short(&message, &reader(lang, "Agenturen"), "id.example").unwrap();
            assert!(text.starts_with("048193 "), "{text}");
            assert!(text.ends_with("\n\n@id.example #048193"), "{text}");
            assert!(text.chars().count() <= 160, "one SMS: {text}");
        }
    }
}

#[test]
fn a_call_says_its_digits_slowly_and_twice() {
    let called = Message::CallBack {
        code: Secret::new("048193"),
        agent: "Mara Lindqvist".to_owned(),
        valid_until: NOW,
    };
    for lang in Lang::ALL {
        for message in codes().into_iter().chain([called.clone()]) {
            let words = spoken(&message, &reader(lang, "Agenturen")).unwrap();
            assert_eq!(words.matches("0, 4, 8, 1, 9, 3").count(), 2, "{words}");
            assert!(words.contains("Agenturen"));
        }
        let words = spoken(&called, &reader(lang, "Agenturen")).unwrap();
        assert!(words.contains("Mara Lindqvist"));
        assert_eq!(short(&called, &reader(lang, "x"), "id.example"), None);
    }
}

proptest! {
    /// A single letter outside of the alphabet makes two messages of one, each of 70.
    #[test]
    fn a_text_stays_in_the_alphabet_of_telephones(realm in "\\PC{0,20}") {
        for lang in Lang::ALL {
            for message in codes().into_iter().chain([Message::LineLeft { at: NOW }]) {
                let text = short(&message, &reader(lang, &realm), "id.example").unwrap();
                let fits = |c: char| c.is_ascii_alphanumeric()
                    || " \n@£$¥èéùìòÇØøÅå_ÆæßÉ!\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà".contains(c);
                prop_assert!(text.chars().all(fits), "{}", text);
            }
        }
    }
}
