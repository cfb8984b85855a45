use leptos::prelude::*;

use super::{Icon, present};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Ascending,
    Descending,
}

/// The head of a column. With an address it can sort; the address says how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    pub href: String,
    pub sort: Option<Sort>,
    /// Only where the table is wide; its cells say so too.
    pub extra: bool,
    pub end: bool,
}

impl Column {
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    pub fn sortable(mut self, href: impl Into<String>, sort: Option<Sort>) -> Self {
        self.href = href.into();
        self.sort = sort;
        self
    }

    pub fn extra(mut self) -> Self {
        self.extra = true;
        self
    }

    pub fn end(mut self) -> Self {
        self.end = true;
        self
    }

    fn render(self) -> AnyView {
        let arrow = self.sort.map(|_| view! { <Icon name="sort" /> });
        let inner = match present(self.href) {
            Some(href) => view! { <a href=href>{self.title} {arrow}</a> }.into_any(),
            None => self.title.into_any(),
        };
        let sort = self.sort.map(|sort| match sort {
            Sort::Ascending => "ascending",
            Sort::Descending => "descending",
        });
        view! {
            <th
                scope="col"
                role="columnheader"
                class=class(self.extra, self.end, false)
                aria-sort=sort
            >
                {inner}
            </th>
        }
        .into_any()
    }
}

fn class(extra: bool, end: bool, wrap: bool) -> Option<String> {
    let names = [(extra, "extra"), (end, "end"), (wrap, "wrap")];
    let names: Vec<_> = names
        .iter()
        .filter(|(on, _)| *on)
        .map(|(_, name)| *name)
        .collect();
    (!names.is_empty()).then(|| names.join(" "))
}

/// A real table. Where room is short it becomes a list of labelled lines; the
/// roles are written out because browsers forget them when `display` changes.
#[component]
pub fn DataTable(
    #[prop(into)] caption: String,
    /// The caption is only heard where a heading says the same.
    #[prop(optional)]
    show_caption: bool,
    columns: Vec<Column>,
    /// The `Row`s.
    children: Children,
) -> impl IntoView {
    let columns: Vec<_> = columns.into_iter().map(Column::render).collect();
    view! {
        <div class="table">
            <table role="table">
                <caption class=(!show_caption).then_some("only-heard")>{caption}</caption>
                <thead role="rowgroup">
                    <tr role="row">{columns}</tr>
                </thead>
                <tbody role="rowgroup">{children()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
pub fn Row(children: Children) -> impl IntoView {
    view! { <tr role="row">{children()}</tr> }.into_any()
}

/// One cell. `th` is the short label it carries where the table is a list.
#[component]
pub fn Cell(
    #[prop(into)] th: String,
    /// The cell that names its row.
    #[prop(optional)]
    head: bool,
    #[prop(optional)] extra: bool,
    #[prop(optional)] end: bool,
    /// May break into lines even in a wide table.
    #[prop(optional)]
    wrap: bool,
    children: Children,
) -> impl IntoView {
    let class = class(extra, end, wrap);
    if head {
        view! { <th scope="row" role="rowheader" data-th=th class=class>{children()}</th> }
            .into_any()
    } else {
        view! { <td role="cell" data-th=th class=class>{children()}</td> }.into_any()
    }
}
