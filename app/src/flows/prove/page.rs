//! A code, a passkey, or which of several.

use super::{
    api::{ProveAnotherWay, ProveCancel, ProveCode, ProveResend, prove_passkey},
    code_lead, resend_part, validity,
};
use crate::{
    act::{self, Act, Call},
    browser::passkey as browser,
    flows::sign_in::anybody,
    pages::parts::{
        Code, Here, Hidden, NeedsScript, PasskeyButton, Secret, Submit, desk_phone, factor_icon,
        note, purpose, run, top, use_given,
    },
    ui::{Icon, Tick, Tone},
};
use domain::{
    FactorKind, Field, Lang,
    cases::CaseKind,
    paths,
    screen::{self, CodePurpose, CodeTask, PasskeyTask, View},
};
use leptos::prelude::*;
use words::{count, factor, frame, instructions, prove, refusal::About, sign_in};

/// Why one is asked, where it is not a sign-in.
pub(super) fn why(here: Here, purpose: CodePurpose) -> Option<AnyView> {
    let lang = here.lang();
    match purpose {
        CodePurpose::Confirm => Some(note(Tone::Info, prove::confirm_lead(lang), "")),
        CodePurpose::Test => Some(note(Tone::Info, prove::test_lead(lang), "")),
        _ => None,
    }
}

/// A code to type, or a PIN or password.
pub fn code(view: &View, task: &CodeTask) -> AnyView {
    code_with(view, task, None)
}

/// [`code`], with something between where it was sent and where it is typed.
pub(super) fn code_with(view: &View, task: &CodeTask, between: Option<AnyView>) -> AnyView {
    let here = Here::about(view, About::factor(task.kind));
    let lang = here.lang();
    let (realm, what) = (here.realm(), purpose(task.purpose));
    let label = prove::label(lang, task.kind);
    let field = match task.kind {
        FactorKind::Pin | FactorKind::Password => view! {
            <Secret
                here=here
                field=Field::Code
                label=label
                autocomplete="current-password"
                digits=task.kind == FactorKind::Pin
            />
        }
        .into_any(),
        kind => view! {
            <Code here=here label=label hint=prove::hint(lang, kind, task.digits) digits=task.digits/>
        }
        .into_any(),
    };
    let validity = validity(lang, task);
    let remember = remember(lang, task.remember_days);
    let submit = prove::submit(lang, task.kind, task.purpose);
    let again = |button| {
        view! {
            <Act action={Call::<ProveResend>::new()}>
                <Hidden name="realm" value=here.realm()/>
                <Hidden name="purpose" value=what/>
                {button}
            </Act>
        }
        .into_any()
    };
    // Where a code comes by telephone, the other ways stand beside "send again".
    let is_line = task.kind.is_line();
    let more = is_line.then(|| if_not_arrived(here, what, task));
    let resend = resend_part(lang, task, again, more);
    view! {
        {top(here, prove::title(lang, task.kind, task.purpose), "")}
        {why(here, task.purpose)}
        {code_lead(lang, task)}
        {between}
        <Act action={Call::<ProveCode>::new()}>
            <Hidden name="realm" value=realm/>
            <Hidden name="purpose" value=what/>
            {field}
            {validity}
            {remember}
            <div class="row">
                <Submit label=submit/>
            </div>
        </Act>
        {resend}
        {task.instructions.then(|| {
            view! { <p><a href=here.path(paths::instructions)>{instructions::link(lang)}</a></p> }
        })}
        {case_link(here, task.case)}
        {ways_out(here, what, task.others && !is_line)}
    }
    .into_any()
}

/// What helps where a code by telephone does not come: another way, or the service desk
/// and what it asks for.
fn if_not_arrived(here: Here, what: &'static str, task: &CodeTask) -> AnyView {
    let lang = here.lang();
    if task.others {
        return another(here, what, "button small");
    }
    let asks = task.desk_asks.iter().map(|proof| {
        view! { <li>{prove::at_hand_for(lang, *proof)}</li> }
    });
    let asks = asks.collect_view();
    // Only who can show the desk that it is them is helped so.
    let lost = (!task.desk_asks.is_empty()).then(|| view! { <p>{prove::lost_number(lang)}</p> });
    view! {
        <p>{prove::no_other_way(lang)}</p>
        {desk_phone(here)}
        <p>{prove::at_hand(lang)}</p>
        <ul class="bullets">
            <li>{prove::at_hand_name(lang)}</li>
            {asks}
        </ul>
        {lost}
    }
    .into_any()
}

