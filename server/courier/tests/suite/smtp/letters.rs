//! What arrives: each letter once, whole and under its own headers.

use super::{
    config, envelope,
    relay::{Manner, server},
    send,
};
use courier::{Envelope, SendError, Smtp, Transport};
use std::sync::{Arc, atomic::Ordering};

fn header<'a>(letter: &'a str, name: &str) -> Option<&'a str> {
    let head = letter.split("\r\n\r\n").next()?;
    head.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[tokio::test]
async fn a_letter_arrives_in_one_piece() {
    let (result, heard) = send(Manner::default()).await;
    assert_eq!(result, Ok(()));
    let lines = heard.lines().join("\n");
    assert!(
        lines.contains("MAIL FROM:<sign-in@rekey.example>"),
        "{lines}"
    );
    assert!(
        lines.contains("RCPT TO:<maria@autohaus-lenz.example>"),
        "{lines}"
    );

    let letters = heard.letters();
    let [letter] = letters.as_slice() else {
        panic!("{} letters", letters.len())
    };
    assert_eq!(
        header(letter, "Message-ID"),
        Some("<msg_01HZX-7@rekey.example>")
    );
    assert_eq!(header(letter, "Auto-Submitted"), Some("auto-generated"));
    assert_eq!(header(letter, "MIME-Version"), Some("1.0"));
    assert!(
        header(letter, "Date").is_some_and(|d| d.ends_with("+0000")),
        "{letter}"
    );
    assert!(
        header(letter, "Subject").is_some_and(|s| s.starts_with("481 930 ist")),
        "{letter}"
    );
    assert!(
        header(letter, "From").is_some_and(|f| f.ends_with("<sign-in@rekey.example>")),
        "{letter}"
    );
    assert_eq!(
        header(letter, "To"),
        Some("\"Maria Lenz\" <maria@autohaus-lenz.example>")
    );
    assert!(header(letter, "Content-Type").is_some_and(|c| c.starts_with("multipart/alternative")));
    let (text, html) = (
        letter.find("text/plain").unwrap(),
        letter.find("text/html").unwrap(),
    );
    assert!(text < html, "plain text comes first");
    assert!(letter.is_ascii() && letter.lines().all(|l| l.len() <= 998));
    assert!(letter.contains("Gr=C3=BC=C3=9Fe"), "{letter}");
}

#[tokio::test]
async fn a_retry_has_the_same_id_and_the_connection_is_kept() {
    let (port, heard) = server(Manner::default()).await;
    let smtp = Smtp::new(&config(port)).unwrap();
    for _ in 0..3 {
        assert_eq!(smtp.send(&envelope()).await, Ok(()));
    }
    let ids: Vec<_> = heard
        .letters()
        .iter()
        .map(|l| header(l, "Message-ID").unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["<msg_01HZX-7@rekey.example>"; 3]);
    assert_eq!(heard.connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn letters_at_the_same_time_do_not_mix() {
    let (port, heard) = server(Manner::default()).await;
    let smtp = Arc::new(Smtp::new(&config(port)).unwrap());
    let mut tasks = tokio::task::JoinSet::new();
    for i in 0..12 {
        let smtp = Arc::clone(&smtp);
        tasks.spawn(async move {
            let envelope = Envelope {
                id: format!("m{i}"),
                ..envelope()
            };
            smtp.send(&envelope).await
        });
    }
    while let Some(result) = tasks.join_next().await {
        assert_eq!(result.unwrap(), Ok(()));
    }
    let mut ids: Vec<_> = heard
        .letters()
        .iter()
        .map(|l| header(l, "Message-ID").unwrap().to_owned())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 12);
}

#[tokio::test]
async fn an_address_that_is_none_is_never_and_a_name_adds_no_header() {
    let (port, heard) = server(Manner::default()).await;
    let smtp = Smtp::new(&config(port)).unwrap();
    for to in [
        "",
        "maria",
        "maria@x.example>\r\nRCPT TO:<eve@evil.example",
        "a@b.example, c@d.example",
    ] {
        let result = smtp
            .send(&Envelope {
                to: to.into(),
                ..envelope()
            })
            .await;
        assert!(
            matches!(result, Err(SendError::Never(_))),
            "{to}: {result:?}"
        );
    }
    assert!(heard.lines().is_empty());

    let mut hostile = Envelope {
        id: "m1\r\nX-Evil: 1".into(),
        to_name: Some("Eve\r\nBcc: all@evil.example\r\n\r\n<a href=//evil>".into()),
        ..envelope()
    };
    hostile.letter.subject = "Hello\r\nX-Evil: 1".into();
    assert_eq!(smtp.send(&hostile).await, Ok(()));
    let letters = heard.letters();
    let letter = letters.first().unwrap();
    assert!(
        header(letter, "X-Evil").is_none() && header(letter, "Bcc").is_none(),
        "{letter}"
    );
    assert_eq!(
        heard
            .lines()
            .iter()
            .filter(|l| l.starts_with("RCPT"))
            .count(),
        1
    );
}

#[tokio::test]
async fn dots_at_the_start_of_a_line_arrive() {
    let (port, heard) = server(Manner::default()).await;
    let smtp = Smtp::new(&config(port)).unwrap();
    let mut mail = envelope();
    mail.letter.text = "one\n.\nQUIT\n..two\n".into();
    assert_eq!(smtp.send(&mail).await, Ok(()));
    assert!(
        heard.letters()[0].contains("one\r\n.\r\nQUIT\r\n..two\r\n"),
        "{}",
        heard.letters()[0]
    );
}
