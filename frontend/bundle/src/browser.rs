//! What the browser tests take from the system.

use crate::apt::Program;

/// The browser: the system's own, because Playwright's download reaches its server on no
/// closed network. The headless shell has no windows, tabs and menus of its own to draw, which
/// saves two fifths of the processor's time.
pub const CHROMIUM: Program = Program {
    variable: "CHROMIUM",
    names: &[
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
    ],
    package: "chromium-headless-shell",
    why: "the browser tests need Chromium",
};

/// The same with its windows, for what the headless shell lacks: notifications.
pub const CHROMIUM_WINDOWS: Program = Program {
    variable: "CHROMIUM_WINDOWS",
    names: &["chromium", "chromium-browser", "google-chrome"],
    package: "chromium",
    why: "the tests of push messages need Chromium with notifications",
};

/// The proxy: applications that know no protocol stand behind it, and so do the nodes of
/// a portal, with the configuration that operators take.
pub const NGINX: Program = Program {
    variable: "NGINX",
    names: &["nginx"],
    package: "nginx",
    why: "the tests behind a proxy need nginx",
};