/// "Try another way".
fn another(here: Here, what: &'static str, class: &'static str) -> AnyView {
    view! {
        <Act action={Call::<ProveAnotherWay>::new()} class="row">
            <Hidden name="realm" value=here.realm()/>
            <Hidden name="purpose" value=what/>
            <Hidden name="kind" value=""/>
            <Submit label=prove::another_way(here.lang()) class=class/>
        </Act>
    }
    .into_any()
}

/// Whether this browser is to go without a code for some days.
fn remember(lang: Lang, days: i64) -> Option<AnyView> {
    (days > 0).then(|| {
        view! {
            <Tick name="remember" hint=prove::remember_hint(lang)>
                {prove::remember(lang, &count::days(lang, days))}
            </Tick>
        }
        .into_any()
    })
}

/// A passkey to use.
pub fn passkey(view: &View, task: &PasskeyTask) -> AnyView {
    let here = Here::about(view, About::factor(FactorKind::Passkey));
    let lang = here.lang();
    let what = purpose(task.purpose);
    view! {
        {top(here, prove::passkey_title(lang), prove::passkey_lead(lang))}
        {why(here, task.purpose)}
        <ByPasskey here=here what=what options=task.options.clone()/>
        <NeedsScript lang=lang/>
        {alone(here, task)}
        {ways_out(here, what, task.others)}
    }
    .into_any()
}

/// Before a change nothing but the strongest factor will do: who has lost it hears
/// whom to ask.
fn alone(here: Here, task: &PasskeyTask) -> Option<AnyView> {
    let alone = task.purpose == CodePurpose::Confirm && !task.others;
    alone.then(|| view! { <p class="sm muted">{prove::passkey_gone(here.lang())}</p> }.into_any())
}

#[component]
fn ByPasskey(here: Here, what: &'static str, options: String) -> impl IntoView {
    let lang = here.lang();
    let realm = here.realm();
    let given = use_given(move |credential| {
        act::send(prove_passkey(realm.clone(), what.to_owned(), credential))
    });
    let options = StoredValue::new(options);
    let asked_at = StoredValue::new(here.realm());
    let ask = Callback::new(move |()| {
        let (options, realm) = (options.get_value(), asked_at.get_value());
        run(given, async move {
            if options.is_empty() {
                return anybody(realm).await;
            }
            browser::get(&options).await
        })
    });
    view! {
        <PasskeyButton
            lang=lang
            label=prove::passkey_use(lang)
            busy=sign_in::passkey_busy(lang)
            given=given
            ask=ask
        />
    }
}

/// What the desk can be asked for, where this cannot be had.
fn case_link(here: Here, case: Option<CaseKind>) -> Option<AnyView> {
    let case = case?;
    let to = match case {
        CaseKind::LostPhone => here.path(paths::lost_phone),
        CaseKind::WrongAddress => here.path(paths::wrong_address),
    };
    let label = words::cases::title(here.lang(), case);
    Some(view! { <p><a href=to>{label}</a></p> }.into_any())
}

/// "Cancel" and "Try another way": always in the same place.
pub(super) fn ways_out(here: Here, what: &'static str, others: bool) -> AnyView {
    let lang = here.lang();
    let another = others.then(|| another(here, what, "button plain"));
    view! {
        <div class="row">
            {another}
            <Act action={Call::<ProveCancel>::new()} class="row">
                <Hidden name="realm" value=here.realm()/>
                <Hidden name="purpose" value=what/>
                <Submit label=frame::cancel(lang) class="button plain"/>
            </Act>
        </div>
    }
    .into_any()
}

/// Which of several.
pub fn another_way(view: &View, screen: &screen::AnotherWay, what: CodePurpose) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let what = purpose(what);
    let on_phone = screen.on_phone;
    let label = move |kind| match kind {
        FactorKind::Totp if on_phone => words::phone::codes_way(lang),
        kind => factor::way(lang, kind),
    };
    let ways = screen.kinds.iter().copied().map(|kind| {
        view! {
            <li>
                <Act action={Call::<ProveAnotherWay>::new()}>
                    <Hidden name="realm" value=here.realm()/>
                    <Hidden name="purpose" value=what/>
                    <Hidden name="kind" value=kind.slug()/>
                    <button class="button wide" type="submit">
                        <Icon name=factor_icon(kind)/>
                        {label(kind)}
                    </button>
                </Act>
            </li>
        }
    });
    let ways = ways.collect_view();
    view! {
        {top(here, prove::another_title(lang), prove::another_lead(lang))}
        <ul class="stack tight">{ways}</ul>
        {case_link(here, screen.case)}
        <p class="sm muted">{prove::none_of_these(lang)}</p>
        {ways_out(here, what, false)}
    }
    .into_any()
}
