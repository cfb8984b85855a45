//! The globe on a grid: Patterson's cylindrical projection (Patterson, Šavrič,
//! Jenny 2014), cut through the Bering Strait. One with true areas would press
//! Europe so flat that a finger misses it.

use super::atlas::{Country, Point};
use super::groups::region_at;

/// How many cells the whole globe is wide.
const ACROSS: f64 = 220.0;
/// The meridian in the middle.
const MIDDLE: f64 = 11.0;
/// What is drawn, in degrees of latitude: without Antarctica.
const NORTH: f64 = 80.0;
const SOUTH: f64 = -56.0;
/// A cell is asked at so many places in each direction.
const SAMPLES: u32 = 5;
/// So many of them make it land: somewhat less than half, for the islands.
const ENOUGH: usize = 12;

/// A map of cells. Outside of it there is water.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Cells in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    cells: Vec<Option<usize>>,
}

impl Grid {
    /// Water everywhere.
    pub fn new(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            cells: vec![None; width * height],
        }
    }

    /// What is at a place; water outside.
    pub fn get(&self, x: i32, y: i32) -> Option<usize> {
        self.index(x, y).and_then(|index| self.cells[index])
    }

    /// Puts something at a place within.
    pub fn set(&mut self, x: i32, y: i32, what: Option<usize>) {
        if let Some(index) = self.index(x, y) {
            self.cells[index] = what;
        }
    }

    /// Every place with what is there, row by row.
    pub fn places(&self) -> impl Iterator<Item = (i32, i32, Option<usize>)> {
        let rows = 0..i32::try_from(self.height).unwrap_or(i32::MAX);
        let columns = i32::try_from(self.width).unwrap_or(i32::MAX);
        rows.flat_map(move |y| (0..columns).map(move |x| (x, y, self.get(x, y))))
    }

    fn index(&self, x: i32, y: i32) -> Option<usize> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        (x < self.width && y < self.height).then_some(y * self.width + x)
    }

    /// The same cells without specks: land of one cell is a rock, and water of
    /// one cell a pond.
    fn cleaned(&self) -> Self {
        let mut out = self.clone();
        for (x, y, what) in self.places() {
            let around = [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)];
            let around = around.map(|(x, y)| self.get(x, y));
            let alone = !around.contains(&what);
            if alone {
                out.set(x, y, what.map_or(around[0], |_| None));
            }
        }
        out
    }

    /// The same cells without empty rows and columns around them.
    fn trimmed(&self) -> Self {
        let land: Vec<_> = self
            .places()
            .filter(|(_, _, what)| what.is_some())
            .collect();
        let least = |of: fn(&(i32, i32, Option<usize>)) -> i32| land.iter().map(of).min();
        let most = |of: fn(&(i32, i32, Option<usize>)) -> i32| land.iter().map(of).max();
        let (Some(left), Some(top)) = (least(|p| p.0), least(|p| p.1)) else {
            return self.clone();
        };
        let span = |most: Option<i32>, least: i32| {
            usize::try_from(most.unwrap_or(least) - least + 1).unwrap_or(1)
        };
        let mut out = Self::new(span(most(|p| p.0), left), span(most(|p| p.1), top));
        for (x, y, what) in land {
            out.set(x - left, y - top, what);
        }
        out
    }
}

/// Draws countries, each in its region's number.
pub fn drawn(countries: &[(usize, Country)]) -> Grid {
    let unit = 2.0 * forward([180.0, 0.0])[0] / ACROSS;
    let north = forward([0.0, NORTH])[1] / unit;
    let south = forward([0.0, SOUTH])[1] / unit;
    let mut grid = Grid::new(whole(ACROSS), whole(north - south));
    let places: Vec<_> = grid.places().collect();
    for (x, y, _) in places {
        let at = |dx: f64, dy: f64| {
            let right = f64::from(x) + dx - ACROSS / 2.0;
            let up = north - f64::from(y) - dy;
            backward([right * unit, up * unit])
        };
        let steps = (0..SAMPLES).map(|n| (f64::from(n) + 0.5) / f64::from(SAMPLES));
        let places = steps
            .clone()
            .flat_map(|dy| steps.clone().map(move |dx| at(dx, dy)));
        let found: Vec<_> = places
            .flatten()
            .filter_map(|place| region(countries, place))
            .collect();
        if found.len() >= ENOUGH {
            grid.set(x, y, commonest(&found));
        }
    }
    grid.cleaned().trimmed()
}

