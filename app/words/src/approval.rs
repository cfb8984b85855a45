//! Codes over the telephone network: asking for them, deciding, setting them up. Labels
//! as the agents guide has them.

use domain::{
    FactorKind, Lang,
    number::Line,
    screen::{ApprovalStage, LineState, OnRecord},
};

say! {
    tabs = "Parts of your profile", "Teile Ihres Profils";
    tab_info = "Info", "Info";
    tab_factor = "Second factor", "2ter Faktor";
    tab_password = "Password", "Passwort";
    number = "Phone number", "Rufnummer";
    method = "2FA method", "2FA-Verfahren";
    current = "Current method", "Aktuelles Verfahren";
    none = "None yet", "Noch keines";
    since = "Since", "Seit";
    review = "Looked at again", "Erneute Prüfung";
    review_why = "Codes over the telephone network are the weakest method. On this day your manager and you should ask whether you still need them.", "Codes über das Telefonnetz sind das schwächste Verfahren. An diesem Tag sollten Ihre Führungskraft und Sie fragen, ob Sie sie noch brauchen.";
    pending = "Pending changes", "Anstehende Änderungen";
    pending_none = "Nothing is to change.", "Es steht nichts an.";
    change_number = "Change number", "Rufnummer ändern";
    set_up = "Set up now", "Jetzt einrichten";
    state_current = "In use", "In Gebrauch";
    state_open = "Can be set up", "Kann eingerichtet werden";
    state_ask = "Only after a request that your manager approved", "Nur nach einem Antrag, den Ihre Führungskraft genehmigt hat";
    state_asked = "Your request waits for your manager", "Ihr Antrag wartet auf Ihre Führungskraft";
    state_desk = "Only the service desk switches between SMS and call", "Nur der Service Desk wechselt zwischen SMS und Anruf";
    password_lead = "You set a new password by a link that we mail to you. Your second factor stays.", "Ein neues Passwort setzen Sie über einen Link, den wir Ihnen mailen. Ihr zweiter Faktor bleibt.";
    password_change = "Change password", "Passwort ändern";
    only_desk = "Codes come to you the other way now. Once this is approved, only the service desk switches.", "Ihre Codes kommen derzeit auf dem anderen Weg. Ist das hier genehmigt, stellt nur der Service Desk um.";
    effect = "Takes effect", "Wirksam";
    effect_waiting = "Once your manager has approved it and you have set it up", "Sobald Ihre Führungskraft genehmigt hat und Sie es eingerichtet haben";
    effect_switches = "Once your manager has approved it and the service desk has switched", "Sobald Ihre Führungskraft genehmigt und der Service Desk umgestellt hat";
    second_agent = "A second one of the service desk", "Eine zweite Person vom Service Desk";
    stage_second = "Waits for a second one of the service desk", "Wartet auf eine zweite Person vom Service Desk";
    switch_not_you = "If you did not ask the service desk for this, cancel it and call the desk at once. Nothing has changed yet.", "Wenn Sie den Service Desk nicht darum gebeten haben, brechen Sie ab und rufen Sie ihn sofort an. Noch hat sich nichts geändert.";
    unsure_title = "An SMS may not arrive there", "Eine SMS kommt dort vielleicht nicht an";
    unsure = "In this country mobile and landline numbers look alike. A landline shows no SMS: use this number only if it belongs to a mobile phone.", "In diesem Land sehen Mobilfunk- und Festnetznummern gleich aus. Ein Festnetzanschluss zeigt keine SMS: Nehmen Sie diese Nummer nur, wenn sie zu einem Mobiltelefon gehört.";
    proving = "Waits for the code that went there", "Wartet auf den Code, der dorthin ging";
    proving_decides = "You, with that code", "Sie selbst, mit diesem Code";
    proving_type = "Enter the code", "Code eingeben";
    cancel_change = "Cancel the change", "Änderung abbrechen";
    cancel_change_sure = "Then everything stays as it is.", "Dann bleibt alles, wie es ist.";
    see_request = "See the request", "Zum Antrag";

    ask_sms = "Request codes by SMS", "Einmalcode per SMS beantragen";
    ask_voice = "Request codes by call", "Einmalcode per Anruf beantragen";
    ask_lead = "Your manager decides, and sees what you enter here. You are told on every address.", "Ihre Führungskraft entscheidet und sieht, was Sie hier angeben. Sie erfahren es unter jeder Adresse.";
    no_manager_title = "Nobody can approve this yet", "Noch kann das niemand genehmigen";
    no_manager = "No manager is on record for you. Ask the service desk to have one entered.", "Für Sie ist keine Führungskraft hinterlegt. Bitten Sie den Service Desk, dass eine eingetragen wird.";
    which_number = "Where should the codes go?", "Wohin sollen die Codes gehen?";
    number_other = "Another number", "Eine andere Nummer";
    number_label = "Phone number", "Rufnummer";
    number_hint_sms = "A mobile number, for example +49 171 5550199", "Eine Mobilfunknummer, zum Beispiel +49 171 5550199";
    number_hint_voice = "A mobile or landline number, for example +49 89 5550199", "Eine Mobilfunk- oder Festnetznummer, zum Beispiel +49 89 5550199";
    reason = "Reason", "Begründung";
    reason_hint = "Why a passkey or an app is not possible, for example", "Zum Beispiel, warum ein Passkey oder eine App nicht möglich ist";
    application = "Application", "Anwendung";
    application_all = "All applications", "Alle Anwendungen";
    ticket = "Ticket number", "Ticketnummer";
    ticket_hint = "If there is a request in another system", "Wenn es einen Antrag in einem anderen System gibt";
    send = "Send request", "Antrag senden";
    edit = "Change the request", "Antrag ändern";
    edit_lead = "Your manager then decides anew, also if it was approved already.", "Ihre Führungskraft entscheidet dann neu, auch wenn er schon genehmigt war.";
    edit_send = "Send changed request", "Geänderten Antrag senden";
    withdraw = "Take the request back", "Antrag zurückziehen";
    withdraw_sure = "Nothing changes then, and you can ask again.", "Dann ändert sich nichts, und Sie können neu fragen.";
    other_kind = "Another request of yours is under way. Take it back first if you want this instead.", "Ein anderer Antrag von Ihnen läuft. Ziehen Sie ihn erst zurück, wenn Sie statt seiner diesen möchten.";
    request = "Request", "Antrag";
    codes = "Codes", "Codes";
    decides = "Decides", "Entscheidet";
    decided = "Decided by", "Entschieden von";
    asked = "Asked", "Gestellt";
    answer_until = "Answer until", "Antwort bis";
    use_until = "Set up until", "Einrichten bis";
    why_declined = "Why", "Begründung";
    to_sign_in = "Back to sign-in", "Zur Anmeldung";
    to_profile = "Back to the profile", "Zum Profil";

    stage_waiting = "Waits for the manager", "Wartet auf die Führungskraft";
    stage_approved = "Approved, can be set up", "Genehmigt, kann eingerichtet werden";
    stage_for_desk = "Approved; the service desk switches", "Genehmigt; der Service Desk stellt um";
    stage_declined = "Declined", "Abgelehnt";
    stage_withdrawn = "Taken back", "Zurückgezogen";
    stage_lapsed = "Out of time", "Frist abgelaufen";
    stage_vetoed = "Stopped", "Angehalten";
    stage_used = "Set up", "Eingerichtet";
    told_lapsed = "Nobody answered it or set it up in time.", "Niemand hat ihn rechtzeitig beantwortet oder genutzt.";
    told_for_desk = "Your codes come the other way now. Call the service desk: it checks that it is you, and switches.", "Ihre Codes kommen noch auf dem anderen Weg. Rufen Sie den Service Desk an: Er prüft, dass Sie es sind, und stellt um.";
    told_vetoed = "It was stopped by “This was not me”.", "Er wurde mit „Das war ich nicht“ angehalten.";

    approvals = "Approvals", "Genehmigungen";
    waiting_one = "A request waits for your approval", "Ein Antrag wartet auf Ihre Genehmigung";
    approvals_lead = "What your people ask for. Decide what you know, and ask them where you do not.", "Was Ihre Mitarbeitenden beantragen. Entscheiden Sie, was Sie wissen, und fragen Sie nach, wo Sie es nicht wissen.";
    show_waiting = "Waiting", "Offen";
    show_done = "Decided", "Entschieden";
    which = "Which requests", "Welche Anträge";
    empty = "No request waits for you.", "Kein Antrag wartet auf Sie.";
    empty_done = "Nothing was decided yet.", "Es wurde noch nichts entschieden.";
    person = "Person", "Person";
    state = "State", "Stand";
    until = "Until", "Bis";
    pages = "Pages of requests", "Seiten der Anträge";
    earlier = "Older requests", "Ältere Anträge";
    newest = "Newest requests", "Neueste Anträge";

    login = "Signs in as", "Anmeldename";
    risk_title = "What you take on", "Was Sie verantworten";
    risk = "SMS and calls can be redirected or listened to, and a stolen phone shows them. They are the weakest method that is offered here. Approve only if nothing stronger is possible, and only for a number that you know to be theirs.", "SMS und Anrufe lassen sich umleiten und mithören, und ein gestohlenes Telefon zeigt sie. Sie sind das schwächste Verfahren, das hier angeboten wird. Genehmigen Sie nur, wenn nichts Stärkeres möglich ist, und nur für eine Nummer, die Sie als die der Person kennen.";
    record_same = "The same as on record", "Dieselbe wie hinterlegt";
    record_other = "Another one than on record: ask the person in person or on a number that you know", "Eine andere als hinterlegt: Fragen Sie persönlich oder unter einer bekannten Nummer nach";
    record_none = "No number is on record: ask the person whether it is theirs", "Keine Nummer hinterlegt: Fragen Sie die Person, ob es ihre ist";
    line_mobile = "Mobile", "Mobilfunk";
    line_landline = "Landline", "Festnetz";
    line_either = "Mobile or landline: in this country the number does not tell, and an SMS may not arrive", "Mobilfunk oder Festnetz: In diesem Land sagt die Nummer es nicht, und eine SMS kommt vielleicht nicht an";
    line_service = "Number of a service", "Nummer eines Dienstes";
    approve = "Approve", "Genehmigen";
    decline = "Decline", "Ablehnen";
    decline_reason = "Reason for declining", "Begründung der Ablehnung";
    decline_hint = "The person reads it.", "Die Person liest sie.";

    deputy = "Deputy", "Vertretung";
    deputy_lead = "Who decides while you are away. Nobody decides on their own requests.", "Wer entscheidet, solange Sie nicht da sind. Über eigene Anträge entscheidet niemand.";
    deputy_login = "User name of your deputy", "Benutzername der Vertretung";
    deputy_days = "For how many days", "Für wie viele Tage";
    deputy_days_hint = "At most 60", "Höchstens 60";
    deputy_name = "Name deputy", "Vertretung eintragen";
    deputy_end = "End it", "Beenden";
    deputy_end_sure = "From then on you decide alone again.", "Von da an entscheiden Sie wieder allein.";

    set_number = "Which number do the codes go to?", "An welche Nummer gehen die Codes?";
    set_number_moves = "Change your phone number", "Rufnummer ändern";
    set_number_lead = "A code goes there at once; with it you show that the number is yours.", "Dorthin geht sofort ein Code; mit ihm zeigen Sie, dass die Nummer Ihnen gehört.";
    set_number_approved = "Your manager approved this number. Codes go there and nowhere else.", "Diese Nummer hat Ihre Führungskraft genehmigt. Codes gehen dorthin und nirgendwo sonst.";
    set_number_record = "The first number is the one on record. For another one, ask your manager.", "Die erste Nummer ist die hinterlegte. Für eine andere fragen Sie Ihre Führungskraft.";
    set_number_now = "Until now", "Bisher";
    send_code_sms = "Send code", "Code senden";
    send_code_voice = "Call now", "Jetzt anrufen";
    code_lead = "The number is yours when you have typed the code. Until then nothing changes.", "Die Nummer gilt, wenn Sie den Code eingegeben haben. Bis dahin ändert sich nichts.";
    another_way = "Choose another method", "Anderes Verfahren wählen";
    weak = "Codes over the telephone network can be redirected, and people are called and asked for them. A code to sign in belongs on the sign-in page and nowhere else.", "Codes über das Telefonnetz lassen sich umleiten, und Betrüger rufen an und fragen danach. Ein Code zum Anmelden gehört auf die Anmeldeseite und nirgends sonst hin.";

    desk_title = "Requests to the manager", "Anträge an die Führungskraft";
    switch_to_sms = "Switch to SMS", "Auf SMS umstellen";
    switch_to_voice = "Switch to calls", "Auf Anruf umstellen";
    switch_sure = "If the number is the same, it happens at once, or when a second one of the desk agrees. If another one was approved, the person proves it first. They are told on every address.", "Bei gleicher Nummer geschieht es sofort, oder sobald eine zweite Person vom Service Desk zustimmt. Wurde eine andere genehmigt, bestätigt die Person sie zuerst. Sie erfährt es unter jeder Adresse.";

    not_on_record = "The first number is the one on record. For another one, ask your manager.", "Die erste Nummer ist die hinterlegte. Für eine andere fragen Sie Ihre Führungskraft.";
    number_known = "Codes go to this number already.", "An diese Nummer gehen die Codes schon.";
    refused_no_manager = "No manager is on record who could approve it. Ask the service desk.", "Es ist keine Führungskraft hinterlegt, die das genehmigen könnte. Fragen Sie den Service Desk.";
    refused_not_approved = "This takes an approved request.", "Dafür muss ein Antrag genehmigt sein.";
    refused_over = "The request was answered or taken back meanwhile, or its time is over.", "Der Antrag wurde inzwischen beantwortet oder zurückgezogen, oder seine Frist ist abgelaufen.";
    refused_there = "There is a request of yours already.", "Es gibt schon einen Antrag von Ihnen.";
    refused_deputy = "Nobody else of this organisation signs in with this name.", "Niemand sonst meldet sich hier mit diesem Namen an.";

    news_asked = "Your manager is asked.", "Ihre Führungskraft ist gefragt.";
    news_asked_then = "You get an e-mail when there is an answer.", "Sie bekommen eine E-Mail, sobald es eine Antwort gibt.";
    news_withdrawn = "The request is taken back.", "Der Antrag ist zurückgezogen.";
    news_cancelled = "Cancelled. Everything stays as it is.", "Abgebrochen. Alles bleibt, wie es ist.";
    news_switch_dropped = "Cancelled. If you did not ask the service desk for it, call it at once.", "Abgebrochen. Wenn Sie den Service Desk nicht darum gebeten haben, rufen Sie ihn sofort an.";
    news_number_moved = "Codes go to the new number from now on.", "Codes gehen ab jetzt an die neue Nummer.";
    news_number_moved_then = "The old one does not count any more and is told.", "Die alte gilt nicht mehr und erfährt davon.";
    news_given = "Approved. The person is told.", "Genehmigt. Die Person erfährt es.";
    news_declined = "Declined. The person is told.", "Abgelehnt. Die Person erfährt es.";
    news_deputy = "Your deputy decides too from now on.", "Ihre Vertretung entscheidet ab jetzt auch.";
    news_deputy_ended = "Nobody stands in for you any more.", "Niemand vertritt Sie mehr.";
    news_switched = "Switched. The person is told.", "Umgestellt. Die Person erfährt es.";
    news_released = "The person can switch now, on the tab “Second factor” of their profile.", "Die Person kann jetzt umstellen, auf dem Reiter „2ter Faktor“ ihres Profils.";
}

