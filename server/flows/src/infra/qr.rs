//! QR codes as one SVG path, drawn on the server: no script, no image request
//! that could carry a secret.

use fast_qr::{ECL, QRBuilder};
use std::fmt::Write;

/// Light modules around the code (ISO/IEC 18004, 9.1).
const QUIET: usize = 4;

/// Draws a text as a QR code: the `d` of one `<path>` and the side of its
/// `viewBox` in modules, quiet zone included. Fill it dark on a light ground
/// in every theme. A text that no QR code holds (more than 2331 bytes) gives
/// an empty path and 0.
pub fn svg_path(text: &str) -> (String, u32) {
    // 15 % of repair: from a screen nothing gets dirty, and larger modules are
    // read from farther away.
    let Ok(code) = QRBuilder::new(text).ecl(ECL::M).build() else {
        return (String::new(), 0);
    };
    let mut path = String::with_capacity(code.size * code.size * 6);
    for y in 0..code.size {
        let row = &code[y];
        let mut x = 0;
        while x < code.size {
            let run = row[x..].iter().take_while(|module| module.value()).count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    (path, u32::try_from(code.size + 2 * QUIET).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the path back into modules.
    fn modules(path: &str, size: u32) -> Vec<Vec<bool>> {
        let mut grid = vec![vec![false; size as usize]; size as usize];
        for part in path.split_terminator('z') {
            let (place, run) = part.strip_prefix('M').unwrap().split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let (run, back) = run.split_once("v1h-").unwrap();
            assert_eq!(run, back);
            grid[y][x..x + run.parse::<usize>().unwrap()].fill(true);
        }
        grid
    }

    #[test]
    fn every_dark_module_is_drawn_inside_the_quiet_zone() {
        for text in [
            "",
            "x",
            "otpauth://totp/Rekey:j.berger%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Rekey",
            "schlüssel 🗝",
        ] {
            let (path, size) = svg_path(text);
            let grid = modules(&path, size);
            let code = QRBuilder::new(text).ecl(ECL::M).build().unwrap();
            assert_eq!(code.size + 8, size as usize);
            for (y, row) in grid.iter().enumerate() {
                for (x, dark) in row.iter().enumerate() {
                    let inside = (4..4 + code.size).contains(&x) && (4..4 + code.size).contains(&y);
                    assert_eq!(*dark, inside && code[y - 4][x - 4].value(), "{x} {y}");
                }
            }
        }
    }

    #[test]
    fn a_text_that_is_too_long_gives_nothing() {
        assert_eq!(svg_path(&"x".repeat(10_000)), (String::new(), 0));
        assert!(svg_path(&"x".repeat(2331)).1 == 177 + 8);
    }
}
