//! B7: how long a page takes while passwords queue, and what becomes of more
//! passwords than the queue holds.
//!
//! Pages come one after the other with a pause between them, as people ask for
//! them; without it the pages alone would fill the processor and leave the
//! hashes, which stand back, nothing to disturb them with. Pages and hashes
//! share one processor here: harder than any machine that it is made for.

use super::next;
use crate::{
    Failed,
    driver::{Connection, Target},
    folder::Folder,
    measure::{ROUNDS, Rounds, median, millis, number, percentile},
    people::{AtBrowser, Customer, People},
    portal::{Built, Portal},
    report::{Aim, Figure},
    sign_in,
};
use axum::http::StatusCode;
use std::{
    cell::Cell,
    rc::Rc,
    time::{Duration, Instant},
};
use tokio::{
    sync::Barrier,
    task::JoinSet,
    time::{sleep, timeout},
};

/// Logins that queue while pages are asked for.
const QUEUE: usize = 32;
/// Pages of one half of a round.
const PAGES: usize = 200;
/// The pause between two pages.
const PAUSE: Duration = Duration::from_millis(4);
/// How long a page may take at the worst, in milliseconds.
const PAGE_MILLIS: f64 = 15.0;
/// Logins at once.
const CROWD: usize = 500;
/// How long it may take to say "busy", in milliseconds.
const BUSY_MILLIS: f64 = 50.0;
/// After this an answer counts as lost.
const LOST: Duration = Duration::from_secs(40);

/// Measures.
///
/// # Errors
/// An answer is wrong.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let folder = Folder::make()?;
    let mut people = People::begin(&folder).await?;
    let mut readers = people.signed_in(1).await?;
    let customers = people.customers(QUEUE).await?;
    let mut crowd = people.customers(ROUNDS * CROWD).await?;
    people.end().await;
    let reader = readers.pop().ok_or("nobody reads")?;
    let portal = Portal::start(built, folder).await?;
    let mut figures = pages(&portal.target, &reader, &customers).await?;
    figures.extend(crowds(&portal.target, &mut crowd).await?);
    Ok(figures)
}

async fn pages(
    target: &Target,
    reader: &AtBrowser,
    customers: &[Customer],
) -> Result<Vec<Figure>, Failed> {
    let mut connection = Connection::open(target).await?;
    read(&mut connection, reader).await?;
    let (mut usual, mut worst) = (Rounds::default(), Rounds::default());
    let mut hashed = 0;
    for _ in 0..ROUNDS {
        let queue = Queue::start(target, customers).await?;
        let busy = read(&mut connection, reader).await?;
        hashed += queue.end().await?;
        let idle = read(&mut connection, reader).await?;
        usual.push(median(&busy), median(&idle));
        worst.push(percentile(&busy, 99), PAGE_MILLIS);
    }
    let usual = Figure::of(
        "B7",
        format!("page p50 while {QUEUE} logins queue / idle"),
        "ms",
        &usual,
        Aim::AtMost(2.0),
    );
    let note = format!(
        "{hashed} passwords were checked beside {} pages.",
        ROUNDS * PAGES
    );
    let worst = Figure::of(
        "B7",
        format!("page p99 while {QUEUE} logins queue / limit"),
        "ms",
        &worst,
        Aim::AtMost(1.0),
    );
    Ok(vec![usual.note(note), worst])
}

/// Asks for pages; how long each took, in milliseconds.
async fn read(connection: &mut Connection, reader: &AtBrowser) -> Result<Vec<f64>, Failed> {
    let mut took = Vec::with_capacity(PAGES);
    for _ in 0..PAGES {
        let start = Instant::now();
        sign_in::overview(connection, reader).await?;
        took.push(millis(start.elapsed()));
        sleep(PAUSE).await;
    }
    Ok(took)
}

/// Logins that never let the queue run dry: each is followed by the next.
pub struct Queue {
    tasks: JoinSet<Result<usize, Failed>>,
    over: Rc<Cell<bool>>,
}