tell! {
    on_record(masked: &str) = "The number on record, {masked}", "Die hinterlegte Nummer, {masked}";
    not_in_range(least: i64, most: i64) = "Enter a number from {least} to {most}.", "Geben Sie eine Zahl von {least} bis {most} ein.";
    approval_title(name: &str, person: &str) = "{name}: {person}", "{name}: {person}";
    stands_in(name: &str) = "You stand in for {name}.", "Sie vertreten {name}.";
    effect_approved(until: &str) = "As soon as you set it up, until {until}", "Sobald Sie es einrichten, bis {until}";
    effect_desk(until: &str) = "As soon as the service desk switches, until {until}", "Sobald der Service Desk umstellt, bis {until}";
    effect_second(until: &str) = "As soon as a second one of the service desk agrees, until {until}", "Sobald eine zweite Person vom Service Desk zustimmt, bis {until}";
    effect_proving(until: &str) = "As soon as you enter the code, until {until}", "Sobald Sie den Code eingeben, bis {until}";
    waiting_many(count: usize) = "{count} requests wait for your approval", "{count} Anträge warten auf Ihre Genehmigung";
    deputy_now(name: &str, until: &str) = "{name} decides too, until {until}.", "{name} entscheidet auch, bis {until}.";
}

/// The way to the approvals, with what waits there.
pub fn waiting_for_you(lang: Lang, count: usize) -> String {
    match count {
        0 => approvals(lang).to_owned(),
        1 => waiting_one(lang).to_owned(),
        more => waiting_many(lang, more),
    }
}

