//! What a realm announces: the page with the details, and the administration.

use domain::{
    Lang,
    announcement::{AnnouncementState, Audience},
};

say! {
    more = "Details", "Mehr dazu";
    page_title = "Announcements", "Ankündigungen";
    none = "Nothing is announced at the moment.", "Zurzeit ist nichts angekündigt.";
    title = "Announcements", "Ankündigungen";
    new_one = "New announcement", "Neue Ankündigung";
    text_en = "Sentence in English", "Satz auf Englisch";
    text_de = "Sentence in German", "Satz auf Deutsch";
    text_hint = "One sentence, above every page of the realm.", "Ein Satz, über jeder Seite des Bereichs.";
    details_en = "Details in English", "Einzelheiten auf Englisch";
    details_de = "Details in German", "Einzelheiten auf Deutsch";
    details_hint = "If you like: what happened, what to do.", "Wenn Sie möchten: was passiert ist und was zu tun ist.";
    audience = "Who sees it", "Wer sie sieht";
    begins = "From", "Von";
    begins_hint = "Empty: at once.", "Leer: sofort.";
    ends = "Until", "Bis";
    publish = "Announce", "Ankündigen";
    list = "Made so far", "Bisher gemacht";
    empty = "Nothing was announced yet.", "Bisher wurde nichts angekündigt.";
    caption = "Announcements, newest first", "Ankündigungen, die neuesten zuerst";
    sentence = "Sentence", "Satz";
    state = "State", "Stand";
    next = "Action", "Aktion";
    withdraw = "Take back", "Zurücknehmen";
    withdraw_sure = "It disappears at once.", "Sie verschwindet sofort.";
    done = "Announced.", "Angekündigt.";
    done_withdrawn = "The announcement is taken back.", "Die Ankündigung ist zurückgenommen.";
}

tell! {
    zone(zone: &str) = "Times in {zone}.", "Zeiten in {zone}.";
    dated(date: &str, text: &str) = "{date}: {text}", "{date}: {text}";
    since(date: &str) = "Since {date}", "Seit {date}";
}

/// Who sees it.
pub const fn audience_name(lang: Lang, audience: Audience) -> &'static str {
    match (audience, lang) {
        (Audience::Everybody, Lang::En) => "Everybody",
        (Audience::Everybody, Lang::De) => "Alle",
        (Audience::SignedIn, Lang::En) => "People who are signed in",
        (Audience::SignedIn, Lang::De) => "Angemeldete",
    }
}

/// Where it stands.
pub const fn state_name(lang: Lang, state: AnnouncementState) -> &'static str {
    match (state, lang) {
        (AnnouncementState::Planned, Lang::En) => "Planned",
        (AnnouncementState::Planned, Lang::De) => "Geplant",
        (AnnouncementState::Shown, Lang::En) => "Shown",
        (AnnouncementState::Shown, Lang::De) => "Wird gezeigt",
        (AnnouncementState::Over, Lang::En) => "Over",
        (AnnouncementState::Over, Lang::De) => "Vorbei",
        (AnnouncementState::Withdrawn, Lang::En) => "Taken back",
        (AnnouncementState::Withdrawn, Lang::De) => "Zurückgenommen",
    }
}
