//! What goes to a telephone: a text of one line that a phone can fill in by itself, or
//! words to be spoken.

use crate::{Reader, clean, code_of};
use domain::message::Message;

/// The text of an SMS; `None` for what is not said that way. `host` is the portal's: the
/// last line binds the code to it, so that a browser fills it in there and nowhere else
/// (WICG: origin-bound one-time codes).
pub fn short(message: &Message, reader: &Reader, host: &str) -> Option<String> {
    let realm = clean::line(&reader.realm_name);
    if let Message::LineLeft { .. } = message {
        let phone = reader.contact.phone.as_deref().unwrap_or_default();
        return Some(gsm7(&words::line::left(reader.lang, &realm, phone)));
    }
    let code = code_of(message)?.reveal();
    let said = match message {
        Message::SignInCode { .. } => words::line::sign_in(reader.lang, code, &realm),
        Message::ConfirmAddress { .. } => words::line::confirm(reader.lang, code, &realm),
        _ => return None,
    };
    Some(format!("{}\n\n@{host} #{code}", gsm7(&said)))
}

/// The words of a call; `None` for what is not said that way.
pub fn spoken(message: &Message, reader: &Reader) -> Option<String> {
    let realm = clean::line(&reader.realm_name);
    if let Message::LineLeft { .. } = message {
        return Some(words::line::left_spoken(reader.lang, &realm));
    }
    let code = code_of(message)?.reveal();
    // One after the other, each with a pause: they are written down meanwhile.
    let digits: Vec<String> = code.chars().map(String::from).collect();
    let digits = digits.join(", ");
    match message {
        Message::SignInCode { .. } | Message::ConfirmAddress { .. } => {
            Some(words::line::code_spoken(reader.lang, &realm, &digits))
        }
        Message::CallBack { agent, .. } => {
            let agent = clean::line(agent);
            Some(words::line::call_back(reader.lang, &realm, &agent, &digits))
        }
        _ => None,
    }
}

/// Keeps what one SMS of 160 characters can say (3GPP TS 23.038): a single other letter
/// would make two messages of it.
fn gsm7(text: &str) -> String {
    let fits = |c: &char| {
        c.is_ascii_alphanumeric()
            || " !\"#%&'()*+,-./:;<=>?_@$\näöüÄÖÜßàèéìòùÇØøÅåÆæÉÑñ§¡¿£¥".contains(*c)
    };
    text.chars()
        .map(|c| match c {
            '“' | '”' | '„' => '"',
            '‘' | '’' => '\'',
            '–' | '—' => '-',
            '\u{a0}' => ' ',
            other => other,
        })
        .filter(fits)
        .collect()
}
