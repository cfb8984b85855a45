//! The entry of the browser half: takes over the page that the server rendered.

use app::parts::Part;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the page's own script. The part of the program that the page
/// at hand needs is fetched before: taking a page over cannot wait halfway. Where
/// it cannot be had, the page stays as the server rendered it, and works.
#[wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    if Part::named(&app::browser::part()).load().await {
        leptos::mount::hydrate_body(app::App);
    }
}
