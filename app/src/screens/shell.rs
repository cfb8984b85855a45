//! The shell around a task, in words: whose door, which steps, who is signed
//! in, where help is.

use crate::{
    admin::places::Way,
    flows::sign_in::SignOutButton,
    ui::{
        Announcement, ChainSteps, Companion, Contact, Desk, Door, Frame, Help, Link, NavGroup,
        Room, StepState, Switch, SwitchOption, Tone,
    },
};
use domain::{
    Lang, paths,
    place::Place,
    screen::{self, PersonFace, RealmCard, RealmFace, Screen, Theme, View},
};
use leptos::prelude::*;
use words::{admin, announcements, desk, frame};

/// Where the demo shows every message that it would send.
const DEMO_MAILBOX: &str = "/demo/outbox";

/// One task, and nothing beside it.
pub fn door(view: &View, wide: bool, task: AnyView) -> AnyView {
    let face = &view.frame;
    let help = help(face.lang, face.realm.as_ref());
    view! { <Door frame=around(view) help=help chain=chain(face) wide=wide>{task}</Door> }
        .into_any()
}

/// At home: the places of a person who is signed in.
pub fn room(view: &View, task: AnyView) -> AnyView {
    let face = &view.frame;
    let lang = face.lang;
    let contact = face.realm.as_ref().and_then(|realm| {
        let mail = (!realm.email.is_empty())
            .then(|| Link::new(&realm.email, format!("mailto:{}", realm.email)));
        contact(lang, realm).map(|contact| Contact { mail, ..contact })
    });
    let (Some(person), Some(realm)) = (&face.person, &face.realm) else {
        return view! { <Room frame=around(view) contact=contact>{task}</Room> }.into_any();
    };
    let out = view! { <SignOutButton lang=lang realm=realm.slug.to_string()/> };
    let who = if person.name == person.login {
        person.name.clone()
    } else {
        format!("{}, {}", person.name, person.login)
    };
    view! {
        <Room
            frame=around(view)
            nav_label=frame::main_menu(lang)
            places=places(view, realm, person)
            person=who
            sign_out=Some(out.into_any())
            contact=contact
        >
            {task}
        </Room>
    }
    .into_any()
}

/// At work: administration.
pub fn desk(view: &View, task: AnyView) -> AnyView {
    let lang = view.frame.lang;
    let person = view
        .frame
        .person
        .as_ref()
        .map(|p| p.name.clone())
        .unwrap_or_default();
    let out = view! { <SignOutButton lang=lang realm=paths::STAFF_REALM.to_owned()/> };
    let serves = view.frame.person.as_ref().is_some_and(|p| p.serves);
    let home = if serves { paths::DESK } else { paths::ADMIN };
    let frame = Frame {
        product: frame::desk(lang).to_owned(),
        home: home.to_owned(),
        ..around(view)
    };
    view! {
        <Desk frame=frame groups=groups(view) person=person sign_out=Some(out.into_any())>{task}</Desk>
    }
    .into_any()
}

/// In the hand: the phone that approves.
pub fn companion(view: &View, task: AnyView) -> AnyView {
    let lang = view.frame.lang;
    let title = match &view.frame.realm {
        Some(realm) => realm.name.clone(),
        None => words::phone::companion(lang).to_owned(),
    };
    view! {
        <leptos_meta::Link rel="manifest" href="/phone.webmanifest"/>
        <Companion frame=around(view) title=title>{task}</Companion>
    }
    .into_any()
}

fn around(view: &View) -> Frame {
    let face = &view.frame;
    let lang = face.lang;
    let realm = face.realm.as_ref();
    let announcement = realm.filter(|r| !r.announcement.is_empty());
    Frame {
        realm: realm.map_or_else(|| "desk".to_owned(), |r| r.slug.to_string()),
        realm_name: realm.map(|r| r.name.clone()).unwrap_or_default(),
        account: face
            .account
            .as_ref()
            .map(|account| frame::account(lang, &account.login))
            .unwrap_or_default(),
        logo: realm.map(|r| r.logo.clone()).unwrap_or_default(),
        product: frame::product(lang).to_owned(),
        home: paths::START.to_owned(),
        skip: frame::skip(lang).to_owned(),
        language: languages(face),
        theme: themes(face),
        copyright: realm.map(|r| r.copyright.clone()).unwrap_or_default(),
        legal: realm
            .map(|r| {
                r.links
                    .iter()
                    .map(|(text, to)| Link::new(text, to))
                    .collect()
            })
            .unwrap_or_default(),
        announcement: announcement.map(|r| {
            let one = Announcement::new(Tone::Info, &r.announcement);
            if r.announcement_path.is_empty() {
                return one;
            }
            one.link(Link::new(announcements::more(lang), &r.announcement_path))
        }),
        demo: face.demo.then(|| {
            let link = Link::new(frame::demo_mailbox(lang), DEMO_MAILBOX);
            Announcement::new(Tone::Idle, frame::demo(lang)).link(link)
        }),
    }
}

/// `?lang=` on the page at hand: the server keeps it and comes back here.
fn languages(face: &screen::Frame) -> Switch {
    let options =
        Lang::ALL.map(|one| SwitchOption::new(one.code(), one.endonym(), one == face.lang));
    Switch {
        label: frame::language(face.lang).to_owned(),
        action: face.path.clone(),
        options: options.into(),
    }
}

/// `?theme=` likewise.
fn themes(face: &screen::Frame) -> Switch {
    let lang = face.lang;
    let all = [
        (Theme::System, frame::theme_system(lang)),
        (Theme::Light, frame::theme_light(lang)),
        (Theme::Dark, frame::theme_dark(lang)),
    ];
    Switch {
        label: frame::theme(lang).to_owned(),
        action: face.path.clone(),
        options: all
            .map(|(one, name)| SwitchOption::new(one.slug(), name, one == face.theme))
            .into(),
    }
}

