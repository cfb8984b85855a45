//! The service desk: the queue, a case, a person.

use domain::{
    Lang,
    cases::{CaseKind, Mark, Proof},
    desk_act::DeskAct,
    screen::{LineName, MessageState, Whose},
};

say! {
    switch_line = "Switch between SMS and call", "Zwischen SMS und Anruf wechseln";
    place = "Service desk", "Service Desk";
    queue = "Queue", "Warteschlange";
    people = "People", "Personen";
    filter_label = "Filter cases", "Vorgänge filtern";
    search = "Number, name or login", "Nummer, Name oder Anmeldename";
    kind = "Kind", "Art";
    all_kinds = "All kinds", "Alle Arten";
    realm = "Realm", "Bereich";
    all_realms = "All realms", "Alle Bereiche";
    whose = "Whose cases", "Wessen Vorgänge";
    filter = "Filter", "Filtern";
    export = "Export as CSV", "Als CSV exportieren";
    caption = "Cases, the most urgent first", "Vorgänge, die dringendsten zuerst";
    due = "Due", "Fällig";
    case = "Case", "Vorgang";
    person = "Person", "Person";
    since = "Since", "Seit";
    with = "With", "Bei";
    state = "State", "Stand";
    late = "late", "verspätet";
    nobody = "Nobody", "Niemand";
    empty = "No case fits. Nobody waits for you here.", "Kein Vorgang passt. Hier wartet niemand auf Sie.";
    no_live = "Live updates stopped. Reload the page to see what is new.", "Die Seite aktualisiert sich nicht mehr selbst. Laden Sie sie neu, um Neues zu sehen.";
    form_beside = "What the form says, and what is on record", "Was im Formular steht, und was hinterlegt ist";
    form_says = "Form", "Formular";
    on_record = "On record", "Hinterlegt";
    compared = "Compared", "Vergleich";
    not_on_record = "Not on record", "Nicht hinterlegt";
    story = "In their words", "In eigenen Worten";
    consent = "Consent", "Einwilligung";
    proof = "Proven beside the password", "Nachgewiesen neben dem Passwort";
    proof_none = "Nothing", "Nichts";
    wait = "Wait after an approval", "Wartezeit nach einer Genehmigung";
    no_wait = "None", "Keine";
    contact_only = "Contact this person only by what is on record. What the form says reaches nobody.", "Nehmen Sie nur über das Hinterlegte Kontakt auf. Was im Formular steht, erreicht niemanden.";
    protected = "This account belongs to staff: two people decide, one of them a lead of the desk.", "Dieses Konto gehört zum Personal: Zwei Personen entscheiden, eine davon aus der Leitung.";
    claim = "Take the case", "Vorgang übernehmen";
    take_over = "Take it over", "Vorgang an sich nehmen";
    release = "Give it back", "Zurückgeben";
    decision = "Decision", "Entscheidung";
    approve = "Approve", "Genehmigen";
    decline = "Decline", "Ablehnen";
    reason = "Reason for declining", "Grund der Ablehnung";
    reason_hint = "The person is told it word for word. At most 500 characters.", "Die Person erfährt ihn wörtlich. Höchstens 500 Zeichen.";
    approve_ask = "Approve this case?", "Diesen Vorgang genehmigen?";
    approve_yes = "Approve", "Genehmigen";
    not_yet = "Take the case to decide it.", "Übernehmen Sie den Vorgang, um ihn zu entscheiden.";
    act_asked = "A second person of the desk has to agree.", "Eine zweite Person am Service Desk muss zustimmen.";
    act_asked_lead = "Nothing has changed yet. One of the two leads the desk.", "Noch hat sich nichts geändert. Eine der beiden leitet den Service Desk.";
    act_refused = "It will not be done.", "Es geschieht nicht.";
    acts = "Waits for a second person", "Wartet auf eine zweite Person";
    acts_lead = "Two of the desk do this together, and one of them leads it: the account is protected, or its caller is not fully verified.", "Zwei vom Service Desk tun das gemeinsam, eine davon leitet ihn: Das Konto ist geschützt, oder wer anruft, ist nicht vollständig geprüft.";
    act_agree = "Agree and do it", "Zustimmen und ausführen";
    act_refuse = "Refuse", "Ablehnen";
    act_take_back = "Take back", "Zurücknehmen";
    act_wait = "Somebody else of the desk has to agree.", "Jemand anderes vom Service Desk muss zustimmen.";
    may_not = "Your role looks into cases; a reviewer decides them.", "Ihre Rolle sieht Vorgänge ein; entschieden werden sie von Prüfenden.";
    about = "About this case", "Zu diesem Vorgang";
    history = "History", "Verlauf";
    factors = "Ways to sign in", "Anmeldewege";
    sessions = "Open sessions", "Offene Sitzungen";
    no_sessions = "Signed in nowhere.", "Nirgends angemeldet.";
    cases = "Cases", "Vorgänge";
    no_cases = "No cases.", "Keine Vorgänge.";
    messages = "Messages", "Nachrichten";
    no_messages = "No messages.", "Keine Nachrichten.";
    to = "To", "An";
    resend = "Send again", "Erneut senden";
    unlock = "Unlock", "Entsperren";
    end_sessions = "End all sessions", "Alle Sitzungen beenden";
    lift_freeze = "Lift the freeze", "Sperre aufheben";
    suspend = "Switch off", "Ausschalten";
    resume = "Switch on", "Einschalten";
    remove = "Remove", "Entfernen";
    remove_lead = "It works no more and cannot be switched on again. It takes a caller whom you verified in this call. The person is told.", "Er gilt nicht mehr und lässt sich nicht wieder einschalten. Das geht nur bei einer Person, die Sie in diesem Anruf geprüft haben. Sie erfährt davon.";
    done_removed = "Removed. The person is told.", "Entfernt. Die Person erfährt es.";
    suspend_ask = "Switch this way to sign in off?", "Diesen Anmeldeweg ausschalten?";
    suspend_lead = "It stays set up and can be switched on again. The person is told.", "Er bleibt eingerichtet und lässt sich wieder einschalten. Die Person erfährt davon.";
    told = "Whatever is done here, the person is told.", "Was hier geschieht, erfährt die Person.";
    masked = "Addresses are shown in full while a case is open.", "Adressen stehen hier ganz, solange ein Vorgang offen ist.";
    check_title = "Is it them?", "Ist es die Person selbst?";
    check_lead = "Send a message to the phone on record and read the number to the caller. They type it there and accept.", "Senden Sie eine Nachricht an das hinterlegte Smartphone und lesen Sie der Person am Telefon die Zahl vor. Sie tippt sie dort ein und nimmt an.";
    check_send = "Send test message", "Testnachricht senden";
    check_number = "Read this number out", "Diese Zahl vorlesen";
    check_elsewhere = "A colleague is checking this caller.", "Jemand anderes prüft diese Person gerade.";
    check_waiting = "Waiting for the smartphone", "Warten auf das Smartphone";
    check_accepted = "Accepted: it is them.", "Angenommen: Es ist die Person selbst.";
    check_declined = "Declined on the smartphone.", "Auf dem Smartphone abgelehnt.";
    check_not_me = "They say that they did not call. The account is frozen.", "Die Person sagt, dass sie nicht angerufen hat. Das Konto ist eingefroren.";
    check_over = "It waits no more: nobody answered in time, or there were too many wrong tries.", "Es wartet nicht mehr: Es kam keine Antwort, oder es gab zu viele falsche Versuche.";
    check_none = "No smartphone is registered. Use another proof.", "Es ist kein Smartphone registriert. Nehmen Sie einen anderen Nachweis.";
    check_new = "recently changed", "kürzlich geändert";
    no_phone_to_check = "There is no smartphone that verifies a caller. One that was added less than 24 hours ago does not.", "Es gibt kein Smartphone, das Anrufende ausweist. Eines, das vor weniger als 24 Stunden hinzukam, genügt nicht.";
    check_history = "Checks of this caller", "Prüfungen dieser Person";
    check_holds = "counts", "gilt";
    not_yours = "This account is protected: it belongs to staff, to your own manager or to you. What you do here waits until a second person of the desk agrees; one of the two leads it.", "Dieses Konto ist geschützt: Es gehört zum Personal, zu Ihrer eigenen Führungskraft oder Ihnen. Was Sie hier tun, wartet, bis eine zweite Person am Service Desk zustimmt; eine der beiden leitet ihn.";
    on_probation = "On probation until", "Auf Probe bis";
    off = "Switched off", "Ausgeschaltet";
    ready = "Ready", "Bereit";
    find = "Find", "Suchen";
    people_lead = "Search by a part of the name or of the login.", "Suchen Sie nach einem Teil des Namens oder Anmeldenamens.";
    people_none = "Nobody fits.", "Niemand passt.";
    people_more = "There are more. Type a longer part of the name.", "Es gibt mehr. Geben Sie einen längeren Teil des Namens ein.";
    people_type = "Type at least two characters.", "Geben Sie mindestens zwei Zeichen ein.";
    done_claimed = "The case is yours.", "Der Vorgang ist Ihrer.";
    done_released = "The case is back in the queue.", "Der Vorgang ist wieder in der Warteschlange.";
    done_seconded = "Your approval stands. A second one is needed, from somebody else.", "Ihre Genehmigung steht. Es fehlt eine zweite von jemand anderem.";
    done_approved = "Approved. The person is told on every address.", "Genehmigt. Die Person erfährt es an jeder Adresse.";
    done_declined = "Declined. The person is told the reason.", "Abgelehnt. Die Person erfährt den Grund.";
    done_resent = "A new message is on its way.", "Eine neue Nachricht ist unterwegs.";
    done_suspended = "Switched off. The person is told.", "Ausgeschaltet. Die Person erfährt es.";
    done_resumed = "Switched on. The person is told.", "Eingeschaltet. Die Person erfährt es.";
}

