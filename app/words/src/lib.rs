//! Every sentence that a person reads, English and German: pages, mails and
//! the command line take their words from here and from nowhere else.
//!
//! A text without parameters is one line in [`say!`], one with parameters one
//! line in [`tell!`]. Both ask for both languages, so that a missing one does
//! not compile. The tone is plain, short, in the present tense; errors say what
//! to do; German says "Sie".

/// Texts without parameters: `name = "English", "Deutsch";`.
macro_rules! say {
    ($($name:ident = $en:literal, $de:literal;)+) => {
        $(
            #[doc = $en]
            pub const fn $name(lang: domain::Lang) -> &'static str {
                match lang { domain::Lang::En => $en, domain::Lang::De => $de }
            }
        )+

        #[cfg(test)]
        pub(crate) const SAID: &[(&str, &str, &str)] = &[$((stringify!($name), $en, $de)),+];
    };
}

/// Texts with parameters: `name(who: &str) = "English {who}", "Deutsch {who}";`.
macro_rules! tell {
    ($($name:ident($($arg:ident: $kind:ty),+) = $en:literal, $de:literal;)+) => {$(
        #[doc = $en]
        pub fn $name(lang: domain::Lang, $($arg: $kind),+) -> String {
            match lang { domain::Lang::En => format!($en), domain::Lang::De => format!($de) }
        }
    )+};
}

pub mod admin;
pub mod announcements;
pub mod applications;
pub mod approval;
pub mod audit;
pub mod audit_trail;
pub mod call;
pub mod caller;
pub mod capture;
pub mod cases;
pub mod count;
pub mod countries;
pub mod desk;
pub mod enroll;
pub mod factor;
pub mod failed;
pub mod frame;
pub mod instructions;
pub mod line;
pub mod login;
pub mod mail;
pub mod news;
pub mod not_me;
pub mod oidc;
pub mod overview;
pub mod phone;
pub mod pin;
pub mod profile;
pub mod prove;
pub mod read_policy;
pub mod recovery;
pub mod refusal;
pub mod register;
pub mod reset;
pub mod reset_pin;
pub mod roles;
pub mod sessions;
pub mod sign_in;
pub mod start;
pub mod transfers;
pub mod when;

#[cfg(test)]
mod tests;
