//! The applications of a realm, for its administrators.

use domain::{
    Lang,
    oidc::{Alg, Kind},
    screen::ApplicationState as State,
};

say! {
    title = "Applications", "Anwendungen";
    lead = "Applications that sign their people in here. What stands in the policy file is changed there.", "Anwendungen, die ihre Leute hier anmelden. Was in der Regeldatei steht, wird dort geändert.";
    caption = "Applications, those of the policy file first", "Anwendungen, zuerst die der Regeldatei";
    none = "No application signs its people in here yet.", "Noch meldet keine Anwendung ihre Leute hier an.";
    name = "Name", "Name";
    id = "Client ID", "Client-ID";
    id_hint = "What it is called in its requests: 1 to 64 of the characters A–Z a–z 0–9 - _ . It stays as it is.", "So heißt sie in ihren Anfragen: 1 bis 64 der Zeichen A–Z a–z 0–9 - _ . Das bleibt so.";
    kind = "Kind", "Art";
    state = "State", "Stand";
    new_one = "New application", "Neue Anwendung";
    add = "Register", "Registrieren";
    settings = "Settings", "Einstellungen";
    name_en = "Name in English", "Name auf Englisch";
    name_de = "Name in German", "Name auf Deutsch";
    url = "Start page", "Startseite";
    url_hint = "Where its tile leads. Behind a proxy, its host is the one that people sign in for.", "Dorthin führt ihre Kachel. Hinter einem Proxy gilt die Anmeldung für ihren Host.";
    redirects = "Redirect addresses", "Rücksprung-Adressen";
    redirects_hint = "One to a line. Codes go there, to the letter, and nowhere else. Behind a proxy: none.", "Eine je Zeile. Codes gehen genau dorthin und nirgends sonst. Hinter einem Proxy: keine.";
    after = "Addresses after signing out", "Adressen nach dem Abmelden";
    after_hint = "If there are any, one to a line.", "Falls es welche gibt, eine je Zeile.";
    backchannel = "Address that hears of the end of sessions", "Adresse, die vom Ende von Sitzungen erfährt";
    backchannel_hint = "If there is one (OpenID Connect Back-Channel Logout).", "Falls es eine gibt (OpenID Connect Back-Channel Logout).";
    signing = "Tokens are signed with", "Token werden signiert mit";
    may_know = "What it may learn, beside that it is the same person again", "Was sie erfahren darf, außer dass es dieselbe Person ist";
    profile = "Name, login and language", "Name, Anmeldename und Sprache";
    email = "E-mail address", "E-Mail-Adresse";
    offline = "Refresh tokens: all of this while the person is away", "Refresh-Token: all das auch in Abwesenheit der Person";
    consent = "Ask people before it learns of them", "Personen fragen, bevor sie von ihnen erfährt";
    opens = "Which sign-ins open it", "Welche Anmeldungen sie öffnen";
    opens_it = "Opens it", "Öffnet sie";
    opens_hint = "With none ticked, every sign-in of the realm opens it.", "Ohne Auswahl öffnet sie jede Anmeldung des Bereichs.";
    from = "From this day on", "Ab diesem Tag";
    before = "Until before this day", "Bis vor diesem Tag";
    since = "Nothing else from this day on", "Ab diesem Tag nichts anderes mehr";
    since_hint = "Empty means at once. Until then every sign-in of the realm opens it, and its tile tells people what will be asked.", "Leer heißt sofort. Bis dahin öffnet sie jede Anmeldung des Bereichs, und ihre Kachel sagt, was dann verlangt wird.";
    save = "Save", "Speichern";
    from_policy = "This application stands in the policy file of the realm and is changed there.", "Diese Anwendung steht in der Regeldatei des Bereichs und wird dort geändert.";
    hidden_why = "The policy file has an application with this client ID or this host. That one counts.", "Die Regeldatei hat eine Anwendung mit dieser Client-ID oder diesem Host. Sie gilt.";
    issuer = "Issuer", "Aussteller";
    proxy_check = "Address for nginx", "Adresse für nginx";
    proxy_redirect = "Address for Caddy and Traefik", "Adresse für Caddy und Traefik";
    secrets = "Secret", "Geheimnis";
    secrets_lead = "It is shown once and kept as a hash. Draw another one before you take the old one out of use: both work until then.", "Es wird einmal gezeigt und nur als Hash bewahrt. Erzeugen Sie ein neues, bevor Sie das alte beenden: Bis dahin gelten beide.";
    draw = "Draw another secret", "Weiteres Geheimnis erzeugen";
    shown_once = "Copy the secret now. It is not shown again.", "Kopieren Sie das Geheimnis jetzt. Es wird nicht noch einmal gezeigt.";
    forget = "End the older secrets", "Ältere Geheimnisse beenden";
    forget_sure = "Whoever still uses an older one gets in no more.", "Wer noch ein älteres verwendet, kommt nicht mehr hinein.";
    off = "Switch off", "Ausschalten";
    off_sure = "It signs nobody in any more, and what it had is void at once.", "Sie meldet niemanden mehr an, und was sie hatte, gilt sofort nicht mehr.";
    on = "Switch on", "Einschalten";
    on_lead = "It is out of use. People sign in to it anew once it is on again.", "Sie ist außer Betrieb. Wenn sie wieder an ist, melden sich die Leute neu an.";
    next = "Action", "Aktion";
    done_added = "The application is registered.", "Die Anwendung ist registriert.";
    done_changed = "The application is changed. It counts from now on.", "Die Anwendung ist geändert. Das gilt ab sofort.";
    done_forgotten = "Only the newest secret works now.", "Jetzt gilt nur noch das neueste Geheimnis.";
    done_off = "The application is switched off.", "Die Anwendung ist ausgeschaltet.";
    done_on = "The application is switched on.", "Die Anwendung ist eingeschaltet.";
    not_an_id = "A client ID has 1 to 64 of the characters A–Z a–z 0–9 - _ and full stops. Write it without others.", "Eine Client-ID hat 1 bis 64 der Zeichen A–Z a–z 0–9 - _ und Punkte. Schreiben Sie sie ohne andere.";
    id_taken = "An application with this client ID is there already. Choose a different one.", "Eine Anwendung mit dieser Client-ID gibt es schon. Wählen Sie eine andere.";
    unsafe_address = "Write a whole address that begins with https://, without a fragment. On this machine alone (localhost), http:// will do.", "Schreiben Sie eine ganze Adresse, die mit https:// beginnt, ohne Fragment. Nur auf diesem Rechner (localhost) genügt http://.";
    host_taken = "Another application behind a proxy has this host. Nobody could tell which one is meant.", "Eine andere Anwendung hinter einem Proxy hat diesen Host. Niemand könnte sagen, welche gemeint ist.";
    portals_host = "The portal itself has this host, and the application would get its cookies. Give the application a host of its own.", "Diesen Host hat das Portal selbst, und die Anwendung bekäme dessen Cookies. Geben Sie der Anwendung einen eigenen Host.";
    no_protocol = "An application behind a proxy knows no protocol and has no such address. Leave the field empty.", "Eine Anwendung hinter einem Proxy kennt kein Protokoll und hat keine solche Adresse. Lassen Sie das Feld leer.";
    not_a_day = "Write a day as year, month and day: 2026-12-31.", "Schreiben Sie einen Tag als Jahr, Monat und Tag: 2026-12-31.";
    nobody_opens = "There would be a day on which nobody could open it. Tick another sign-in for that time, or change a day.", "Es gäbe einen Tag, an dem niemand sie öffnen könnte. Wählen Sie für diese Zeit eine weitere Anmeldung, oder ändern Sie einen Tag.";
    missing_name = "Write the name in this language too: people read the portal in both.", "Schreiben Sie den Namen auch in dieser Sprache: Das Portal wird in beiden gelesen.";
    missing_id = "Enter a client ID.", "Geben Sie eine Client-ID ein.";
    missing_address = "Enter an address.", "Geben Sie eine Adresse ein.";
}

