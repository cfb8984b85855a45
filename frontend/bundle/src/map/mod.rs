//! `cargo x map`: draws the world map of the start page anew, from Natural
//! Earth's countries (naturalearthdata.com, 1:110m; public domain) as the npm
//! package `world-atlas` carries them.
//!
//! What it writes is checked in: the map changes when the grouping of countries
//! does, which is hardly ever, and no build should need the data.

mod atlas;
mod grid;
mod groups;
mod outline;

use std::fmt::Write;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::fingerprint::{read, write};
use crate::npm;
use crate::run;
use crate::workspace::Workspace;

const SOURCES: &str = "frontend/bundle/map";
const FILES: &[&str] = &["package.json", "package-lock.json", ".npmrc"];
const ATLAS: &str = "node_modules/world-atlas/countries-110m.json";
/// What is made.
const DRAWING: &str = "server/flows/src/start/world.rs";

/// Fetches the countries, draws them and writes the drawing down.
pub fn run(workspace: &Workspace) -> Result<()> {
    if let Some(missing) = npm::missing() {
        return Err(Failure::new(missing));
    }
    let directory = workspace.target.join("map");
    for file in FILES {
        let content = read(&workspace.path(SOURCES).join(file))?;
        write(&directory.join(file), &content)?;
    }
    npm::install(&directory)?;
    let countries = atlas::read(&read(&directory.join(ATLAS))?)?;
    let drawing = drawing(&grid::drawn(&groups::grouped(countries)?));
    let path = workspace.path(DRAWING);
    write(&path, drawing.as_bytes())?;
    run::succeed(
        Command::new("rustfmt")
            .args(["--edition", "2024"])
            .arg(&path),
    )?;
    let size = read(&path)?.len();
    eprintln!("The map is at {} ({size} bytes).", workspace.shown(&path));
    Ok(())
}

/// The drawing as Rust.
fn drawing(grid: &grid::Grid) -> String {
    let mut arms = String::new();
    let reached = outline::reached(grid);
    for (number, group) in groups::GROUPS.iter().enumerate() {
        let _ = write!(
            arms,
            "Region::{} => Drawing {{ land: {:?}, reach: {:?}, middle: {:?} }},",
            group.name,
            outline::land(grid, number),
            outline::reach(&reached, number),
            outline::middle(grid, number),
        );
    }
    let (width, height) = (2 * grid.width, 2 * grid.height);
    format!(
        "//! The world by regions. Made by `cargo x map` from Natural Earth's countries
//! (1:110m, naturalearthdata.com, public domain); not written by hand.

use super::Drawing;
use domain::region::Region;

/// The size of the map.
pub const SIZE: (i32, i32) = ({width}, {height});

/// A region on it.
pub const fn drawing(region: Region) -> Drawing {{
    match region {{ {arms} }}
}}
"
    )
}

#[cfg(test)]
mod tests {
    use super::{drawing, grid::Grid, groups::GROUPS};

    #[test]
    fn every_region_is_written_down() {
        let mut grid = Grid::new(3, 2);
        grid.set(1, 1, Some(2));
        let made = drawing(&grid);
        for group in &GROUPS {
            assert!(made.contains(&format!("Region::{} =>", group.name)));
        }
        assert!(made.contains("SIZE: (i32, i32) = (6, 4)"));
        assert!(made.contains("M2 3l1-1l1 1l-1 1z"), "{made}");
        assert!(made.lines().all(|line| !line.contains("node_modules")));
    }
}