/// "Request codes by SMS".
pub const fn ask(lang: Lang, kind: FactorKind) -> &'static str {
    match kind {
        FactorKind::Sms => ask_sms(lang),
        _ => ask_voice(lang),
    }
}

/// The hint of the number.
pub const fn number_hint(lang: Lang, kind: FactorKind) -> &'static str {
    match kind {
        FactorKind::Sms => number_hint_sms(lang),
        _ => number_hint_voice(lang),
    }
}

/// The button that sends the first code.
pub const fn send_code(lang: Lang, kind: FactorKind) -> &'static str {
    match kind {
        FactorKind::Sms => send_code_sms(lang),
        _ => send_code_voice(lang),
    }
}

/// The desk's button.
pub const fn switch_to(lang: Lang, kind: FactorKind) -> &'static str {
    match kind {
        FactorKind::Sms => switch_to_sms(lang),
        _ => switch_to_voice(lang),
    }
}

/// Where a request stands.
pub const fn stage(lang: Lang, stage: ApprovalStage) -> &'static str {
    match stage {
        ApprovalStage::Waiting => stage_waiting(lang),
        ApprovalStage::Approved => stage_approved(lang),
        ApprovalStage::ForDesk => stage_for_desk(lang),
        ApprovalStage::Declined => stage_declined(lang),
        ApprovalStage::Withdrawn => stage_withdrawn(lang),
        ApprovalStage::Lapsed => stage_lapsed(lang),
        ApprovalStage::Vetoed => stage_vetoed(lang),
        ApprovalStage::Used => stage_used(lang),
    }
}

/// What a way of getting codes takes.
pub const fn state_of(lang: Lang, state: LineState) -> &'static str {
    match state {
        LineState::Current => state_current(lang),
        LineState::Open => state_open(lang),
        LineState::Ask => state_ask(lang),
        LineState::Asked => state_asked(lang),
        LineState::Desk => state_desk(lang),
    }
}

/// What a number belongs to.
pub const fn line(lang: Lang, line: Line) -> &'static str {
    match line {
        Line::Mobile => line_mobile(lang),
        Line::Landline => line_landline(lang),
        Line::Either => line_either(lang),
        Line::Service => line_service(lang),
    }
}

/// How a number stands to the one on record.
pub const fn record(lang: Lang, on_record: OnRecord) -> &'static str {
    match on_record {
        OnRecord::Same => record_same(lang),
        OnRecord::Other => record_other(lang),
        OnRecord::None => record_none(lang),
    }
}
