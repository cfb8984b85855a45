//! Which number: the one on record, or another.

use crate::{
    pages::parts::{Here, Text},
    ui::{Choice, ChoiceCards},
};
use domain::{FactorKind, Field};
use leptos::prelude::*;
use words::approval;

/// The choice, and the field for another number where `free` says that there may be one.
/// The field alone where no number is on record.
pub fn number_fields(
    here: Here,
    kind: FactorKind,
    record: &str,
    free: bool,
    on_record: bool,
    typed: &str,
) -> AnyView {
    let lang = here.lang();
    let field = free.then(|| {
        view! {
            <Text
                here=here
                field=Field::Number
                label=approval::number_label(lang)
                hint=approval::number_hint(lang, kind)
                value=typed
                kind="tel"
                autocomplete="tel"
            />
        }
    });
    if record.is_empty() {
        return field.into_any();
    }
    let title = approval::on_record(lang, record);
    let other = free.then(|| {
        view! {
            <Choice
                name="on_record"
                value="no"
                title=approval::number_other(lang)
                icon="edit"
                checked={!on_record}
            />
        }
    });
    // At the field that was refused; the choice has none of its own.
    let error = (!free).then(|| here.error(Field::Number));
    view! {
        <ChoiceCards
            id="on_record"
            legend=approval::which_number(lang)
            show_legend=true
            error=error
        >
            <Choice name="on_record" value="yes" title=title icon="phone" checked=on_record/>
            {other}
        </ChoiceCards>
        {field}
    }
    .into_any()
}