fn help(lang: Lang, realm: Option<&RealmFace>) -> Help {
    let mut links = vec![Link::new(frame::start(lang), paths::START)];
    if let Some(email) = realm.map(|r| &r.email).filter(|e| !e.is_empty()) {
        links.push(Link::new(frame::write(lang), format!("mailto:{email}")));
    }
    Help {
        title: frame::help(lang).to_owned(),
        links,
        contact: realm.and_then(|r| contact(lang, r)),
    }
}

/// "Service Desk: +49 …, working days, 6 am to 10 pm".
fn contact(lang: Lang, realm: &RealmFace) -> Option<Contact> {
    if realm.phone.is_empty() {
        return None;
    }
    let tel: String = realm
        .phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    let hours = if realm.hours.is_empty() {
        String::new()
    } else {
        format!(", {}", realm.hours)
    };
    Some(Contact {
        before: format!("{}:", frame::service_desk(lang)),
        link: Link::new(&realm.phone, format!("tel:{tel}")),
        after: hours,
        mail: None,
    })
}

fn chain(face: &screen::Frame) -> Option<ChainSteps> {
    if face.steps.len() < 2 {
        return None;
    }
    let lang = face.lang;
    let now = face
        .steps
        .iter()
        .position(|s| s.state == screen::StepState::Now)
        .unwrap_or_default();
    let steps = face.steps.iter().map(|step| {
        let state = match step.state {
            screen::StepState::Done => StepState::Done,
            screen::StepState::Now => StepState::Now,
            screen::StepState::Ahead => StepState::Todo,
        };
        (frame::step(lang, step.name).to_owned(), state)
    });
    Some(ChainSteps {
        label: frame::progress(lang).to_owned(),
        now: frame::step_of(lang, now + 1, face.steps.len()),
        done: frame::step_done(lang).to_owned(),
        steps: steps.collect(),
    })
}

fn places(view: &View, realm: &RealmFace, person: &PersonFace) -> Vec<Link> {
    let lang = view.frame.lang;
    let here = Place::parse(&view.frame.path);
    let slug = &realm.slug;
    let overview = Link::new(frame::overview(lang), paths::overview(slug))
        .current(matches!(here, Some(Place::Overview(_) | Place::Factor(..))));
    if person.resets_pin {
        return vec![overview];
    }
    let mut places = vec![
        overview,
        Link::new(frame::sessions(lang), paths::sessions(slug))
            .current(matches!(here, Some(Place::Sessions(_)))),
        Link::new(frame::profile(lang), paths::profile(slug)).current(matches!(
            here,
            Some(Place::Profile(_) | Place::ProfileFactor(_) | Place::ProfilePassword(_))
        )),
    ];
    if person.serves {
        places.push(Link::new(frame::service_desk(lang), paths::DESK));
    }
    if person.administrates {
        places.push(Link::new(frame::administration(lang), paths::ADMIN));
    }
    places
}

/// The ways along the side, of those places that this person may open.
fn groups(view: &View) -> Vec<NavGroup> {
    let person = view.frame.person.as_ref();
    let serves = person.is_some_and(|p| p.serves).then(|| counter(view));
    let administrates = person.is_some_and(|p| p.administrates).then(|| ways(view));
    serves.into_iter().chain(administrates).collect()
}

/// The service desk.
fn counter(view: &View) -> NavGroup {
    let lang = view.frame.lang;
    let queue = matches!(view.screen, Screen::DeskQueue(_) | Screen::DeskCase(_));
    let people = matches!(view.screen, Screen::DeskPeople(_) | Screen::DeskPerson(_));
    NavGroup {
        label: frame::service_desk(lang).to_owned(),
        links: vec![
            Link::new(desk::queue(lang), paths::DESK)
                .icon("queue")
                .current(queue),
            Link::new(desk::people(lang), paths::DESK_PEOPLE)
                .icon("user")
                .current(people),
        ],
    }
}

/// The ways along the desk's side: all realms, and those of the one at hand.
fn ways(view: &View) -> NavGroup {
    let lang = view.frame.lang;
    let home = matches!(view.screen, Screen::AdminHome(_));
    let mut links = vec![
        Link::new(admin::realms(lang), paths::ADMIN)
            .icon("shield")
            .current(home),
    ];
    if let Some(realm) = realm_at_hand(&view.screen) {
        let here = Place::parse(&view.frame.path);
        links.extend(realm.places.iter().map(|place| {
            let way = Way::of(*place);
            Link::new((way.word)(lang), (way.path)(&realm.slug))
                .icon(way.icon)
                .current(here.as_ref().is_some_and(way.holds))
        }));
    }
    NavGroup {
        label: frame::administration(lang).to_owned(),
        links,
    }
}

const fn realm_at_hand(screen: &Screen) -> Option<&RealmCard> {
    match screen {
        Screen::AdminPeople(screen) => Some(&screen.realm),
        Screen::AdminPerson(screen) => Some(&screen.realm),
        Screen::AdminInvitations(screen) => Some(&screen.realm),
        Screen::AdminRoles(screen) => Some(&screen.realm),
        Screen::AdminAnnouncements(screen) => Some(&screen.realm),
        Screen::AdminApplications(screen) => Some(&screen.realm),
        Screen::AdminApplication(screen) => Some(&screen.realm),
        Screen::AdminTransfers(screen) => Some(&screen.realm),
        Screen::AdminTransfer(screen) => Some(&screen.realm),
        Screen::AdminAudit(screen) => Some(&screen.realm),
        Screen::AdminPolicy(screen) => Some(&screen.realm),
        _ => None,
    }
}
