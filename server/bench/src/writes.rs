//! Single posts that change something, each answer checked.

use crate::{
    Failed,
    driver::{Answered, Connection, Jar},
    people::{AtBrowser, Customer, REALM},
};
use domain::{
    ids::CaseId,
    paths,
    screen::{Answer, Screen},
};

const RESET: &str = "/api/reset-password/ask";
const CASE: &str = "/api/desk/case";
const END: &str = "/api/sessions/end";
const SIGN_OUT: &str = "/api/sign-out";

/// Asks for a mail to reset the password, from a browser that nobody knows.
///
/// # Errors
/// The answer is wrong.
pub async fn reset(connection: &mut Connection, who: &Customer) -> Result<(), Failed> {
    let fields = [("realm", REALM), ("login", &who.login)];
    let answered = connection.post(RESET, &Jar::default(), &fields).await?;
    match answered.read() {
        Some(Answer::Show(view)) if matches!(&view.screen, Screen::MailSent(sent) if sent.login == who.login) => {
            Ok(())
        }
        _ => Err(answered.unexpected(RESET)),
    }
}

/// Approves a case that this agent took, and that nobody touched since.
///
/// # Errors
/// The answer is wrong.
pub async fn approve(
    connection: &mut Connection,
    agent: &Jar,
    case: &CaseId,
) -> Result<(), Failed> {
    let fields = [
        ("id", case.as_str()),
        ("version", "1"),
        ("change", "approve"),
    ];
    let answered = connection.post(CASE, agent, &fields).await?;
    goes_to(&answered, CASE, &paths::desk_case(case.as_str()))
}

/// Ends another session of one's own.
///
/// # Errors
/// The answer is wrong.
pub async fn revoke(
    connection: &mut Connection,
    at: &AtBrowser,
    other: &str,
) -> Result<(), Failed> {
    let fields = [("realm", REALM), ("id", other)];
    let answered = connection.post(END, &at.cookies, &fields).await?;
    goes_to(&answered, END, "/customers/")
}

/// Ends one's own session.
///
/// # Errors
/// The answer is wrong.
pub async fn sign_out(connection: &mut Connection, at: &AtBrowser) -> Result<(), Failed> {
    let fields = [("realm", REALM)];
    let answered = connection.post(SIGN_OUT, &at.cookies, &fields).await?;
    goes_to(&answered, SIGN_OUT, "/")
}

fn goes_to(answered: &Answered, from: &str, to: &str) -> Result<(), Failed> {
    match answered.read() {
        Some(Answer::Go { path, .. }) if path.starts_with(to) => Ok(()),
        _ => Err(answered.unexpected(from)),
    }
}
