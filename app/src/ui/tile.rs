use leptos::prelude::*;

use super::{Icon, present};

/// The list that holds tiles.
#[component]
pub fn Tiles(children: Children) -> impl IntoView {
    view! { <ul class="tiles" role="list">{children()}</ul> }.into_any()
}

/// Somewhere to go, elsewhere: the whole tile is one link, named by its title.
#[component]
pub fn Tile(
    #[prop(into)] href: String,
    #[prop(into)] title: String,
    /// Where it leads.
    #[prop(into)]
    subtitle: String,
    /// What is to be known of it; empty ones are left out.
    notes: Vec<String>,
) -> impl IntoView {
    let notes = notes.into_iter().filter_map(present);
    let notes = notes.map(|note| view! { <p class="sm">{note}</p> });
    let notes = notes.collect_view();
    view! {
        <li class="card tile">
            <div class="row spread">
                <h3>
                    <a href=href rel="external noreferrer">
                        {title}
                    </a>
                </h3>
                <Icon name="next"/>
            </div>
            <p class="sm muted">{subtitle}</p>
            {notes}
        </li>
    }
    .into_any()
}
