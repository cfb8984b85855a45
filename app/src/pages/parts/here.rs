//! The page at hand.

use domain::{
    Field, Lang, Refusal,
    ids::RealmSlug,
    paths,
    screen::{CodePurpose, View},
};
use leptos::prelude::*;
use words::{
    frame,
    refusal::{self, About},
};

/// A view, and what its refusals must know to be put into words. A small
/// handle: the parts of a page each take one.
#[derive(Clone, Copy, Debug)]
pub struct Here {
    lang: Lang,
    about: About,
    view: StoredValue<View>,
    moved: RwSignal<bool>,
}

impl Here {
    /// A page whose refusals need to know nothing.
    pub fn new(view: &View) -> Self {
        Self::about(view, About::default())
    }

    /// A page, and what its refusals are about.
    pub fn about(view: &View, about: About) -> Self {
        Self {
            lang: view.frame.lang,
            about,
            view: StoredValue::new(view.clone()),
            moved: RwSignal::new(false),
        }
    }

    /// What the page shows has moved on by itself: the news that led to it are old.
    pub fn moved_on(self) {
        // A page that is gone has none.
        let _ = self.moved.try_set(true);
    }

    /// Whether it has.
    pub fn has_moved_on(self) -> bool {
        self.moved.get()
    }

    /// Its language.
    pub const fn lang(self) -> Lang {
        self.lang
    }

    /// Looks at what the server said.
    pub fn with<T>(self, look: impl FnOnce(&View) -> T) -> T {
        self.view.with_value(look)
    }

    /// The realm, as forms post it.
    pub fn realm(self) -> String {
        self.with(|view| {
            view.frame
                .realm
                .as_ref()
                .map(|r| r.slug.to_string())
                .unwrap_or_default()
        })
    }

    /// An address in this realm; the start page where there is none.
    pub fn path(self, of: impl FnOnce(&RealmSlug) -> String) -> String {
        self.with(|view| {
            view.frame
                .realm
                .as_ref()
                .map_or_else(|| paths::START.to_owned(), |r| of(&r.slug))
        })
    }

    /// What the realm is called; the product where there is none.
    pub fn place(self) -> String {
        self.with(|view| {
            view.frame
                .realm
                .as_ref()
                .map_or_else(|| frame::product(self.lang).to_owned(), |r| r.name.clone())
        })
    }

    /// What was refused at a field, in words; empty when nothing was.
    pub fn error(self, field: Field) -> String {
        self.with(|view| {
            let found = view.refusals.iter().find(|r| r.field == field);
            found
                .map(|r| refusal::text(self.lang, r, self.about))
                .unwrap_or_default()
        })
    }

    /// What a refusal is in the summary.
    pub fn summary(self, refused: &Refusal) -> String {
        refusal::summary(self.lang, refused, self.about)
    }
}

/// A purpose, as forms post it.
pub const fn purpose(purpose: CodePurpose) -> &'static str {
    match purpose {
        CodePurpose::SignIn => "sign_in",
        CodePurpose::Confirm => "confirm",
        CodePurpose::Enroll => "enroll",
        CodePurpose::Test => "test",
        CodePurpose::Address => "address",
        CodePurpose::ResetPin => "reset_pin",
    }
}

/// A text as it may stand in the query of an address (RFC 3986, 2.3).
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{encode, purpose};
    use domain::screen::CodePurpose;

    #[test]
    fn purposes_are_named_as_the_server_reads_them() {
        for one in [
            CodePurpose::SignIn,
            CodePurpose::Confirm,
            CodePurpose::Enroll,
            CodePurpose::Test,
            CodePurpose::Address,
            CodePurpose::ResetPin,
        ] {
            let named =
                serde::de::value::StrDeserializer::<serde::de::value::Error>::new(purpose(one));
            assert_eq!(
                <CodePurpose as serde::Deserialize>::deserialize(named),
                Ok(one)
            );
        }
    }

    #[test]
    fn queries_are_encoded() {
        assert_eq!(encode("a b&c=ü"), "a%20b%26c%3D%C3%BC");
    }
}
