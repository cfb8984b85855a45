//! What is said when a form without the script could not be answered.

use domain::Lang;

/// Title and sentence for a status.
pub fn plain(lang: Lang, status: u16, reference: &str) -> (&'static str, String) {
    let (title, text) = match (lang, status) {
        (Lang::En, 403) => ("Not for you", "You are not allowed to do this."),
        (Lang::De, 403) => ("Kein Zugriff", "Dazu sind Sie nicht berechtigt."),
        (Lang::En, 404) => ("Not found", "There is nothing at this address."),
        (Lang::De, 404) => ("Nicht gefunden", "Unter dieser Adresse gibt es nichts."),
        (Lang::En, 400) => (
            "This form cannot be read",
            "Go back, load the page again and fill it in once more.",
        ),
        (Lang::De, 400) => (
            "Dieses Formular ist nicht lesbar",
            "Gehen Sie zurück, laden Sie die Seite neu und füllen Sie sie noch einmal aus.",
        ),
        (Lang::En, 429) => (
            "Too much at once from your network",
            "Wait ten seconds, go back, and send the form again. What you typed is still in it, except passwords and codes.",
        ),
        (Lang::De, 429) => (
            "Zu viel auf einmal aus Ihrem Netz",
            "Warten Sie zehn Sekunden, gehen Sie zurück und senden Sie das Formular noch einmal ab. Was Sie eingegeben haben, steht noch darin, außer Passwörtern und Codes.",
        ),
        (Lang::En, _) => (
            "Not possible right now",
            "Please wait a moment and try again.",
        ),
        (Lang::De, _) => (
            "Im Moment nicht möglich",
            "Bitte warten Sie einen Moment und versuchen Sie es noch einmal.",
        ),
    };
    let text = match (lang, reference) {
        (_, "") => text.to_owned(),
        (Lang::En, r) => format!("{text} Reference for the service desk: {r}."),
        (Lang::De, r) => format!("{text} Kennung für den Service Desk: {r}."),
    };
    (title, text)
}
