//! Letters over a real SMTP conversation on a socket.

use courier::{Envelope, Letter, SendError, Smtp, SmtpConfig, Tls, Transport};
use domain::secret::Secret;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// What the server does.
#[derive(Clone, Default)]
struct Manner {
    /// Answers instead of the usual ones, by the first word of the command
    /// ("." is the end of a letter, "GREETING" comes before everything).
    answers: Vec<(&'static str, &'static str)>,
    /// Never answers this command.
    silent: Option<&'static str>,
    /// Offers STARTTLS or AUTH.
    offers: Vec<&'static str>,
    /// TLS, from the start or after STARTTLS.
    acceptor: Option<TlsAcceptor>,
    implicit: bool,
}

/// What the server heard.
#[derive(Default)]
struct Heard {
    connections: AtomicUsize,
    lines: Mutex<Vec<String>>,
    letters: Mutex<Vec<String>>,
}

impl Heard {
    fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }
    fn letters(&self) -> Vec<String> {
        self.letters.lock().unwrap().clone()
    }
}

async fn server(manner: Manner) -> (u16, Arc<Heard>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Heard::default());
    let ears = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            ears.connections.fetch_add(1, Ordering::SeqCst);
            let (manner, ears) = (manner.clone(), Arc::clone(&ears));
            tokio::spawn(async move {
                let _ = serve(socket, &manner, &ears).await;
            });
        }
    });
    (port, heard)
}

async fn serve(socket: TcpStream, manner: &Manner, heard: &Heard) -> std::io::Result<()> {
    let acceptor = manner.acceptor.as_ref();
    if let (true, Some(acceptor)) = (manner.implicit, acceptor) {
        let mut stream = BufStream::new(acceptor.accept(socket).await?);
        converse(&mut stream, manner, heard, true).await?;
        return Ok(());
    }
    let mut stream = BufStream::new(socket);
    if converse(&mut stream, manner, heard, true).await?
        && let Some(acceptor) = acceptor
    {
        let mut stream = BufStream::new(acceptor.accept(stream.into_inner()).await?);
        converse(&mut stream, manner, heard, false).await?;
    }
    Ok(())
}

/// True when the client asked for TLS.
async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut BufStream<S>,
    manner: &Manner,
    heard: &Heard,
    greet: bool,
) -> std::io::Result<bool> {
    let answer = |word: &str, usual: &str| {
        let own = manner.answers.iter().find(|(w, _)| *w == word);
        own.map_or(usual, |(_, a)| a).to_owned() + "\r\n"
    };
    if greet {
        if manner.silent == Some("GREETING") {
            std::future::pending::<()>().await;
        }
        stream
            .write_all(answer("GREETING", "220 test").as_bytes())
            .await?;
        stream.flush().await?;
    }
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(false);
        }
        let word = line
            .split([' ', ':', '\r'])
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        heard.lines.lock().unwrap().push(line.trim_end().to_owned());
        if manner.silent == Some(word.as_str()) {
            std::future::pending::<()>().await;
        }
        let reply = match word.as_str() {
            "EHLO" => {
                let offers: String = manner
                    .offers
                    .iter()
                    .map(|o| format!("250-{o}\r\n"))
                    .collect();
                format!("250-test\r\n{offers}250 8BITMIME\r\n")
            }
            "STARTTLS" => {
                stream.write_all(b"220 go\r\n").await?;
                stream.flush().await?;
                return Ok(true);
            }
            "AUTH" => answer("AUTH", "235 welcome"),
            "DATA" => answer("DATA", "354 speak"),
            "QUIT" => answer("QUIT", "221 bye"),
            word => answer(word, "250 fine"),
        };
        stream.write_all(reply.as_bytes()).await?;
        stream.flush().await?;
        if word == "QUIT" {
            return Ok(false);
        }
        if reply.starts_with("354") {
            let mut letter = String::new();
            loop {
                line.clear();
                if stream.read_line(&mut line).await? == 0 {
                    return Ok(false);
                }
                if line == ".\r\n" {
                    break;
                }
                letter.push_str(line.strip_prefix('.').unwrap_or(&line));
            }
            if manner.silent == Some(".") {
                std::future::pending::<()>().await;
            }
            let reply = answer(".", "250 taken");
            if reply.starts_with("250") {
                heard.letters.lock().unwrap().push(letter);
            }
            stream.write_all(reply.as_bytes()).await?;
            stream.flush().await?;
        }
    }
}

fn config(port: u16) -> SmtpConfig {
    SmtpConfig {
        url_host: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        user: None,
        password: None,
        from: "sign-in@rekey.example".into(),
        from_name: "Rekey für Handel".into(),
        ca_file: None,
        timeout_seconds: 2,
    }
}

fn envelope() -> Envelope {
    Envelope {
        id: "msg_01HZX-7".into(),
        to: "maria@autohaus-lenz.example".into(),
        to_name: Some("Maria Lenz".into()),
        letter: Letter {
            subject: "481 930 ist Ihr Code für die Anmeldung".into(),
            text: "481 930\n.\nGrüße\n".into(),
            html: "<!doctype html><p>481 930</p>".into(),
        },
    }
}

async fn send(manner: Manner) -> (Result<(), SendError>, Arc<Heard>) {
    let (port, heard) = server(manner).await;
    let smtp = Smtp::new(&config(port)).unwrap();
    (smtp.send(&envelope()).await, heard)
}

fn answers(word: &'static str, answer: &'static str) -> Manner {
    Manner {
        answers: vec![(word, answer)],
        ..Manner::default()
    }
}

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

