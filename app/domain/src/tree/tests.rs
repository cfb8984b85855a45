//! A tree reads what the derive's own reader reads.

use super::*;
use crate::{
    Code, FactorKind, Field, Refusal,
    screen::{Answer, News, Screen},
};
use proptest::prelude::*;
use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Choice {
    Nothing,
    One(String),
    Two(u32, bool),
    Named {
        seconds: i64,
        maybe: Option<Box<Choice>>,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Whole {
    text: String,
    list: Vec<Choice>,
    pairs: Vec<(String, i64)>,
    maybe: Option<String>,
    kind: FactorKind,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Read<T: DeserializeOwned>(#[serde(deserialize_with = "read")] T);

fn choices() -> impl Strategy<Value = Choice> {
    let leaf = prop_oneof![
        Just(Choice::Nothing),
        "\\PC*".prop_map(Choice::One),
        (any::<u32>(), any::<bool>()).prop_map(|(a, b)| Choice::Two(a, b)),
    ];
    leaf.prop_recursive(3, 8, 1, |inner| {
        (any::<i64>(), proptest::option::of(inner.prop_map(Box::new)))
            .prop_map(|(seconds, maybe)| Choice::Named { seconds, maybe })
    })
}

proptest! {
    #[test]
    fn what_was_written_is_read(
        text in "\\PC*",
        list in proptest::collection::vec(choices(), 0..4),
        pairs in proptest::collection::vec(("[a-z]*", any::<i64>()), 0..3),
        maybe in proptest::option::of("\\PC*"),
    ) {
        let whole = Whole { text, list, pairs, maybe, kind: FactorKind::Totp };
        let json = serde_json::to_string(&whole).unwrap();
        prop_assert_eq!(serde_json::from_str::<Read<Whole>>(&json).unwrap().0, whole);
    }

    #[test]
    fn other_texts_are_refused_without_panic(json in "[\\[\\]{}\":,a-z0-9 ]{0,60}") {
        let _ = serde_json::from_str::<Read<Whole>>(&json);
        let _ = serde_json::from_str::<Read<Screen>>(&json);
    }
}

#[test]
fn the_order_of_fields_does_not_matter_and_more_of_them_do_no_harm() {
    let json = r#"{"more": 1.5e3, "field": "code", "code": {"wait": {"seconds": 30}}}"#;
    let json = json.replace("1.5e3", "15");
    let read = serde_json::from_str::<Read<Refusal>>(&json).unwrap().0;
    assert_eq!(read, Refusal::at(Field::Code, Code::Wait { seconds: 30 }));
}

#[test]
fn what_is_missing_or_unknown_is_a_misfit() {
    for bad in [
        r#"{"field": "code"}"#,
        r#"{"field": "nothing", "code": "missing"}"#,
        r#"{"field": "code", "code": {"wait": {}}}"#,
        r#"{"field": "code", "code": {"wait": {"seconds": 1}, "missing": null}}"#,
        r#"[]"#,
        r#"null"#,
    ] {
        assert!(serde_json::from_str::<Read<Refusal>>(bad).is_err(), "{bad}");
    }
}

#[test]
fn unit_newtype_and_inner_enums_of_our_own() {
    for news in [
        News::PasswordSet {
            login: "tess".to_owned(),
        },
        News::TransferCancelled,
        News::FactorAdded(FactorKind::Email),
    ] {
        let json = serde_json::to_string(&news).unwrap();
        assert_eq!(serde_json::from_str::<Read<News>>(&json).unwrap().0, news);
    }
    let go = Answer::Go {
        path: "/".to_owned(),
        anew: true,
    };
    let json = serde_json::to_string(&go).unwrap();
    assert_eq!(serde_json::from_str::<Answer>(&json).unwrap(), go);
}
