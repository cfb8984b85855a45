use leptos::html;
use leptos::prelude::*;

/// A question before something ends. With the script, `handle` opens it as a
/// modal; without, the question has a page of its own, which renders it with
/// `open` in the flow of the page. Either way the answer is a form in it.
#[component]
pub fn Dialog(
    /// Once per page.
    #[prop(into)]
    id: String,
    #[prop(into)] title: String,
    #[prop(optional)] open: bool,
    #[prop(optional)] handle: NodeRef<html::Dialog>,
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-t");
    let labelled_by = title_id.clone();
    view! {
        <dialog class="dialog" id=id open=open aria-labelledby=labelled_by node_ref=handle>
            <div class="stack tight">
                <h2 id=title_id>{title}</h2>
                {children()}
            </div>
        </dialog>
    }
    .into_any()
}