tell! {
    counts(all: &str, late: &str) = "{all} open, {late} late.", "{all} offen, {late} verspätet.";
    opens(at: &str) = "The way in opens: {at}", "Der Weg hinein öffnet sich: {at}";
    declined(reason: &str) = "Declined: {reason}", "Abgelehnt: {reason}";
}

/// The kind of a case.
pub const fn case_kind(lang: Lang, kind: CaseKind) -> &'static str {
    match (kind, lang) {
        (CaseKind::LostPhone, Lang::En) => "Lost phone",
        (CaseKind::LostPhone, Lang::De) => "Smartphone verloren",
        (CaseKind::WrongAddress, Lang::En) => "OTP e-mail reset",
        (CaseKind::WrongAddress, Lang::De) => "Zurücksetzen der OTP-Adresse",
    }
}

/// Where a case stands, by its slug.
pub fn stage(lang: Lang, slug: &str) -> &'static str {
    match (slug, lang) {
        ("open", Lang::En) => "New",
        ("open", Lang::De) => "Neu",
        ("claimed", Lang::En) => "In review",
        ("claimed", Lang::De) => "In Prüfung",
        ("seconded", Lang::En) => "Waits for the second approval",
        ("seconded", Lang::De) => "Wartet auf zweite Genehmigung",
        ("approved", Lang::En) => "Approved",
        ("approved", Lang::De) => "Genehmigt",
        ("declined", Lang::En) => "Declined",
        ("declined", Lang::De) => "Abgelehnt",
        ("vetoed", Lang::En) => "“This was not me”",
        ("vetoed", Lang::De) => "„Das war ich nicht“",
        ("withdrawn", Lang::En) => "Taken back",
        ("withdrawn", Lang::De) => "Zurückgezogen",
        ("lapsed", Lang::En) => "Expired",
        ("lapsed", Lang::De) => "Abgelaufen",
        ("used", Lang::En) => "Done",
        ("used", Lang::De) => "Erledigt",
        ("undone", Lang::En) => "Undone",
        ("undone", Lang::De) => "Rückgängig gemacht",
        (_, Lang::En) => "Unknown",
        (_, Lang::De) => "Unbekannt",
    }
}

