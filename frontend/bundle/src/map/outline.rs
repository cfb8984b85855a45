//! From cells to lines: straight ones and cuts of 45 degrees, like everything
//! that this product draws.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::grid::Grid;

/// A point in half cells, so that it is a whole number.
type Corner = (i32, i32);

/// How far around its land, in cells, a region can be touched.
const REACH: i32 = 8;

/// The outline of everything with a number, as the data of an SVG path: rings in
/// half cells with relative steps, to be filled by `evenodd` or `nonzero` alike.
pub fn land(grid: &Grid, number: usize) -> String {
    path(grid, number, 0)
}

/// The outline of where a region can be touched, which is more than its land: a
/// finger finds the small ones too.
pub fn reach(reached: &Grid, number: usize) -> String {
    path(reached, number, -2 * REACH)
}

/// Gives the water around land to the region that is nearest. The grid grows by
/// as much on every side; [`reach`] takes that into account.
pub fn reached(grid: &Grid) -> Grid {
    let margin = REACH;
    let wider = |n: usize| n + usize::try_from(2 * margin).unwrap_or(0);
    let mut out = Grid::new(wider(grid.width), wider(grid.height));
    let places: Vec<_> = out.places().map(|(x, y, _)| (x, y)).collect();
    for (x, y) in places {
        out.set(x, y, nearest(grid, x - margin, y - margin));
    }
    out
}

fn nearest(grid: &Grid, x: i32, y: i32) -> Option<usize> {
    let around = (-REACH..=REACH).flat_map(|dy| (-REACH..=REACH).map(move |dx| (dx, dy)));
    around
        .filter(|(dx, dy)| dx * dx + dy * dy <= REACH * REACH)
        .filter_map(|(dx, dy)| Some((dx * dx + dy * dy, grid.get(x + dx, y + dy)?)))
        .min()
        .map(|(_, number)| number)
}

/// The middle of the largest piece of land, in half cells: a place for a name.
pub fn middle(grid: &Grid, number: usize) -> Corner {
    let piece = pieces(grid, number)
        .into_iter()
        .max_by_key(Vec::len)
        .unwrap_or_default();
    let count = i32::try_from(piece.len()).unwrap_or(i32::MAX).max(1);
    let mean = |of: fn(&Corner) -> i32| (2 * piece.iter().map(of).sum::<i32>() + 1) / count;
    (mean(|p| p.0) + 1, mean(|p| p.1) + 1)
}

