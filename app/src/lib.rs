//! The screens, and the door to the server. No rules: what a page shows, the
//! server decided.

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!(
    "`ssr` and `hydrate` exclude each other: check the two halves apart (`cargo x check`)"
);

pub mod act;
pub mod admin;
pub mod browser;
pub mod desk;
pub mod error;
pub mod flows;
pub mod pages;
pub mod parts;
pub mod phone;
pub mod place;
pub mod screens;
#[cfg(feature = "ssr")]
pub mod server;
pub mod ui;
pub mod zone;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

/// The site: one page for every address, because the server says what stands
/// there (`domain::place::Place` lists the addresses).
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    ui::provide_hydrated();
    view! {
        <Router>
            <FlatRoutes fallback=|| ()>
                <Route path=path!("/") view=place::PlacePage ssr=SsrMode::Async />
                <Route path=path!("/*any") view=place::PlacePage ssr=SsrMode::Async />
            </FlatRoutes>
        </Router>
    }
}

/// The names of the bundle's files, which carry a hash of their content.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Assets {
    /// The glue.
    pub js: String,
    /// The module.
    pub wasm: String,
    /// The styles.
    pub css: String,
}

/// The document around the site. Written here and not by `HydrationScripts`,
/// because the names come from the bundle's manifest, which the release binary
/// embeds. The page itself says its language (`screens.rs`): who is signed in may
/// have another than the browser.
#[cfg(feature = "ssr")]
pub fn shell(assets: &Assets, theme: Option<&'static str>) -> impl IntoView + use<> {
    use leptos::nonce::use_nonce;
    use leptos_meta::MetaTags;
    let nonce = use_nonce();
    let Assets { js, wasm, css } = assets.clone();
    // Deferred to a quiet moment: the form works before. A busy machine has none for a long
    // time, so after half a second it is begun all the same; `setTimeout` takes the options
    // for no delay at all.
    let start = format!(
        "(self.requestIdleCallback||setTimeout)(()=>import({js:?}).then(m=>m.default({{module_or_path:{wasm:?}}}).then(()=>m.hydrate())),{{timeout:500}})"
    );
    let script = (!js.is_empty()).then(|| {
        view! {
            <link rel="modulepreload" href=js crossorigin="" />
            <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
            <script type="module" nonce=nonce>
                {start}
            </script>
        }
    });
    view! {
        <!DOCTYPE html>
        <html data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
                <link rel="stylesheet" href=css />
                <MetaTags />
                {script}
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