fn region(countries: &[(usize, Country)], place: Point) -> Option<usize> {
    let (group, country) = countries.iter().find(|(_, c)| c.contains(place))?;
    Some(region_at(&country.name, *group, place))
}

fn commonest(found: &[usize]) -> Option<usize> {
    let count = |what: usize| found.iter().filter(|&&other| other == what).count();
    found
        .iter()
        .copied()
        .max_by_key(|&what| (count(what), what))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of cells, small and positive"
)]
fn whole(cells: f64) -> usize {
    cells.ceil() as usize
}

const C: [f64; 4] = [1.0148, 0.231_85, -0.144_99, 0.024_06];

/// From a latitude in radians to the height on the map, and how fast that grows.
fn height(latitude: f64) -> (f64, f64) {
    let (square, fourth) = (latitude.powi(2), latitude.powi(4));
    (
        latitude * (C[0] + fourth * (C[1] + square * (C[2] + square * C[3]))),
        C[0] + fourth * (5.0 * C[1] + square * (7.0 * C[2] + square * 9.0 * C[3])),
    )
}

/// A longitude from the middle of the map and a latitude, on the map; upwards is
/// positive.
fn forward([longitude, latitude]: Point) -> Point {
    [longitude.to_radians(), height(latitude.to_radians()).0]
}

/// The place on the globe at a point on the map; none outside of the globe.
fn backward([x, y]: Point) -> Option<Point> {
    let mut latitude = y / C[0];
    for _ in 0..16 {
        let (reached, growth) = height(latitude);
        latitude -= (reached - y) / growth;
    }
    let (longitude, latitude) = (x.to_degrees(), latitude.to_degrees());
    if !(-180.0..=180.0).contains(&longitude) || !(-90.0..=90.0).contains(&latitude) {
        return None;
    }
    let longitude = longitude + MIDDLE;
    let wrapped = if longitude > 180.0 {
        longitude - 360.0
    } else {
        longitude
    };
    Some([wrapped, latitude])
}

#[cfg(test)]
mod tests {
    use super::{Grid, MIDDLE, backward, commonest, forward};

    #[test]
    fn there_and_back_again() {
        for place in [[0.0, 0.0], [40.0, 60.0], [-170.0, -55.0], [100.0, 83.0]] {
            let back = backward(forward(place)).unwrap();
            assert!(
                (back[0] - place[0] - MIDDLE).abs() < 1e-6,
                "{place:?}: {back:?}"
            );
            assert!((back[1] - place[1]).abs() < 1e-6, "{place:?}: {back:?}");
        }
        // The published height of the whole globe, for a width of pi.
        assert!((forward([0.0, 90.0])[1] - 1.790_86).abs() < 1e-4);
    }

    #[test]
    fn beyond_the_globe_there_is_nothing() {
        assert!(backward([3.2, 0.0]).is_none());
        assert!(backward([0.0, 2.0]).is_none());
        let east = backward(forward([175.0, 0.0])).unwrap();
        assert!(
            (east[0] + 174.0).abs() < 1e-6,
            "counted from Greenwich: {east:?}"
        );
    }

    #[test]
    fn margins_are_cut_off() {
        let mut grid = Grid::new(9, 9);
        grid.set(3, 4, Some(1));
        grid.set(5, 5, Some(0));
        let trimmed = grid.trimmed();
        assert_eq!((trimmed.width, trimmed.height), (3, 2));
        assert_eq!(trimmed.get(0, 0), Some(1));
        assert_eq!(trimmed.get(2, 1), Some(0));
        assert_eq!(trimmed.get(-1, 0), None);
    }

    #[test]
    fn specks_go() {
        let mut grid = Grid::new(7, 3);
        for (x, y) in [
            (0, 0),
            (1, 0),
            (2, 0),
            (0, 1),
            (2, 1),
            (0, 2),
            (1, 2),
            (2, 2),
        ] {
            grid.set(x, y, Some(1));
        }
        grid.set(5, 1, Some(0));
        let cleaned = grid.cleaned();
        assert_eq!(cleaned.get(1, 1), Some(1), "a pond");
        assert_eq!(cleaned.get(5, 1), None, "a rock");
        assert_eq!(cleaned.get(0, 0), Some(1));
    }

    #[test]
    fn the_greater_part_decides() {
        assert_eq!(commonest(&[2, 1, 2]), Some(2));
        assert_eq!(commonest(&[]), None);
    }
}
