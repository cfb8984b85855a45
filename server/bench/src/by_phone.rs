//! Signing in with a phone, at the screen that asks, each answer checked.

use crate::{
    Failed,
    driver::{Answered, Connection, Jar, Target},
    stream::Stream,
};
use domain::{
    FactorKind, paths,
    screen::{Answer, PhoneStage, Screen},
};
use flows::reply::BROWSER;

const ASK: &str = "/api/sign-in/phone";
const GO_ON: &str = "/api/prove/phone";
const PURPOSE: &str = "sign_in";
/// What a stream says when there is an answer.
const MOVED: &str = "moved";

/// A browser that waits for a phone.
#[derive(Debug)]
pub struct Waiting {
    /// What its screen shows.
    pub digits: String,
    cookies: Jar,
}

/// Asks the phone of a name, from a browser that nobody knows.
///
/// # Errors
/// The answer is wrong.
pub async fn ask(connection: &mut Connection, login: &str) -> Result<Waiting, Failed> {
    let fields = [("realm", paths::STAFF_REALM), ("login", login)];
    let answered = connection.post(ASK, &Jar::default(), &fields).await?;
    let mut cookies = Jar::default();
    cookies.keep(&answered.headers);
    match digits(&answered) {
        Some(digits) if cookies.get(BROWSER).is_some() => Ok(Waiting { digits, cookies }),
        _ => Err(answered.unexpected(ASK)),
    }
}

impl Waiting {
    /// Listens for the answer of the phone.
    ///
    /// # Errors
    /// There is no stream to listen to.
    pub async fn listen(&self, target: &Target) -> Result<Stream, Failed> {
        let path = format!("/waits/{}/{PURPOSE}", paths::STAFF_REALM);
        let connection = Connection::open(target).await?;
        connection.listen(&path, &self.cookies).await
    }

    /// Asks whether it answered, while it has not.
    ///
    /// # Errors
    /// The answer is wrong.
    pub async fn waits_on(&self, connection: &mut Connection) -> Result<(), Failed> {
        let answered = self.go_on(connection).await?;
        if digits(&answered).is_some_and(|digits| digits == self.digits) {
            Ok(())
        } else {
            Err(answered.unexpected(GO_ON))
        }
    }

    /// Goes on to the next screen, which asks for the PIN.
    ///
    /// # Errors
    /// The answer is wrong.
    pub async fn goes_on(&self, connection: &mut Connection) -> Result<(), Failed> {
        let answered = self.go_on(connection).await?;
        let asks = match answered.read() {
            Some(Answer::Show(view)) => {
                matches!(&view.screen, Screen::Code(task) if task.kind == FactorKind::Pin)
                    && view.refusals.is_empty()
            }
            _ => false,
        };
        if asks {
            Ok(())
        } else {
            Err(answered.unexpected(GO_ON))
        }
    }

    async fn go_on(&self, connection: &mut Connection) -> Result<Answered, Failed> {
        let fields = [("realm", paths::STAFF_REALM), ("purpose", PURPOSE)];
        connection.post(GO_ON, &self.cookies, &fields).await
    }
}

/// Hears that the phone answered.
///
/// # Errors
/// Something else is said, or nothing.
pub async fn hears(stream: &mut Stream) -> Result<(), Failed> {
    match stream.event().await?.as_str() {
        MOVED => Ok(()),
        other => Err(format!("the stream says {other:?}").into()),
    }
}

/// What a page shows that waits.
fn digits(answered: &Answered) -> Option<String> {
    let Some(Answer::Show(view)) = answered.read() else {
        return None;
    };
    match view.screen {
        Screen::AwaitPhone(task) if task.stage == PhoneStage::Waiting => Some(task.digits),
        _ => None,
    }
}
