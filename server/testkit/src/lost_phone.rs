//! The form of a lost phone, as a browser sends it.

use crate::Browser;
use domain::work;

/// The challenge on the form as it stands now.
pub async fn challenge(browser: &mut Browser) -> String {
    let answer = browser.page("/cloud/lost-phone").await;
    let at = answer.body.split("\"work\":\"").nth(1).expect("a form");
    at.split('"').next().expect("a challenge").to_owned()
}

/// The answer to a challenge, searched for.
pub fn solved(challenge: &str) -> String {
    let answer = work::search(challenge, 0, 1 << 26).expect("an answer");
    answer.to_string()
}

/// The form of a lost phone, filled in.
pub fn fields<'a>(
    login: &'a str,
    work: &'a str,
    story: &'a str,
    proof: &'a str,
) -> Vec<(&'a str, &'a str)> {
    vec![
        ("realm", "cloud"),
        ("given", "Sam"),
        ("family", "Okafor"),
        ("country", "+49"),
        ("phone", "171 5550199"),
        ("email", login),
        ("story", story),
        ("consent", "true"),
        ("proof", proof),
        ("work", work),
    ]
}