/// Whose cases.
pub const fn whose_name(lang: Lang, whose: Whose) -> &'static str {
    match (whose, lang) {
        (Whose::All, Lang::En) => "All",
        (Whose::All, Lang::De) => "Alle",
        (Whose::Mine, Lang::En) => "Mine",
        (Whose::Mine, Lang::De) => "Meine",
        (Whose::Nobodys, Lang::En) => "Nobody’s",
        (Whose::Nobodys, Lang::De) => "Freie",
        (Whose::Late, Lang::En) => "Late",
        (Whose::Late, Lang::De) => "Verspätete",
        (Whose::Done, Lang::En) => "Done",
        (Whose::Done, Lang::De) => "Erledigte",
    }
}

/// How a line compares.
pub const fn mark(lang: Lang, mark: Mark) -> &'static str {
    match (mark, lang) {
        (Mark::Same, Lang::En) => "Same",
        (Mark::Same, Lang::De) => "Gleich",
        (Mark::Differs, Lang::En) => "Differs",
        (Mark::Differs, Lang::De) => "Weicht ab",
        (Mark::Unknown, Lang::En) => "Cannot be compared",
        (Mark::Unknown, Lang::De) => "Nicht vergleichbar",
    }
}

/// A line of the form.
pub const fn line(lang: Lang, line: LineName) -> &'static str {
    match (line, lang) {
        (LineName::Name, _) => "Name",
        (LineName::Email, _) => crate::cases::email(lang),
        (LineName::Phone, _) => crate::cases::phone(lang),
        (LineName::Login, _) => crate::cases::login(lang),
        (LineName::Partner, _) => crate::cases::partner(lang),
    }
}