/// What an application is able to do, in short.
pub const fn kind_name(lang: Lang, kind: Kind) -> &'static str {
    match (kind, lang) {
        (Kind::Confidential, Lang::En) => "keeps a secret",
        (Kind::Confidential, Lang::De) => "bewahrt ein Geheimnis",
        (Kind::Public, Lang::En) => "public",
        (Kind::Public, Lang::De) => "öffentlich",
        (Kind::Proxied, Lang::En) => "behind a proxy",
        (Kind::Proxied, Lang::De) => "hinter einem Proxy",
    }
}

/// The same for whoever chooses.
pub const fn kind_about(lang: Lang, kind: Kind) -> &'static str {
    match (kind, lang) {
        (Kind::Confidential, Lang::En) => "On a server: keeps a secret",
        (Kind::Confidential, Lang::De) => "Auf einem Server: bewahrt ein Geheimnis",
        (Kind::Public, Lang::En) => "In a browser or on a phone: keeps no secret",
        (Kind::Public, Lang::De) => "Im Browser oder auf einem Telefon: bewahrt kein Geheimnis",
        (Kind::Proxied, Lang::En) => "Knows no protocol: its proxy asks for it",
        (Kind::Proxied, Lang::De) => "Kennt kein Protokoll: ihr Proxy fragt für sie",
    }
}

/// Where it stands.
pub const fn state_name(lang: Lang, state: State) -> &'static str {
    match (state, lang) {
        (State::Policy, Lang::En) => "From the policy file",
        (State::Policy, Lang::De) => "Aus der Regeldatei",
        (State::On, Lang::En) => "In use",
        (State::On, Lang::De) => "In Betrieb",
        (State::Off, Lang::En) => "Switched off",
        (State::Off, Lang::De) => "Ausgeschaltet",
        (State::Hidden, Lang::En) => "Hidden by the policy file",
        (State::Hidden, Lang::De) => "Von der Regeldatei verdeckt",
    }
}

/// How tokens are signed, for whoever chooses.
pub const fn signing_about(lang: Lang, alg: Alg) -> &'static str {
    match (alg, lang) {
        (Alg::Es256, Lang::En) => "ES256 (take this one)",
        (Alg::Es256, Lang::De) => "ES256 (nehmen Sie dieses)",
        (Alg::Rs256, Lang::En) => "RS256 (for libraries that know nothing newer)",
        (Alg::Rs256, Lang::De) => "RS256 (für Bibliotheken, die nichts Neueres kennen)",
    }
}
