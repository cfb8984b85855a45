use leptos::prelude::*;

/// A QR code, drawn by the server and always black on white: cameras fail on the
/// other way round. It takes the path alone, so that no markup is ever inserted
/// unread. The key beside it says the same for those who cannot scan.
#[component]
pub fn QrTile(
    /// The `d` of one path, one unit for each module.
    #[prop(into)]
    path: String,
    /// How many modules wide it is.
    #[prop(into)]
    size: String,
    #[prop(into)] label: String,
) -> impl IntoView {
    view! {
        <div class="qr">
            <svg
                viewBox=format!("0 0 {size} {size}")
                role="img"
                aria-label=label
                shape-rendering="crispEdges"
            >
                <path fill="#000" stroke="none" d=path></path>
            </svg>
        </div>
    }
    .into_any()
}
