//! Letters over a real SMTP conversation on a socket.

mod letters;
mod refusals;
mod relay;
mod silence;
mod tls;

use courier::{Envelope, Letter, SendError, Smtp, SmtpConfig, Tls, Transport};
use relay::{Heard, Manner, server};
use std::sync::Arc;

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
