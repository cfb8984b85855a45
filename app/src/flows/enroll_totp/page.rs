//! Scan, type, confirm.

use super::api;
use crate::{
    act::{Act, Call},
    browser,
    flows::choose_method,
    pages::parts::{Code, Here, Hidden, Submit, Text, top},
    ui::{CopyRow, Fact, Facts, QrTile, StepItem, Steps},
};
use domain::{
    FactorKind, Field, Lang,
    screen::{EnrollTotp, View},
};
use leptos::{prelude::*, task::spawn_local};
use words::{enroll, frame, prove, refusal::About};

/// QR code, the key as text, a link for the same phone, and the first code.
pub fn page(view: &View, screen: &EnrollTotp) -> AnyView {
    let here = Here::about(view, About::factor(FactorKind::Totp));
    let lang = here.lang();
    let (uri, name) = (screen.uri.clone(), screen.name.clone());
    let facts = vec![
        Fact::new(enroll::totp_account(lang), screen.account.clone()),
        Fact::new(enroll::totp_kind(lang), enroll::totp_kind_value(lang)),
    ];
    let (path, size) = (screen.qr_path.clone(), screen.qr_size.to_string());
    let label = enroll::qr_label(lang, &screen.account);
    let key = screen.key.clone();
    // On a phone the app is on the same device: its button comes first there, and
    // the QR code after it, for who reads this page on a tablet.
    let same_phone = uri.clone();
    view! {
        {top(here, enroll::totp_title(lang), enroll::totp_lead(lang))}
        <Steps>
            <StepItem title=enroll::totp_scan(lang)>
                <p class="on-touch">
                    <a class="button main" href=same_phone rel="external">
                        {enroll::totp_open(lang)}
                    </a>
                </p>
                <QrTile path=path size=size label=label/>
                <p class="off-touch">
                    {enroll::totp_same_phone(lang)} " "
                    <a href=uri rel="external">{enroll::totp_open(lang)}</a>
                </p>
                <details>
                    <summary>{enroll::totp_cannot_scan(lang)}</summary>
                    <div class="stack tight">
                        <Key lang=lang text=key/>
                        <Facts facts=facts small=true/>
                    </div>
                </details>
            </StepItem>
            <StepItem title=enroll::totp_type(lang)>
                <Act action={Call::<api::EnrollTotp>::new()}>
                    <Hidden name="realm" value=here.realm()/>
                    <Code here=here label=prove::security_code(lang) hint=enroll::totp_hint(lang) digits=6/>
                    <Text
                        here=here
                        field=Field::Name
                        label=enroll::name(lang)
                        hint=enroll::name_hint(lang)
                        value=name
                    />
                    <div class="row">
                        <Submit label=frame::proceed(lang)/>
                    </div>
                </Act>
                {choose_method::cancel(here, frame::cancel(lang))}
            </StepItem>
        </Steps>
    }
    .into_any()
}

/// The key in groups of four; copied without the spaces.
#[component]
fn Key(lang: Lang, text: String) -> impl IntoView {
    let copied = RwSignal::new("");
    let bare = StoredValue::new(text.replace(' ', ""));
    let copy = Callback::new(move |()| {
        spawn_local(async move {
            if browser::clipboard::copy(&bare.get_value()).await {
                let _ = copied.try_set(enroll::totp_copied(lang));
            }
        });
    });
    view! {
        <CopyRow
            text=text
            label=frame::copy(lang)
            heard=format!(" {}", enroll::totp_key(lang))
            on_copy=copy
        />
        <p class="sm muted" role="status">{move || copied.get()}</p>
    }
}