#[tokio::test]
async fn a_silent_server_costs_no_more_than_the_limit() {
    for silent in ["GREETING", "EHLO", "MAIL", "RCPT", "DATA", "."] {
        let (port, _) = server(Manner {
            silent: Some(silent),
            ..Manner::default()
        })
        .await;
        let smtp = Smtp::new(&SmtpConfig {
            timeout_seconds: 1,
            ..config(port)
        })
        .unwrap();
        let start = Instant::now();
        let result = smtp.send(&envelope()).await;
        assert_eq!(
            result,
            Err(SendError::Later("no answer within 1 seconds".into())),
            "{silent}"
        );
        assert!(start.elapsed() < Duration::from_secs(3), "{silent}");
    }
}

#[tokio::test]
async fn a_letter_that_was_given_up_takes_its_connection_along() {
    let (port, heard) = server(Manner {
        silent: Some("RCPT"),
        ..Manner::default()
    })
    .await;
    let smtp = Smtp::new(&config(port)).unwrap();
    let envelope = envelope();
    for _ in 0..2 {
        let given_up = tokio::time::timeout(Duration::from_millis(300), smtp.send(&envelope)).await;
        assert!(given_up.is_err());
    }
    assert_eq!(heard.connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_closed_port_and_an_unknown_host_are_later() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let result = Smtp::new(&config(port)).unwrap().send(&envelope()).await;
    assert!(matches!(result, Err(SendError::Later(_))), "{result:?}");
    let unknown = SmtpConfig {
        url_host: "mail.invalid".into(),
        tls: Tls::Implicit,
        ..config(port)
    };
    let result = Smtp::new(&unknown).unwrap().send(&envelope()).await;
    assert!(matches!(result, Err(SendError::Later(_))), "{result:?}");
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

// ── TLS ────────────────────────────────────────────────────────────────────

/// A server certificate for 127.0.0.1 and the file that a client trusts.
fn certificate() -> (TlsAcceptor, PathBuf) {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned(), "localhost".to_owned()])
        .unwrap();
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!(
        "ca-{}-{}.pem",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::SeqCst)
    );
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, made.cert.pem()).unwrap();
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), file)
}

fn with_password(config: SmtpConfig) -> SmtpConfig {
    SmtpConfig {
        user: Some("rekey".into()),
        password: Some(Secret::new("a password of the relay")),
        ..config
    }
}

#[tokio::test]
async fn signs_in_and_sends_over_tls() {
    for tls in [Tls::Starttls, Tls::Implicit] {
        let (acceptor, file) = certificate();
        let (port, heard) = server(Manner {
            offers: vec!["STARTTLS", "AUTH PLAIN LOGIN"],
            acceptor: Some(acceptor),
            implicit: tls == Tls::Implicit,
            ..Manner::default()
        })
        .await;
        let config = with_password(SmtpConfig {
            tls,
            ca_file: Some(file.clone()),
            ..config(port)
        });
        let smtp = Smtp::new(&config).unwrap();
        assert_eq!(smtp.check().await, Ok(()), "{tls:?}");
        assert_eq!(smtp.send(&envelope()).await, Ok(()), "{tls:?}");
        let lines = heard.lines();
        assert_eq!(heard.letters().len(), 1);
        let auth = lines
            .iter()
            .position(|l| l.starts_with("AUTH PLAIN"))
            .unwrap();
        let safe = lines
            .iter()
            .position(|l| l == "STARTTLS")
            .map_or(0, |at| at + 1);
        assert!(safe <= auth, "{lines:?}");
        std::fs::remove_file(file).unwrap();
    }
}

#[tokio::test]
async fn a_refused_password_is_later_and_not_told() {
    let (port, heard) = server(Manner {
        offers: vec!["AUTH PLAIN"],
        answers: vec![("AUTH", "535 5.7.8 no")],
        ..Manner::default()
    })
    .await;
    let result = Smtp::new(&with_password(config(port)))
        .unwrap()
        .send(&envelope())
        .await;
    let Err(SendError::Later(why)) = result else {
        panic!("{result:?}")
    };
    assert!(!why.contains("password of the relay"), "{why}");
    assert!(heard.letters().is_empty());
}

#[tokio::test]
async fn without_starttls_or_with_a_stranger_nothing_is_sent() {
    let (acceptor, file) = certificate();
    let (_, other) = certificate();
    // Somebody took STARTTLS out of the greeting.
    let (port, heard) = server(Manner {
        offers: vec!["AUTH PLAIN"],
        ..Manner::default()
    })
    .await;
    let starttls = SmtpConfig {
        tls: Tls::Starttls,
        ca_file: Some(file.clone()),
        ..config(port)
    };
    let result = Smtp::new(&with_password(starttls))
        .unwrap()
        .send(&envelope())
        .await;
    assert!(matches!(result, Err(SendError::Later(_))), "{result:?}");
    let lines = heard.lines().join("\n");
    assert!(
        !lines.contains("AUTH") && !lines.contains("MAIL"),
        "{lines}"
    );

    // The certificate is somebody else's, or not one that the world trusts.
    for ca_file in [Some(other.clone()), None] {
        let (port, heard) = server(Manner {
            offers: vec!["STARTTLS", "AUTH PLAIN"],
            acceptor: Some(acceptor.clone()),
            ..Manner::default()
        })
        .await;
        let starttls = SmtpConfig {
            tls: Tls::Starttls,
            ca_file,
            ..config(port)
        };
        let result = Smtp::new(&with_password(starttls))
            .unwrap()
            .send(&envelope())
            .await;
        assert!(matches!(result, Err(SendError::Later(_))), "{result:?}");
        assert!(!heard.lines().join("\n").contains("AUTH"));
    }
    for file in [file, other] {
        std::fs::remove_file(file).unwrap();
    }
}