/// What was proven.
pub const fn proven(lang: Lang, proof: Option<Proof>) -> &'static str {
    match (proof, lang) {
        (Some(Proof::LiveFactor), Lang::En) => "Code of another device",
        (Some(Proof::LiveFactor), Lang::De) => "Code eines anderen Geräts",
        (Some(Proof::RecoveryCode), Lang::En) => "Recovery code",
        (Some(Proof::RecoveryCode), Lang::De) => "Wiederherstellungscode",
        (Some(Proof::Manager), Lang::En) => "Word of the manager",
        (Some(Proof::Manager), Lang::De) => "Wort der Führungskraft",
        (None, _) => proof_none(lang),
    }
}

/// Where a message stands.
pub const fn message_state(lang: Lang, state: MessageState) -> &'static str {
    match (state, lang) {
        (MessageState::Waiting, Lang::En) => "On its way",
        (MessageState::Waiting, Lang::De) => "Unterwegs",
        (MessageState::Planned, Lang::En) => "Planned",
        (MessageState::Planned, Lang::De) => "Geplant",
        (MessageState::Sent, Lang::En) => "Sent",
        (MessageState::Sent, Lang::De) => "Gesendet",
        (MessageState::Delivered, _) => crate::line::state_delivered(lang),
        (MessageState::Undelivered(why), _) => crate::line::undelivered(lang, why),
        (MessageState::Failed, Lang::En) => "Failed",
        (MessageState::Failed, Lang::De) => "Fehlgeschlagen",
    }
}

/// What a message was, by its slug.
pub fn message(lang: Lang, slug: &str) -> &'static str {
    match (slug, lang) {
        ("invitation", Lang::En) => "Invitation",
        ("invitation", Lang::De) => "Einladung",
        ("register", Lang::En) => "Registration",
        ("register", Lang::De) => "Registrierung",
        ("reset_password", Lang::En) => "New password",
        ("reset_password", Lang::De) => "Neues Passwort",
        ("reset_without_account", Lang::En) => "Account not set up yet",
        ("reset_without_account", Lang::De) => "Konto noch nicht eingerichtet",
        ("sign_in_code", Lang::En) => "Code to sign in",
        ("sign_in_code", Lang::De) => "Code für die Anmeldung",
        ("confirm_address", Lang::En) => "Code for an address or number",
        ("confirm_address", Lang::De) => "Code für eine Adresse oder Nummer",
        ("notice", Lang::En) => "Notice of a change",
        ("notice", Lang::De) => "Mitteilung über eine Änderung",
        ("enroll_link", Lang::En) => "Link to set up sign-in",
        ("enroll_link", Lang::De) => "Link zum Einrichten",
        ("case", Lang::En) => "Step of a case",
        ("case", Lang::De) => "Schritt eines Vorgangs",
        ("replace", Lang::En) => "Link for a new device",
        ("alert", Lang::En) => "Alert for leads of the desk",
        ("alert", Lang::De) => "Alarm für die Leitung des Service Desk",
        ("phone_asked", Lang::En) => "Message to the smartphone",
        ("phone_asked", Lang::De) => "Nachricht an das Smartphone",
        ("call_back", Lang::En) => "Call to the number on record",
        ("call_back", Lang::De) => "Anruf unter der hinterlegten Nummer",
        ("approve", Lang::En) => "Request to the manager",
        ("approve", Lang::De) => "Antrag an die Führungskraft",
        ("line_left", Lang::En) => "Notice to the former number",
        ("line_left", Lang::De) => "Mitteilung an die bisherige Nummer",
        ("vouch", Lang::En) => "Question to the manager",
        ("vouch", Lang::De) => "Frage an die Führungskraft",
        ("replace", Lang::De) => "Link für ein neues Gerät",
        (_, Lang::En) => "Message",
        (_, Lang::De) => "Nachricht",
    }
}

/// What the desk wants to do.
pub const fn act(lang: Lang, act: DeskAct) -> &'static str {
    use crate::admin::change;
    use domain::screen::PersonChange;
    match act {
        DeskAct::Unlock => unlock(lang),
        DeskAct::EndSessions => end_sessions(lang),
        DeskAct::LiftFreeze => lift_freeze(lang),
        DeskAct::SendAddressCode => change(lang, PersonChange::AddressCodeSent),
        DeskAct::Suspend => suspend(lang),
        DeskAct::Resume => resume(lang),
        DeskAct::Remove => remove(lang),
        DeskAct::EnrollAnew => crate::caller::anew(lang),
        DeskAct::SwitchLine => switch_line(lang),
        DeskAct::Resend => resend(lang),
        DeskAct::IssueEmergency => crate::reset_pin::desk_issue(lang),
        DeskAct::VoidEmergency => crate::reset_pin::desk_void(lang),
    }
}