impl Queue {
    /// Starts one for each customer.
    ///
    /// # Errors
    /// Nobody listens.
    pub async fn start(target: &Target, customers: &[Customer]) -> Result<Self, Failed> {
        let over = Rc::new(Cell::new(false));
        let mut tasks = JoinSet::new();
        for who in customers {
            let mut connection = Connection::open(target).await?;
            let (who, over) = (who.clone(), Rc::clone(&over));
            tasks.spawn_local(async move {
                let mut done = 0;
                while !over.get() {
                    sign_in::password(&mut connection, who.clone()).await?;
                    done += 1;
                }
                Ok(done)
            });
        }
        // Until all of them wait for their hash.
        sleep(Duration::from_millis(200)).await;
        Ok(Self { tasks, over })
    }

    /// Lets the last ones end; how many there were.
    ///
    /// # Errors
    /// One of them was answered wrongly.
    pub async fn end(mut self) -> Result<usize, Failed> {
        self.over.set(true);
        let mut done = 0;
        while let Some(ended) = self.tasks.join_next().await {
            done += ended??;
        }
        Ok(done)
    }
}

/// What became of a login in the crowd.
enum Fate {
    Served,
    /// Told to come again, after so many milliseconds.
    Busy(f64),
    Lost,
}

async fn crowds(target: &Target, crowd: &mut Vec<Customer>) -> Result<Vec<Figure>, Failed> {
    let (mut refused, mut answered) = (Rounds::default(), Rounds::default());
    let mut served = Vec::new();
    let mut usual = Vec::new();
    for _ in 0..ROUNDS {
        let fates = at_once(target, next(crowd, CROWD)?).await?;
        let count = |wanted: fn(&Fate) -> bool| fates.iter().filter(|f| wanted(f)).count();
        let busy: Vec<f64> = fates
            .iter()
            .filter_map(|fate| match fate {
                Fate::Busy(took) => Some(*took),
                _ => None,
            })
            .collect();
        if busy.is_empty() {
            return Err("the queue has no end: nobody of the crowd was told to come again".into());
        }
        refused.push(percentile(&busy, 100), BUSY_MILLIS);
        usual.push(median(&busy));
        let lost = count(|fate| matches!(fate, Fate::Lost));
        answered.push(number(CROWD - lost), number(CROWD));
        served.push(number(count(|fate| matches!(fate, Fate::Served))));
    }
    let note = format!(
        "{:.0} of {CROWD} served, the others told \"busy\", half of them within {:.0} ms.",
        median(&served),
        median(&usual)
    );
    let refused = Figure::of(
        "B7",
        format!("slowest 503 of {CROWD} logins at once / limit"),
        "ms",
        &refused,
        Aim::AtMost(1.0),
    );
    let answered = Figure::of(
        "B7",
        format!("answered of {CROWD} logins at once"),
        "answers",
        &answered,
        Aim::AtLeast(1.0),
    );
    Ok(vec![refused.note(note), answered])
}

/// Sends one login of each at the same moment.
async fn at_once(target: &Target, crowd: Vec<Customer>) -> Result<Vec<Fate>, Failed> {
    let start = Rc::new(Barrier::new(crowd.len()));
    let mut tasks = JoinSet::new();
    for who in crowd {
        let mut connection = Connection::open(target).await?;
        let start = Rc::clone(&start);
        tasks.spawn_local(async move {
            start.wait().await;
            one(&mut connection, &who).await
        });
    }
    let mut fates = Vec::new();
    while let Some(ended) = tasks.join_next().await {
        fates.push(ended??);
    }
    Ok(fates)
}

async fn one(connection: &mut Connection, who: &Customer) -> Result<Fate, Failed> {
    let start = Instant::now();
    let Ok(Ok(answered)) = timeout(LOST, sign_in::ask_password(connection, who)).await else {
        return Ok(Fate::Lost);
    };
    if answered.status == StatusCode::SERVICE_UNAVAILABLE {
        sign_in::is_busy(&answered)?;
        return Ok(Fate::Busy(millis(start.elapsed())));
    }
    sign_in::asks_for_code(&answered)?;
    Ok(Fate::Served)
}
