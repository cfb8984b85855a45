//! What people do, each answer checked: a rate counts nothing else.

use crate::{
    Failed,
    driver::{Answered, Connection, Jar},
    people::{AtBrowser, Customer, PASSWORD, REALM},
};
use axum::http::{
    StatusCode,
    header::{COOKIE, RETRY_AFTER},
};
use domain::{
    FactorKind,
    screen::{Answer, Screen},
};
use flows::reply::BROWSER;

const PASSWORD_STEP: &str = "/api/sign-in/password";
const CODE_STEP: &str = "/api/prove/code";
const OVERVIEW: &str = "/customers/overview";
const SESSION: &str = "__Host-session-customers";

/// Posts name and password from a browser that nobody knows.
///
/// # Errors
/// The connection broke.
pub async fn ask_password(connection: &mut Connection, who: &Customer) -> Result<Answered, Failed> {
    let fields = [
        ("realm", REALM),
        ("login", &who.login),
        ("password", PASSWORD),
    ];
    connection
        .post(PASSWORD_STEP, &Jar::default(), &fields)
        .await
}

/// Checks that the password was right and a code is asked for.
///
/// # Errors
/// It is another answer.
pub fn asks_for_code(answered: &Answered) -> Result<Jar, Failed> {
    let asks = match answered.read() {
        Some(Answer::Show(view)) => {
            matches!(&view.screen, Screen::Code(task) if task.kind == FactorKind::Totp)
                && view.refusals.is_empty()
        }
        _ => false,
    };
    let mut cookies = Jar::default();
    cookies.keep(&answered.headers);
    if asks && cookies.get(BROWSER).is_some() {
        Ok(cookies)
    } else {
        Err(answered.unexpected(PASSWORD_STEP))
    }
}

/// Checks that the server says it is busy, and when to come again.
///
/// # Errors
/// It is another answer.
pub fn is_busy(answered: &Answered) -> Result<(), Failed> {
    let again = answered.header(RETRY_AFTER.as_str()).parse::<u32>();
    if answered.status == StatusCode::SERVICE_UNAVAILABLE && again.is_ok() {
        Ok(())
    } else {
        Err(answered.unexpected(PASSWORD_STEP))
    }
}

/// The password step.
///
/// # Errors
/// The answer is wrong.
pub async fn password(connection: &mut Connection, who: Customer) -> Result<AtBrowser, Failed> {
    let answered = ask_password(connection, &who).await?;
    let cookies = asks_for_code(&answered)?;
    Ok(AtBrowser { who, cookies })
}

/// The code step.
///
/// # Errors
/// The answer is wrong.
pub async fn code(connection: &mut Connection, at: AtBrowser) -> Result<(), Failed> {
    let AtBrowser { who, cookies } = at;
    let code = who.code();
    let fields = [("realm", REALM), ("purpose", "sign_in"), ("code", &code)];
    let answered = connection.post(CODE_STEP, &cookies, &fields).await?;
    opens_session(&answered, CODE_STEP)
}

/// Checks that somebody was let in.
///
/// # Errors
/// It is another answer.
pub fn opens_session(answered: &Answered, to: &str) -> Result<(), Failed> {
    let leads_on = match answered.read() {
        Some(Answer::Go { path, anew }) => path == OVERVIEW && anew,
        _ => false,
    };
    let mut cookies = Jar::default();
    cookies.keep(&answered.headers);
    if leads_on && cookies.get(SESSION).is_some_and(|token| token.len() == 43) {
        Ok(())
    } else {
        Err(answered.unexpected(to))
    }
}

/// Both steps.
///
/// # Errors
/// An answer is wrong.
pub async fn whole(connection: &mut Connection, who: Customer) -> Result<(), Failed> {
    let at = password(connection, who).await?;
    code(connection, at).await
}

/// The first page of somebody who is signed in: it has their name and their
/// factors, and it is whole.
///
/// # Errors
/// The answer is wrong.
pub async fn overview(connection: &mut Connection, at: &AtBrowser) -> Result<(), Failed> {
    let cookies = at.cookies.header();
    let answered = connection
        .get(OVERVIEW, &[(COOKIE.as_str(), &cookies)])
        .await?;
    let text = answered.text();
    let fits = answered.status == StatusCode::OK
        && text.contains(&at.who.name)
        && text.contains("/customers/factor/")
        && text.contains("</html>");
    if fits {
        Ok(())
    } else {
        Err(answered.unexpected(OVERVIEW))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{
        body::Bytes,
        http::{HeaderMap, HeaderValue},
    };

    fn answered(status: StatusCode, body: &'static str) -> Answered {
        Answered {
            status,
            headers: HeaderMap::new(),
            body: Bytes::from_static(body.as_bytes()),
        }
    }

    #[test]
    fn busy_says_when_to_come_again() {
        let mut busy = answered(StatusCode::SERVICE_UNAVAILABLE, "{}");
        assert!(is_busy(&busy).is_err());
        busy.headers
            .insert(RETRY_AFTER, HeaderValue::from_static("5"));
        assert!(is_busy(&busy).is_ok());
        busy.status = StatusCode::OK;
        assert!(is_busy(&busy).is_err());
    }

    #[test]
    fn another_answer_is_an_error_that_quotes_it() {
        let elsewhere = answered(StatusCode::OK, r#"{"go":{"path":"/","anew":true}}"#);
        let said = asks_for_code(&elsewhere).unwrap_err().to_string();
        assert!(
            said.contains("/api/sign-in/password: 200 OK {\"go\""),
            "{said}"
        );
        assert!(asks_for_code(&answered(StatusCode::OK, "nonsense")).is_err());
    }
}
