//! The phone that approves (workforce guide, I.8 and I.9), at `/phone`.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `Phone`: what is asked, and the accounts | – | `flows::phone::page` | the same, as soon as something is asked |
//! | `Phone`: digits, "Accept", "Decline" or "This was not me" | [`api::AnswerPhone`] | `flows::phone::answer` | `Phone` with the news; the other screen goes on |
//! | `Phone`: "Show a code", for whoever calls from the desk | [`api::ShowDeskCode`] | `flows::phone::show_code` | `Phone` with the code, then with who typed it (`desk`) |
//! | `Phone`: "Show codes", where the account takes codes | a link | – | `/phone/codes`, a page of its own that works without network (`server::phone_codes`) |
//! | `Phone`: "Allow messages" | [`api::SubscribePhone`] | `flows::phone::subscribe` | `Phone` with the news |
//!
//! The answer is signed here with a key that never leaves the browser
//! (`browser::device_key`), over `domain::phone::answer_text`. How a phone gets there
//! says `flows::enroll_phone`; the page that waits is `flows::prove::await_phone`.
//!
//! Messages: [`domain::message::Message::PhoneAsked`] wakes a page that is closed
//! (`public/sw.js`); [`domain::message::Notice::Frozen`] after "This was not me".

pub mod api;
mod codes;
mod desk_code;
mod page;

pub use page::page;
