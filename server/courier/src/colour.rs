//! The colours of a mail. Mail programs know neither custom properties nor
//! OKLCH, so the roles of `tokens.css` are worked out here: hue and some chroma
//! from the realm, lightness from us, so that contrast holds for any brand.

/// The roles that a mail uses, each as `#rrggbb`.
pub(crate) struct Palette {
    pub(crate) ground: String,
    pub(crate) sheet: String,
    pub(crate) sunken: String,
    pub(crate) ink: String,
    pub(crate) quiet: String,
    pub(crate) line: String,
    pub(crate) accent: String,
    pub(crate) on_accent: String,
}

/// Lightness, chroma, hue in radians.
#[derive(Clone, Copy)]
struct Oklch(f64, f64, f64);

/// What the desk wears; for a brand that cannot be read.
const GRAPHITE: [u8; 3] = [0x46, 0x54, 0x6b];

impl Palette {
    pub(crate) fn light(brand: &str) -> Self {
        let brand = read(brand);
        Self {
            ground: grey(0.975, 0.004, 250.0),
            sheet: grey(1.0, 0.0, 0.0),
            sunken: grey(0.962, 0.005, 250.0),
            ink: grey(0.235, 0.018, 262.0),
            quiet: grey(0.43, 0.018, 260.0),
            line: grey(0.905, 0.007, 255.0),
            accent: tint(brand, 0.455, 0.14),
            on_accent: grey(1.0, 0.0, 0.0),
        }
    }

    pub(crate) fn dark(brand: &str) -> Self {
        let brand = read(brand);
        Self {
            ground: grey(0.168, 0.012, 260.0),
            sheet: grey(0.205, 0.013, 260.0),
            sunken: grey(0.182, 0.012, 260.0),
            ink: grey(0.945, 0.006, 255.0),
            quiet: grey(0.785, 0.012, 255.0),
            line: grey(0.315, 0.015, 260.0),
            accent: tint(brand, 0.815, 0.1),
            on_accent: tint(brand, 0.2, 0.04),
        }
    }
}

fn grey(lightness: f64, chroma: f64, degrees: f64) -> String {
    hex(Oklch(lightness, chroma, degrees.to_radians()))
}

fn tint(Oklch(_, chroma, hue): Oklch, lightness: f64, most: f64) -> String {
    hex(Oklch(lightness, chroma.min(most), hue))
}

fn read(brand: &str) -> Oklch {
    let digits = brand.trim().trim_start_matches('#');
    let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    let rgb = (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
        .then(|| Some([channel(0)?, channel(2)?, channel(4)?]))
        .flatten()
        .unwrap_or(GRAPHITE);
    let [r, g, b] = rgb.map(|v| {
        let v = f64::from(v) / 255.0;
        if v <= 0.04045 {
            v / 12.92
        } else {
            ((v + 0.055) / 1.055).powf(2.4)
        }
    });
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    let lightness = 0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s;
    let a = 1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s;
    let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s;
    Oklch(lightness, a.hypot(b), b.atan2(a))
}

fn hex(Oklch(lightness, chroma, hue): Oklch) -> String {
    let (a, b) = (chroma * hue.cos(), chroma * hue.sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    let [r, g, b] = [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
    ]
    .map(|v: f64| {
        let v = v.clamp(0.0, 1.0);
        let v = if v <= 0.003_130_8 {
            v * 12.92
        } else {
            1.055 * v.powf(1.0 / 2.4) - 0.055
        };
        // In 0..=255 after the clamp.
        (v * 255.0).round() as u8
    });
    format!("#{r:02x}{g:02x}{b:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let v = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if v <= 0.04045 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn contrast_holds_for_any_brand() {
        for r in (0..=255).step_by(51) {
            for g in (0..=255).step_by(51) {
                for b in (0..=255).step_by(51) {
                    let brand = format!("#{r:02x}{g:02x}{b:02x}");
                    for p in [Palette::light(&brand), Palette::dark(&brand)] {
                        for (text, below) in [
                            (&p.on_accent, &p.accent),
                            (&p.accent, &p.sheet),
                            (&p.ink, &p.sunken),
                            (&p.quiet, &p.sunken),
                            (&p.quiet, &p.ground),
                        ] {
                            let ratio = contrast(text, below);
                            assert!(ratio >= 4.5, "{brand}: {text} on {below} is {ratio:.2}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn known_colours_come_back() {
        assert_eq!(hex(read("#b4572a")), "#b4572a");
        assert_eq!(hex(read("#fff")), hex(read("#46546b")));
        assert_eq!(hex(read("red;}\"'")), "#46546b");
        assert_eq!(Palette::light("#46546b").sheet, "#ffffff");
    }
}
