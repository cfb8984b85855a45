//! What a server refuses: for ever, or for now.

use super::{relay::Manner, send};
use courier::SendError;

fn answers(word: &'static str, answer: &'static str) -> Manner {
    Manner {
        answers: vec![(word, answer)],
        ..Manner::default()
    }
}

#[tokio::test]
async fn a_lasting_refusal_of_the_recipient_or_the_letter_is_the_end() {
    for (word, answer) in [
        ("RCPT", "550 5.1.1 no such mailbox"),
        ("RCPT", "553 mailbox name not allowed"),
        (".", "554 5.7.1 refused"),
        ("DATA", "554 no valid recipients"),
    ] {
        let (result, heard) = send(answers(word, answer)).await;
        let Err(SendError::Never(why)) = result else {
            panic!("{word} {answer}: {result:?}")
        };
        assert!(why.contains(&answer[..3]), "{why}");
        assert!(heard.letters().is_empty());
    }
}

#[tokio::test]
async fn whatever_may_pass_is_later() {
    for (word, answer) in [
        ("RCPT", "451 4.7.1 greylisted"),
        ("RCPT", "452 mailbox full"),
        ("RCPT", "530 5.7.0 sign in first"),
        (".", "451 try again"),
        ("MAIL", "550 5.1.8 sender refused"),
        ("GREETING", "554 no service"),
        ("GREETING", "421 too busy"),
        ("GREETING", "hello there"),
        ("RCPT", "what"),
    ] {
        let (result, _) = send(answers(word, answer)).await;
        assert!(
            matches!(result, Err(SendError::Later(_))),
            "{word} {answer}: {result:?}"
        );
    }
}

#[tokio::test]
async fn what_the_server_says_stays_one_short_line() {
    let long: &'static str = format!("550-a\r\n550 \x07{}", "b".repeat(800)).leak();
    let (result, _) = send(answers("RCPT", long)).await;
    let Err(SendError::Never(why)) = result else {
        panic!("{result:?}")
    };
    assert!(
        why.len() <= 300 && !why.contains(char::is_control),
        "{why:?}"
    );
}
