//! A new PIN.

say! {
    title = "Change your PIN", "PIN ändern";
    lead = "The new PIN works at once, and the old one stops working. Other sessions end.", "Die neue PIN gilt sofort, die alte nicht mehr. Andere Sitzungen enden.";
    new = "New PIN", "Neue PIN";
    repeat = "New PIN, once more", "Neue PIN, noch einmal";
    rules = "No sequences, repeated digits or dates, and not the digits of your own number.", "Keine Folgen, wiederholten Ziffern oder Daten, und nicht die Ziffern Ihrer eigenen Nummer.";
    done = "PIN has been modified.", "PIN wurde geändert.";
    done_lead = "It works at the next sign-in.", "Sie gilt ab der nächsten Anmeldung.";
    missing_repeat = "Type the new PIN once more.", "Geben Sie die neue PIN noch einmal ein.";
    differs = "The two are not the same. Type the new PIN twice.", "Die beiden sind nicht gleich. Geben Sie die neue PIN zweimal ein.";
    digits_only = "A PIN has only digits.", "Eine PIN besteht nur aus Ziffern.";
    own_number = "Those are digits of your own number. Somebody would try them first.", "Das sind Ziffern Ihrer eigenen Nummer. Die würde man zuerst versuchen.";
    easy = "This is a sequence, a repetition or a date. Take digits without a pattern.", "Das ist eine Folge, eine Wiederholung oder ein Datum. Nehmen Sie Ziffern ohne Muster.";
    common = "Many people use this PIN. Take another one.", "Diese PIN benutzen viele. Nehmen Sie eine andere.";
    unchanged = "This is your PIN already. Take another one.", "Das ist schon Ihre PIN. Nehmen Sie eine andere.";
}

tell! {
    rule_length(least: u32) = "At least {least} digits.", "Mindestens {least} Ziffern.";
    too_long(most: u32) = "At most {most} digits.", "Höchstens {most} Ziffern.";
}
