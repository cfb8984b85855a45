//! A mail server on a socket that does what a test tells it, and remembers what it
//! heard.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufStream},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

/// What the server does.
#[derive(Clone, Default)]
pub(super) struct Manner {
    /// Answers instead of the usual ones, by the first word of the command
    /// ("." is the end of a letter, "GREETING" comes before everything).
    pub(super) answers: Vec<(&'static str, &'static str)>,
    /// Never answers this command.
    pub(super) silent: Option<&'static str>,
    /// Offers STARTTLS or AUTH.
    pub(super) offers: Vec<&'static str>,
    /// TLS, from the start or after STARTTLS.
    pub(super) acceptor: Option<TlsAcceptor>,
    pub(super) implicit: bool,
}

/// What the server heard.
#[derive(Default)]
pub(super) struct Heard {
    pub(super) connections: AtomicUsize,
    lines: Mutex<Vec<String>>,
    letters: Mutex<Vec<String>>,
}

impl Heard {
    pub(super) fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }
    pub(super) fn letters(&self) -> Vec<String> {
        self.letters.lock().unwrap().clone()
    }
}

pub(super) async fn server(manner: Manner) -> (u16, Arc<Heard>) {
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
