//! B17: the power goes while codes and sign-outs are answered; what was answered is
//! there afterwards, the trail is whole, and the node is ready again.

use crate::{
    Failed,
    alone::Alone,
    driver::{Connection, Driver},
    engine::{Engine, name_missing},
    measure::{ROUNDS, Rounds, millis, number},
    people::{AtBrowser, People},
    portal::{Built, settle},
    program::{kill, run_to_end},
    report::{Aim, Figure},
    sign_in, writes,
};
use std::{cell::Cell, rc::Rc};

/// Requests in flight.
const AT_ONCE: usize = 64;
/// Of each kind in one round.
const EACH: usize = 300;
/// After so many answers the power goes.
const ANSWERED: usize = 250;
/// How long the node may take until it is ready again, in milliseconds.
const READY: f64 = 100.0;

/// What somebody does.
#[derive(Clone)]
enum Act {
    Code(AtBrowser),
    SignOut(AtBrowser),
}

/// Measures.
///
/// # Errors
/// An answer is wrong, or the trail is not whole.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let mut figures = Vec::new();
    for engine in Engine::all() {
        let filled = Alone::start(built, &engine, async |people| work(people).await);
        let (mut alone, rounds) = filled.await?;
        let measured = on(built, &engine, &mut alone, rounds).await;
        alone.end().await?;
        figures.extend(measured?);
    }
    name_missing(&mut figures);
    Ok(figures)
}

async fn work(people: &mut People) -> Result<Vec<Vec<Act>>, Failed> {
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let half = people.half_signed_in(EACH).await?;
        let whole = people.signed_in(EACH).await?;
        let both = half.into_iter().zip(whole);
        rounds.push(
            both.flat_map(|(half, whole)| [Act::Code(half), Act::SignOut(whole)])
                .collect(),
        );
    }
    Ok(rounds)
}

async fn on(
    built: &Built,
    engine: &Engine,
    alone: &mut Alone,
    rounds: Vec<Vec<Act>>,
) -> Result<Vec<Figure>, Failed> {
    let (mut there, mut ready) = (Rounds::default(), Rounds::default());
    for acts in rounds {
        let answered = until_killed(alone, acts).await?;
        alone.portal.restart(built).await?;
        ready.push(millis(alone.portal.program.took), READY);
        // Sealed by the node that came back.
        settle().await;
        run_to_end(&mut alone.portal.command(built, &["audit", "verify"]))?;
        let people = alone.portal.people().await?;
        let mut found = 0;
        for act in &answered {
            found += usize::from(is_kept(&people, act).await?);
        }
        people.end().await;
        there.push(number(found), number(answered.len()));
    }
    let name = engine.name();
    let what = format!("acknowledged codes and sign-outs that are there after kill -9, {name}");
    let there = Figure::of("B17", what, "acts", &there, Aim::AtLeast(1.0));
    let what = format!("from the restart to ready, {name} / limit");
    let ready = Figure::of("B17", what, "ms", &ready, Aim::AtMost(1.0));
    let note = format!("{name}: the trail verified after each of {ROUNDS} crashes.");
    Ok(vec![there.note(note), ready])
}

/// Works until the node is killed in the middle of it; gives what was answered.
async fn until_killed(alone: &Alone, acts: Vec<Act>) -> Result<Vec<Act>, Failed> {
    let mut driver = Driver::open(&alone.portal.target, AT_ONCE).await?;
    let id = alone.portal.program.id();
    let count = Rc::new(Cell::new(0));
    let act = async move |connection: &mut Connection, act: Act| {
        let done = match &act {
            Act::Code(at) => sign_in::code(connection, at.clone()).await,
            Act::SignOut(at) => writes::sign_out(connection, at).await,
        };
        match done {
            Ok(()) => {
                count.set(count.get() + 1);
                if count.get() == ANSWERED {
                    kill(id)?;
                }
                Ok(Some(act))
            }
            // The connection broke: nothing was promised.
            Err(_) if count.get() >= ANSWERED => Ok(None),
            Err(error) => Err(error),
        }
    };
    let done = driver.all(acts, act).await?;
    Ok(done.into_iter().flatten().collect())
}

/// Whether everything of it is there.
async fn is_kept(people: &People, act: &Act) -> Result<bool, Failed> {
    let (who, told, sessions) = match act {
        Act::Code(at) => (&at.who, "sign_in", 1),
        Act::SignOut(at) => (&at.who, "sign_out", 0),
    };
    let (open, used, trail) = people.kept(who.id()).await?;
    let is_used = used || sessions == 0;
    Ok(open == sessions && is_used && trail.iter().any(|action| action == told))
}
