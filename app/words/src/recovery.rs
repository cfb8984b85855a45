//! Recovery codes.

say! {
    title_offer = "Make recovery codes", "Wiederherstellungscodes erstellen";
    title = "Your recovery codes", "Ihre Wiederherstellungscodes";
    offer_lead = "Ten codes on paper let you in when every device is gone. Each works once.", "Zehn Codes auf Papier lassen Sie hinein, wenn alle Geräte fort sind. Jeder gilt einmal.";
    make = "Make recovery codes", "Wiederherstellungscodes erstellen";
    making = "Making the codes …", "Codes werden erstellt …";
    replaces = "New codes make the old ones void, those on paper too.", "Neue Codes machen die alten ungültig, auch die auf Papier.";
    later = "Later", "Später";
    shown_once = "This is the only time that you see them. Keep them where only you get at them, apart from your devices.", "Sie sehen sie nur dieses eine Mal. Bewahren Sie sie dort auf, wo nur Sie herankommen, getrennt von Ihren Geräten.";
    list = "Recovery codes", "Wiederherstellungscodes";
    copied = "Codes copied", "Codes kopiert";
    copy_failed = "The browser did not allow copying. Select the codes and copy them by hand.", "Der Browser hat das Kopieren nicht erlaubt. Markieren Sie die Codes und kopieren Sie sie von Hand.";
    download = "Download", "Herunterladen";
    print = "Print", "Drucken";
    saved = "I have saved them", "Ich habe sie gespeichert";
    save_first = "Copy, download or print them first.", "Kopieren, laden oder drucken Sie sie zuerst.";
    file_name = "recovery-codes.txt", "wiederherstellungscodes.txt";
    file_foot = "Each code works once. New codes make these void.", "Jeder Code gilt einmal. Neue Codes machen diese ungültig.";
}

tell! {
    file_head(realm: &str, login: &str) = "Recovery codes for {login} at {realm}", "Wiederherstellungscodes für {login} bei {realm}";
}

/// "3 recovery codes left."
pub fn left(lang: domain::Lang, n: u32) -> String {
    let codes = crate::count::recovery_codes(lang, n);
    match lang {
        domain::Lang::En => format!("{codes} left"),
        domain::Lang::De => format!("Noch {codes}"),
    }
}