fn pieces(grid: &Grid, number: usize) -> Vec<Vec<Corner>> {
    let mut left = grid.clone();
    let mut out = Vec::new();
    for (x, y, what) in grid.places() {
        if what != Some(number) {
            continue;
        }
        let (mut piece, mut open) = (Vec::new(), vec![(x, y)]);
        while let Some((x, y)) = open.pop() {
            if left.get(x, y) == Some(number) {
                left.set(x, y, None);
                piece.push((x, y));
                open.extend([(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]);
            }
        }
        out.push(piece);
    }
    out
}

fn path(grid: &Grid, number: usize, shift: i32) -> String {
    let mut out = String::new();
    for ring in rings(grid, number) {
        write_ring(&mut out, &ring, shift);
    }
    out
}

/// Marching squares: between four cells the line runs through the middles of
/// those sides that part land from water. Land is on the right of each step.
fn rings(grid: &Grid, number: usize) -> Vec<Vec<Corner>> {
    let is = |x: i32, y: i32| grid.get(x, y) == Some(number);
    // From each corner one step leads on; corners lie on the sides of squares,
    // and a side belongs to two squares, of which one leads in and one out.
    let mut steps: BTreeMap<Corner, Corner> = BTreeMap::new();
    let (width, height) = (size(grid.width), size(grid.height));
    for y in 0..=height {
        for x in 0..=width {
            // The four cells around the point where they meet.
            let [nw, ne, sw, se] = [is(x - 1, y - 1), is(x, y - 1), is(x - 1, y), is(x, y)];
            let (n, s) = ((2 * x, 2 * y - 1), (2 * x, 2 * y + 1));
            let (w, e) = ((2 * x - 1, 2 * y), (2 * x + 1, 2 * y));
            let mut step = |from, to| steps.insert(from, to);
            match [nw, ne, sw, se] {
                [true, false, false, false] => _ = step(n, w),
                [false, true, false, false] => _ = step(e, n),
                [false, false, true, false] => _ = step(w, s),
                [false, false, false, true] => _ = step(s, e),
                [true, true, false, false] => _ = step(e, w),
                [false, false, true, true] => _ = step(w, e),
                [true, false, true, false] => _ = step(n, s),
                [false, true, false, true] => _ = step(s, n),
                [false, true, true, true] => _ = step(w, n),
                [true, false, true, true] => _ = step(n, e),
                [true, true, false, true] => _ = step(s, w),
                [true, true, true, false] => _ = step(e, s),
                // Cells that touch at a corner stay two pieces.
                [true, false, false, true] => {
                    step(n, w);
                    step(s, e);
                }
                [false, true, true, false] => {
                    step(e, n);
                    step(w, s);
                }
                [true, true, true, true] | [false, false, false, false] => {}
            }
        }
    }
    let mut out = Vec::new();
    while let Some((&first, _)) = steps.first_key_value() {
        let (mut ring, mut at) = (Vec::new(), first);
        while let Some(next) = steps.remove(&at) {
            ring.push(at);
            at = next;
        }
        out.push(ring);
    }
    out
}

fn size(cells: usize) -> i32 {
    i32::try_from(cells).unwrap_or(i32::MAX)
}

/// One ring; steps in the same direction become one.
fn write_ring(out: &mut String, ring: &[Corner], shift: i32) {
    let step = |from: usize| {
        let (a, b) = (ring[from % ring.len()], ring[(from + 1) % ring.len()]);
        (b.0 - a.0, b.1 - a.1)
    };
    // Begins where the direction changes, so that no run is cut in two.
    let before = |n: usize| step(n + ring.len() - 1);
    let turn = |n: usize| {
        let ((a, b), (c, d)) = (before(n), step(n));
        a * d - b * c != 0
    };
    let turns: Vec<_> = (0..ring.len()).filter(|&n| turn(n)).collect();
    let Some(&first) = turns.first() else { return };
    let (x, y) = ring[first];
    let _ = write!(out, "M{} {}", x + shift, y + shift);
    let mut at = (x, y);
    for &n in &turns[1..] {
        let (x, y) = ring[n];
        let (dx, dy) = (x - at.0, y - at.1);
        let _ = match (dx, dy) {
            (_, 0) => write!(out, "h{dx}"),
            (0, _) => write!(out, "v{dy}"),
            (_, ..0) => write!(out, "l{dx}{dy}"),
            _ => write!(out, "l{dx} {dy}"),
        };
        at = (x, y);
    }
    out.push('z');
}

#[cfg(test)]
mod tests {
    use super::{REACH, land, middle, reach, reached};
    use crate::map::grid::Grid;

    fn grid(rows: &[&str]) -> Grid {
        let mut grid = Grid::new(rows[0].len(), rows.len());
        for (row, y) in rows.iter().zip(0..) {
            for (cell, x) in row.chars().zip(0..) {
                grid.set(x, y, cell.to_digit(10).map(|n| n as usize));
            }
        }
        grid
    }

    #[test]
    fn a_cell_is_a_diamond_and_a_block_has_cut_corners() {
        assert_eq!(land(&grid(&["0"]), 0), "M0 1l1-1l1 1l-1 1z");
        let block = land(&grid(&["00", "00"]), 0);
        assert_eq!(block, "M0 1l1-1h2l1 1v2l-1 1h-2l-1-1z");
    }

    #[test]
    fn a_lake_is_a_ring_the_other_way_round() {
        let lake = land(&grid(&["000", "0.0", "000"]), 0);
        assert_eq!(lake, "M0 1l1-1h4l1 1v4l-1 1h-4l-1-1zM2 3l1 1l1-1l-1-1z");
    }

    #[test]
    fn what_touches_at_a_corner_is_two_pieces() {
        let two = land(&grid(&["0.", ".0"]), 0);
        assert_eq!(two.matches('M').count(), 2, "{two}");
    }

    #[test]
    fn neighbours_share_their_border() {
        let both = grid(&["0011", "0011"]);
        assert!(land(&both, 0).contains("h2l1 1v2"), "{}", land(&both, 0));
        assert!(land(&both, 1).starts_with("M4 1"), "{}", land(&both, 1));
    }

    #[test]
    fn a_finger_reaches_the_nearest_land() {
        let two = grid(&["0.................1"]);
        let reached = reached(&two);
        let at = |x| reached.get(x + REACH, REACH);
        assert_eq!(
            (at(-REACH), at(REACH), at(REACH + 1)),
            (Some(0), Some(0), None)
        );
        assert_eq!((at(18 - REACH), at(18)), (Some(1), Some(1)));
        assert_eq!(reached.get(REACH, 0), Some(0));
        assert_eq!(reached.get(0, 0), None, "round, not square");
        let around = reach(&reached, 0);
        assert!(around.starts_with(&format!("M{} ", -2 * REACH)), "{around}");
    }

    #[test]
    fn a_name_stands_on_the_largest_piece() {
        let (x, y) = middle(&grid(&["0.....", "...000", "...000"]), 0);
        assert_eq!((x, y), (9, 4));
    }
}
