//! A stream of events (HTML, 9.2), as a page that waits listens to it.

use crate::{Failed, driver::Connection};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use std::time::Duration;
use tokio::time::timeout;

/// After this an event counts as lost.
const LOST: Duration = Duration::from_secs(20);

/// The stream; it ends with its value.
#[derive(Debug)]
pub struct Stream {
    body: Incoming,
    said: String,
    _connection: Connection,
}

impl Stream {
    /// The stream that an answer is.
    pub const fn of(connection: Connection, body: Incoming) -> Self {
        Self {
            body,
            said: String::new(),
            _connection: connection,
        }
    }

    /// What the next event says.
    ///
    /// # Errors
    /// The stream ended, or nothing comes.
    pub async fn event(&mut self) -> Result<String, Failed> {
        match timeout(LOST, self.next()).await {
            Ok(event) => event,
            Err(_) => Err("nothing is said in the stream".into()),
        }
    }

    /// Whether it is open and has said nothing.
    pub async fn is_silent(&mut self) -> bool {
        timeout(Duration::ZERO, self.next()).await.is_err()
    }

    async fn next(&mut self) -> Result<String, Failed> {
        loop {
            if let Some(event) = cut(&mut self.said) {
                return Ok(event);
            }
            let frame = self.body.frame().await.ok_or("the stream ended")??;
            if let Some(bytes) = frame.data_ref() {
                self.said.push_str(&String::from_utf8_lossy(bytes));
            }
        }
    }
}

/// Takes the first whole event with data out of what was said; comments, which only
/// keep the connection alive, go.
fn cut(said: &mut String) -> Option<String> {
    while let Some((block, rest)) = said.split_once("\n\n") {
        let data = block.lines().filter_map(|line| line.strip_prefix("data:"));
        let data: Vec<_> = data.map(str::trim_start).collect();
        let event = (!data.is_empty()).then(|| data.join("\n"));
        *said = rest.to_owned();
        if event.is_some() {
            return event;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::driver::{Jar, Target};
    use axum::{
        Router,
        body::{Body, Bytes},
        http::header::CONTENT_TYPE,
        routing::get,
    };
    use std::convert::Infallible;
    use tokio::{net::TcpListener, sync::mpsc};

    /// What a server says next, one piece at a time.
    type Said = mpsc::Receiver<&'static str>;

    /// A body that goes on for as long as its sender lives.
    struct Goes(Said);

    impl hyper::body::Body for Goes {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: std::pin::Pin<&mut Self>,
            context: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, Infallible>>> {
            let piece = self.0.poll_recv(context);
            piece.map(|said| said.map(|said| Ok(hyper::body::Frame::data(Bytes::from(said)))))
        }
    }

    #[test]
    fn events_are_cut_whole_and_comments_go() {
        let mut said = ":\n\ndata: moved\n\n:\n\ndata: a\ndata:b\n\ndata: ha".to_owned();
        assert_eq!(cut(&mut said).as_deref(), Some("moved"));
        assert_eq!(cut(&mut said).as_deref(), Some("a\nb"));
        assert_eq!(cut(&mut said), None);
        said.push_str("lf\n\n");
        assert_eq!(cut(&mut said).as_deref(), Some("half"));
        assert!(said.is_empty());
    }

    #[tokio::test]
    async fn a_stream_is_silent_until_something_moves() {
        let (say, said) = mpsc::channel(4);
        let said = std::sync::Arc::new(tokio::sync::Mutex::new(Some(said)));
        let events = get(move || async move {
            let said: Said = said.lock().await.take().unwrap();
            ([(CONTENT_TYPE, "text/event-stream")], Body::new(Goes(said)))
        });
        let router = Router::new()
            .route("/events", events)
            .route("/page", get(async || "a page"));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let target = Target::local(listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let jar = Jar::default();
        let page = Connection::open(&target).await.unwrap();
        assert!(page.listen("/page", &jar).await.is_err());
        let events = Connection::open(&target).await.unwrap();
        let mut stream = events.listen("/events", &jar).await.unwrap();
        say.send(":\n\n").await.unwrap();
        assert!(stream.is_silent().await);
        say.send("data: moved\n").await.unwrap();
        say.send("\n").await.unwrap();
        assert_eq!(stream.event().await.unwrap(), "moved");
        assert!(stream.is_silent().await);
        drop(say);
        assert!(stream.event().await.is_err());
        assert!(!stream.is_silent().await);
    }
}
