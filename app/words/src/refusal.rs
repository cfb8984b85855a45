//! Why something was refused: one sentence for each code, at the field, and a
//! shorter one for the summary on top. Each says what to do next.

use domain::{Code, FactorKind as Kind, Field, Lang, Refusal, policy::LoginKind};

/// What the sentence must know of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What people sign in with here.
    pub login: Option<LoginKind>,
    /// The kind of factor that is asked for.
    pub factor: Option<Kind>,
}

impl About {
    /// A page that asks for a login.
    pub const fn login(kind: LoginKind) -> Self {
        Self {
            login: Some(kind),
            factor: None,
        }
    }
    /// A page that asks for a factor.
    pub const fn factor(kind: Kind) -> Self {
        Self {
            login: None,
            factor: Some(kind),
        }
    }
}

say! {
    missing_password = "Enter your password.", "Geben Sie Ihr Passwort ein.";
    missing_pin = "Enter your PIN.", "Geben Sie Ihre PIN ein.";
    missing_code = "Enter the code.", "Geben Sie den Code ein.";
    missing_new = "Enter a new password.", "Geben Sie ein neues Passwort ein.";
    missing_address_again = "Enter the address again.", "Geben Sie die Adresse noch einmal ein.";
    missing_repeat = "Type the new password a second time.", "Geben Sie das neue Passwort ein zweites Mal ein.";
    missing_name = "Enter a name.", "Geben Sie einen Namen ein.";
    missing_email = "Enter an e-mail address.", "Geben Sie eine E-Mail-Adresse ein.";
    missing_csv = "Paste the rows of your file, or choose a file.", "Fügen Sie die Zeilen Ihrer Datei ein, oder wählen Sie eine Datei.";
    missing_page = "Something is missing here. Fill in the form and send it again.", "Hier fehlt etwas. Füllen Sie das Formular aus und senden Sie es noch einmal.";
    too_long = "This is longer than 254 characters. Shorten it.", "Das ist länger als 254 Zeichen. Kürzen Sie es.";
    too_long_name = "The name is longer than 64 characters. Shorten it.", "Der Name ist länger als 64 Zeichen. Kürzen Sie ihn.";
    control = "There are characters in it that cannot be seen, such as a line break. Type it by hand.", "Darin sind Zeichen, die man nicht sieht, etwa ein Zeilenumbruch. Tippen Sie es von Hand ein.";
    not_an_address = "This is no complete e-mail address. Write it like name@example.com.", "Das ist keine vollständige E-Mail-Adresse. Schreiben Sie sie wie name@example.com.";
    wrong_code = "The code is not right. Check it and type it again.", "Der Code stimmt nicht. Prüfen Sie ihn und geben Sie ihn noch einmal ein.";
    wrong_code_mail = "The code is not right. Compare it with the newest e-mail.", "Der Code stimmt nicht. Vergleichen Sie ihn mit der neuesten E-Mail.";
    wrong_code_call = "The code is not right. Type what the newest call said, or ask for another one.", "Der Code stimmt nicht. Geben Sie ein, was der neueste Anruf angesagt hat, oder fordern Sie einen neuen an.";
    wrong_code_sms = "The code is not right. Compare it with the newest SMS.", "Der Code stimmt nicht. Vergleichen Sie ihn mit der neuesten SMS.";
    wrong_code_totp = "The code is not right. Type the one that the app shows now, and check that the clock of your device is right.", "Der Code stimmt nicht. Geben Sie den ein, den die App gerade zeigt, und prüfen Sie, ob die Uhr Ihres Geräts richtig geht.";
    wrong_code_recovery = "The recovery code is not right. Check it character by character, or take another one.", "Der Wiederherstellungscode stimmt nicht. Prüfen Sie ihn Zeichen für Zeichen, oder nehmen Sie einen anderen.";
    wrong_pin = "The PIN is not right. Type it again.", "Die PIN stimmt nicht. Geben Sie sie noch einmal ein.";
    wrong_password = "The password is not right. Type it again.", "Das Passwort stimmt nicht. Geben Sie es noch einmal ein.";
    used_code = "This code was used already. Request a new one.", "Dieser Code wurde schon verwendet. Fordern Sie einen neuen an.";
    used_code_totp = "This code was used already. Wait for the next one in your app.", "Dieser Code wurde schon verwendet. Warten Sie auf den nächsten in Ihrer App.";
    used_code_recovery = "This recovery code was used already. Take another one from your list.", "Dieser Wiederherstellungscode wurde schon verwendet. Nehmen Sie einen anderen von Ihrer Liste.";
    used_code_proof = "This code was used already. Enter another one.", "Dieser Code wurde schon verwendet. Geben Sie einen anderen ein.";
    expired_code = "The code has expired. Request a new one.", "Der Code ist abgelaufen. Fordern Sie einen neuen an.";
    expired_code_totp = "The code has expired. Type the one that the app shows now.", "Der Code ist abgelaufen. Geben Sie den ein, den die App gerade zeigt.";
    factor_disabled = "This way to sign in was switched off. Use another way, or ask the service desk.", "Dieser Anmeldeweg wurde ausgeschaltet. Nehmen Sie einen anderen, oder fragen Sie den Service Desk.";
    new_code_needed = "There were too many wrong tries with this code. Request a new one.", "Mit diesem Code gab es zu viele falsche Versuche. Fordern Sie einen neuen an.";
    password_common = "Everybody who guesses passwords tries this one first. Choose another one.", "Wer Passwörter rät, versucht dieses zuerst. Wählen Sie ein anderes.";
    password_personal = "This password is made from your own data or from the name of this portal. Choose one that cannot be guessed from those.", "Dieses Passwort besteht aus Ihren eigenen Daten oder dem Namen dieses Portals. Wählen Sie eines, das sich daraus nicht erraten lässt.";
    password_guessable = "A program would guess this password quickly. Make it longer, or use words that do not belong together.", "Ein Programm würde dieses Passwort schnell erraten. Machen Sie es länger, oder nehmen Sie Wörter, die nicht zusammengehören.";
    password_unchanged = "This is the password that you use now. Choose another one.", "Das ist Ihr jetziges Passwort. Wählen Sie ein anderes.";
    repeat_differs = "The two passwords are not the same. Type both again.", "Die beiden Passwörter sind nicht gleich. Geben Sie beide noch einmal ein.";
    choose_one = "Choose one of the methods.", "Wählen Sie eine der Methoden.";
    not_offered = "This method is not offered here. Choose another one.", "Diese Methode gibt es hier nicht. Wählen Sie eine andere.";
    no_second_factor = "The second step of this portal is not ready yet. The service desk knows when it is.", "Der zweite Schritt dieses Portals ist noch nicht bereit. Der Service Desk weiß, wann es so weit ist.";
    passkey_failed = "The passkey could not confirm that it is you. Try again, or use another way.", "Der Passkey konnte nicht bestätigen, dass Sie es sind. Versuchen Sie es noch einmal, oder nehmen Sie einen anderen Weg.";
    passkey_known = "This passkey is set up here already. You can use it to sign in.", "Dieser Passkey ist hier schon eingerichtet. Sie können sich damit anmelden.";
    passkey_unknown = "This passkey is not set up here, or was removed. Use another way to sign in.", "Dieser Passkey ist hier nicht eingerichtet, oder er wurde entfernt. Melden Sie sich auf einem anderen Weg an.";
    start_again = "This took too long, or it was ended in another window. Start again.", "Das hat zu lange gedauert, oder es wurde in einem anderen Fenster beendet. Beginnen Sie noch einmal.";
    link_used = "This link was used already. Request a new one.", "Dieser Link wurde schon verwendet. Fordern Sie einen neuen an.";
    link_expired = "This link has expired. Request a new one.", "Dieser Link ist abgelaufen. Fordern Sie einen neuen an.";
    link_unknown = "This link does not work any more. Use the newest e-mail.", "Dieser Link gilt nicht mehr. Nehmen Sie die neueste E-Mail.";
    last_way_in = "This is your last way in. Add another one first.", "Das ist Ihr letzter Weg hinein. Fügen Sie zuerst einen anderen hinzu.";
    name_taken = "Another of your ways to sign in has this name. Choose a different one.", "So heißt schon ein anderer Ihrer Anmeldewege. Wählen Sie einen anderen Namen.";
    tries_shut = "Too many wrong tries came from here in one day, so this way stays shut. Use another way to sign in, set it anew with the “Forgot” link, or call the service desk, who can open it.", "Von hier kamen an einem Tag zu viele falsche Versuche, deshalb bleibt dieser Weg gesperrt. Nehmen Sie einen anderen Anmeldeweg, setzen Sie ihn über den „Vergessen“-Link neu, oder rufen Sie den Service Desk an; er kann ihn öffnen.";
    frozen = "Changes are frozen since “This was not me” was reported. The service desk can lift this.", "Änderungen sind eingefroren, seit „Das war ich nicht“ gemeldet wurde. Der Service Desk kann das aufheben.";
    not_staff = "Nobody of the workforce signs in with this Q-number.", "Mit dieser Q-Nummer meldet sich niemand der Belegschaft an.";
    own_role = "Nobody gives themselves a role. Ask another administrator.", "Niemand gibt sich selbst eine Rolle. Fragen Sie jemand anderen aus der Administration.";
    role_there = "This person holds the role already.", "Diese Person hat die Rolle schon.";
    address_known = "This address is on your list already. Enter a different one.", "Diese Adresse steht schon auf Ihrer Liste. Geben Sie eine andere ein.";
    addresses_differ = "The two addresses are not the same. Type both again.", "Die beiden Adressen sind nicht gleich. Geben Sie beide noch einmal ein.";
    shared_never = "This looks like a mailbox that several people read. Enter your own work address.", "Das sieht nach einem Postfach aus, das mehrere lesen. Geben Sie Ihre eigene dienstliche Adresse an.";
    shared_sure = "This looks like a mailbox that several people read. Whoever reads it could sign in with your password. Enter your own address, or use this one anyway.", "Das sieht nach einem Postfach aus, das mehrere lesen. Wer es liest, könnte sich mit Ihrem Passwort anmelden. Geben Sie Ihre eigene Adresse an, oder verwenden Sie diese trotzdem.";
    foreign_never = "This address does not belong to your company. Enter your work address, or ask the service desk.", "Diese Adresse gehört nicht zu Ihrem Unternehmen. Geben Sie Ihre dienstliche Adresse an, oder fragen Sie den Service Desk.";
    foreign_sure = "This address does not belong to your company. Enter your work address, or use this one anyway.", "Diese Adresse gehört nicht zu Ihrem Unternehmen. Geben Sie Ihre dienstliche Adresse an, oder verwenden Sie diese trotzdem.";
    no_such_action = "There is no such action. Choose one from the list.", "Diese Aktion gibt es nicht. Wählen Sie eine aus der Liste.";
    no_such_result = "There is no such result. Choose one from the list.", "Dieses Ergebnis gibt es nicht. Wählen Sie eines aus der Liste.";
    missing_person = "Enter a login or a part of a name.", "Geben Sie einen Anmeldenamen oder einen Teil eines Namens ein.";
    missing_choice = "Choose one from the list.", "Wählen Sie aus der Liste.";
    set_up_already = "This person has set up their account already and needs no invitation. Whoever cannot sign in uses “Forgot password?”.", "Diese Person hat ihr Konto schon eingerichtet und braucht keine Einladung. Wer sich nicht anmelden kann, nimmt „Passwort vergessen?“.";
    already_there = "Somebody with this address is there already. Look under People.", "Mit dieser Adresse ist schon jemand da. Sehen Sie unter Personen nach.";
    twice_in_file = "This address stands in the file twice. The first row counts.", "Diese Adresse steht zweimal in der Datei. Es zählt die erste Zeile.";
    type_again = "Type the code again: it was not kept.", "Geben Sie den Code noch einmal ein: Er wurde nicht behalten.";
    missing_given = "Enter the first name.", "Geben Sie den Vornamen ein.";
    missing_family = "Enter the last name.", "Geben Sie den Nachnamen ein.";
    missing_phone = "Enter a telephone number on which we can call you back.", "Geben Sie eine Telefonnummer ein, unter der wir zurückrufen können.";
    missing_partner = "Enter the partner number.", "Geben Sie die Partnernummer ein.";
    missing_reason = "Give a reason. The person is told it word for word.", "Geben Sie einen Grund an. Die Person erfährt ihn wörtlich.";
    missing_proof = "Enter a code, or leave the field empty.", "Geben Sie einen Code ein, oder lassen Sie das Feld leer.";
    too_long_sentence = "This is longer than 500 characters. Shorten it.", "Das ist länger als 500 Zeichen. Kürzen Sie es.";
    missing_sentence = "Write the sentence in this language too: people read the portal in both.", "Schreiben Sie den Satz auch in dieser Sprache: Das Portal wird in beiden gelesen.";
    missing_ends = "Say until when it is shown.", "Geben Sie an, bis wann sie gezeigt wird.";
    not_a_time = "Write a day and a time, for example 2026-12-24 18:00.", "Schreiben Sie Tag und Uhrzeit, zum Beispiel 2026-12-24 18:00.";
    ends_too_early = "It would be over before anybody sees it. Choose a later end.", "Sie wäre vorbei, bevor sie jemand sieht. Wählen Sie ein späteres Ende.";
    not_a_language = "The portal speaks English (en) and German (de). Write one of them, or leave the cell empty.", "Das Portal spricht Englisch (en) und Deutsch (de). Schreiben Sie eines davon, oder lassen Sie die Zelle leer.";
    not_a_number = "This is no complete telephone number. Choose the country and write the number without it, for example 171 5550199.", "Das ist keine vollständige Telefonnummer. Wählen Sie das Land und schreiben Sie die Nummer ohne Vorwahl des Landes, zum Beispiel 171 5550199.";
    consent_needed = "We can only check the request if you agree. Without it, call the service desk.", "Wir können den Antrag nur prüfen, wenn Sie einwilligen. Ohne Einwilligung rufen Sie den Service Desk an.";
    terms_needed = "An account needs your agreement to the terms.", "Für ein Konto brauchen wir Ihre Zustimmung zu den Bedingungen.";
    work_needed = "Your browser had not finished the check that a person fills this in. It starts again now; wait for the button and send the form once more.", "Ihr Browser war mit der Prüfung, dass ein Mensch dies ausfüllt, noch nicht fertig. Sie beginnt jetzt von vorn; warten Sie auf die Schaltfläche und senden Sie das Formular noch einmal.";
    case_there = "There is a request of yours already. You see below where it stands.", "Von Ihnen gibt es schon einen Antrag. Unten sehen Sie, wo er steht.";
    case_decided = "This case is decided or over. Nothing was changed.", "Dieser Vorgang ist entschieden oder beendet. Es wurde nichts geändert.";
    own_case = "This is your own case. Somebody else decides it.", "Das ist Ihr eigener Vorgang. Jemand anders entscheidet ihn.";
    case_elsewhere = "A colleague works on this case. Take it over before you decide.", "An diesem Vorgang arbeitet schon jemand. Übernehmen Sie ihn, bevor Sie entscheiden.";
    case_seconded = "This case has its first approval and waits for the second.", "Dieser Vorgang hat die erste Genehmigung und wartet auf die zweite.";
    claim_first = "Take the case first, so that no colleague decides it at the same time.", "Übernehmen Sie den Vorgang zuerst, damit nicht gleichzeitig jemand anders entscheidet.";
    second_agent = "You gave the first approval. The second one comes from somebody else.", "Sie haben die erste Genehmigung gegeben. Die zweite kommt von jemand anderem.";
    lead_needed = "This account belongs to staff: one of the two approvals comes from a lead of the desk.", "Dieses Konto gehört zum Personal: Eine der beiden Genehmigungen kommt von der Leitung des Service Desk.";
    changed_meanwhile = "Somebody else changed this meanwhile. Look at it again, then repeat what you wanted.", "Jemand anders hat das inzwischen geändert. Sehen Sie es sich noch einmal an, und wiederholen Sie dann, was Sie wollten.";
}

tell! {
    wait(duration: &str) = "That was too often in a short time. You can try again in {duration}.", "Das war zu oft in kurzer Zeit. Sie können es in {duration} wieder versuchen.";
    just_recovered(duration: &str) = "You got back in by a recovery less than a day ago. To protect your account, nothing can be removed yet. It is possible in {duration}, or at once after a sign-in with a device that you had before.", "Sie sind vor weniger als einem Tag über eine Wiederherstellung hereingekommen. Zum Schutz Ihres Kontos lässt sich noch nichts entfernen. Möglich ist es in {duration} oder sofort nach einer Anmeldung mit einem Gerät, das Sie schon vorher hatten.";
    on_probation(duration: &str) = "The device that you signed in with was set up through the service desk a short time ago. It signs you in, and changes nothing for another {duration}.", "Das Gerät, mit dem Sie sich angemeldet haben, wurde erst vor Kurzem über den Service Desk eingerichtet. Es meldet Sie an, ändert aber noch {duration} lang nichts.";
    too_short(least: u32) = "Use at least {least} characters. A few words in a row are easy to remember.", "Nehmen Sie mindestens {least} Zeichen. Ein paar Wörter hintereinander merken sich leicht.";
    password_long(most: u32) = "Use at most {most} characters.", "Nehmen Sie höchstens {most} Zeichen.";
    other_realm(name: &str) = "This passkey belongs to {name}. Sign in there.", "Dieser Passkey gehört zu {name}. Melden Sie sich dort an.";
    other_realm_link(name: &str) = "Go to {name}", "Zu {name}";
    too_many_people(most: u32) = "More than {most} people match. Type more of the name, or the whole login.", "Das passt auf mehr als {most} Personen. Geben Sie mehr vom Namen ein, oder den ganzen Anmeldenamen.";
    too_many(most: u32) = "These are too many at once. Take at most {most}.", "Das sind zu viele auf einmal. Nehmen Sie höchstens {most}.";
    enough_factors(most: u32) = "You have {most} ways to sign in of this kind, and more are not kept. Remove one that you do not use any more.", "Sie haben {most} Anmeldewege dieser Art, und mehr werden nicht geführt. Entfernen Sie einen, den Sie nicht mehr benutzen.";
    bad_csv(line: u32) = "Row {line} cannot be read. The first row names the columns, and one of them is “email”.", "Zeile {line} lässt sich nicht lesen. Die erste Zeile nennt die Spalten, und eine davon heißt „email“.";
}

/// The sentence at the field.
pub fn text(lang: Lang, refusal: &Refusal, about: About) -> String {
    let fixed = match &refusal.code {
        Code::WrongCredentials => {
            return crate::login::wrong(lang, about.login.unwrap_or(LoginKind::UserName));
        }
        Code::Missing => missing(lang, refusal.field, about),
        Code::TooLong if refusal.field == Field::Name => too_long_name(lang),
        Code::TooLong if matches!(refusal.field, Field::NameEn | Field::NameDe) => {
            too_long_name(lang)
        }
        Code::TooLong if matches!(refusal.field, Field::Given | Field::Family) => {
            too_long_name(lang)
        }
        Code::TooLong if matches!(refusal.field, Field::Story | Field::Reason) => {
            too_long_sentence(lang)
        }
        Code::TooLong => too_long(lang),
        Code::ControlCharacters => control(lang),
        Code::NotAnAddress => not_an_address(lang),
        code if about.factor == Some(Kind::Pin) && pin(lang, refusal.field, code).is_some() => {
            return pin(lang, refusal.field, code).unwrap_or_default();
        }
        Code::WrongCode => wrong(lang, about.factor),
        Code::TwiceInFile => twice_in_file(lang),
        Code::TypeAgain => type_again(lang),
        Code::PhoneSilent => crate::phone::silent(lang),
        Code::NoProofToCheck => crate::caller::no_proof(lang),
        Code::NoPhoneToCheck => crate::desk::no_phone_to_check(lang),
        Code::NotReachable => crate::phone::wake_refused(lang),
        Code::NotVerified => crate::reset_pin::not_verified(lang),
        Code::CannotUse => crate::reset_pin::cannot_use(lang),
        Code::TooManyIssued => crate::reset_pin::too_many(lang),
        Code::EmergencyGone => crate::reset_pin::gone(lang),
        Code::PhoneDeclined => crate::phone::declined(lang),
        Code::PhoneUnknown => crate::phone::unknown(lang),
        Code::UsedCode if refusal.field == Field::Proof => used_code_proof(lang),
        Code::UsedCode => match about.factor {
            Some(Kind::Totp) => used_code_totp(lang),
            Some(Kind::Recovery) => used_code_recovery(lang),
            _ => used_code(lang),
        },
        Code::ExpiredCode if about.factor == Some(Kind::Totp) => expired_code_totp(lang),
        Code::ExpiredCode => expired_code(lang),
        Code::Wait { seconds } => return wait(lang, &crate::count::duration(lang, *seconds)),
        Code::FactorDisabled => factor_disabled(lang),
        Code::NewCodeNeeded => new_code_needed(lang),
        Code::PasswordTooShort { least } => return too_short(lang, *least),
        Code::PasswordTooLong { most } => return password_long(lang, *most),
        Code::PasswordCommon => password_common(lang),
        Code::PasswordPersonal => password_personal(lang),
        Code::PasswordGuessable => password_guessable(lang),
        Code::PasswordUnchanged => password_unchanged(lang),
        Code::RepeatDiffers => repeat_differs(lang),
        Code::ChooseOne => choose_one(lang),
        Code::NotOffered if refusal.field == Field::Action => no_such_action(lang),
        Code::NotOffered if refusal.field == Field::Outcome => no_such_result(lang),
        Code::NotOffered => not_offered(lang),
        Code::NoSecondFactorYet => no_second_factor(lang),
        Code::OtherRealm { name, .. } => return other_realm(lang, name),
        Code::PasskeyFailed => passkey_failed(lang),
        Code::PasskeyKnown => passkey_known(lang),
        Code::PasskeyUnknown => passkey_unknown(lang),
        Code::StartAgain => start_again(lang),
        Code::LinkUsed => link_used(lang),
        Code::LinkExpired => link_expired(lang),
        Code::LinkUnknown => link_unknown(lang),
        Code::LastWayIn => last_way_in(lang),
        Code::NameTaken => name_taken(lang),
        Code::TriesShut => tries_shut(lang),
        Code::EnoughFactors { most } => return enough_factors(lang, *most),
        Code::Frozen => frozen(lang),
        Code::JustRecovered { seconds } => {
            return just_recovered(lang, &crate::count::duration(lang, *seconds));
        }
        Code::AddressKnown => address_known(lang),
        Code::NotStaff => not_staff(lang),
        Code::OwnRole => own_role(lang),
        Code::RoleThere => role_there(lang),
        Code::AddressesDiffer => addresses_differ(lang),
        Code::SharedMailbox { is_final: true } => shared_never(lang),
        Code::SharedMailbox { is_final: false } => shared_sure(lang),
        Code::ForeignAddress { is_final: true } => foreign_never(lang),
        Code::ForeignAddress { is_final: false } => foreign_sure(lang),
        Code::SetUpAlready => set_up_already(lang),
        Code::AlreadyThere => already_there(lang),
        Code::TooMany { most } if refusal.field == Field::Person => {
            return too_many_people(lang, *most);
        }
        Code::TooMany { most } => return too_many(lang, *most),
        Code::BadCsv { line } => return bad_csv(lang, *line),
        Code::ChangedMeanwhile => changed_meanwhile(lang),
        Code::NotAnId => crate::applications::not_an_id(lang),
        Code::IdTaken => crate::applications::id_taken(lang),
        Code::UnsafeAddress => crate::applications::unsafe_address(lang),
        Code::HostTaken => crate::applications::host_taken(lang),
        Code::NotADay => crate::applications::not_a_day(lang),
        Code::NobodyOpens => crate::applications::nobody_opens(lang),
        Code::PortalsHost => crate::applications::portals_host(lang),
        Code::NoProtocol => crate::applications::no_protocol(lang),
        Code::NotATime => not_a_time(lang),
        Code::EndsTooEarly => ends_too_early(lang),
        Code::NotALanguage => not_a_language(lang),
        Code::NumberAbroad => crate::line::abroad(lang),
        Code::NumberRefused => crate::line::refused(lang),
        Code::NumberOfService => crate::line::of_service(lang),
        Code::NoSmsThere => crate::line::no_sms_there(lang),
        Code::NotOnRecord => crate::approval::not_on_record(lang),
        Code::NumberKnown => crate::approval::number_known(lang),
        Code::NotInRange { least, most } => {
            return crate::approval::not_in_range(lang, *least, *most);
        }
        Code::NoManager => crate::approval::refused_no_manager(lang),
        Code::NoSuchManager => crate::admin::no_such_manager(lang),
        Code::NotTheirManager => crate::admin::not_their_manager(lang),
        Code::NotApproved => crate::approval::refused_not_approved(lang),
        Code::ApprovalOver => crate::approval::refused_over(lang),
        Code::ApprovalThere => crate::approval::refused_there(lang),
        Code::NoSuchDeputy => crate::approval::refused_deputy(lang),
        Code::LinesStopped => crate::line::stopped(lang),
        Code::NotANumber if refusal.field == Field::Number => crate::line::not_a_number(lang),
        Code::NotANumber => not_a_number(lang),
        Code::TermsNeeded => terms_needed(lang),
        Code::ConsentNeeded => consent_needed(lang),
        Code::WorkNeeded => work_needed(lang),
        Code::CaseThere => case_there(lang),
        Code::CaseDecided => case_decided(lang),
        Code::OwnCase => own_case(lang),
        Code::CaseElsewhere => case_elsewhere(lang),
        Code::CaseSeconded => case_seconded(lang),
        Code::ClaimFirst => claim_first(lang),
        Code::SecondAgent => second_agent(lang),
        Code::LeadNeeded => lead_needed(lang),
        Code::OnProbation { seconds } => {
            return on_probation(lang, &crate::count::duration(lang, *seconds));
        }
    };
    fixed.to_owned()
}

/// What a new PIN may be told; `None` where a PIN is like anything else.
fn pin(lang: Lang, field: Field, code: &Code) -> Option<String> {
    use crate::pin as say;
    let fixed = match (field, code) {
        (Field::Repeat, Code::Missing) => say::missing_repeat(lang),
        (Field::Repeat, Code::RepeatDiffers) => say::differs(lang),
        (Field::Pin, Code::WrongCode) => say::digits_only(lang),
        (Field::Pin, Code::PasswordTooShort { least }) => {
            return Some(say::rule_length(lang, *least));
        }
        (Field::Pin, Code::PasswordTooLong { most }) => return Some(say::too_long(lang, *most)),
        (Field::Pin, Code::PasswordPersonal) => say::own_number(lang),
        (Field::Pin, Code::PasswordGuessable) => say::easy(lang),
        (Field::Pin, Code::PasswordCommon) => say::common(lang),
        (Field::Pin, Code::PasswordUnchanged) => say::unchanged(lang),
        _ => return None,
    };
    Some(fixed.to_owned())
}

/// What stands in the summary: the whole text for the page, which has no field
/// to say the rest; otherwise its first sentence without the full stop.
pub fn summary(lang: Lang, refusal: &Refusal, about: About) -> String {
    let text = text(lang, refusal, about);
    if refusal.field == Field::Page {
        return text;
    }
    let first = text
        .split_once(". ")
        .map_or(text.as_str(), |(first, _)| first);
    first.trim_end_matches('.').to_owned()
}

fn missing(lang: Lang, field: Field, about: About) -> &'static str {
    match field {
        Field::Login => crate::login::enter(lang, about.login.unwrap_or(LoginKind::UserName)),
        Field::Password => missing_password(lang),
        Field::Pin => missing_pin(lang),
        Field::Code => match about.factor {
            Some(Kind::Pin) => missing_pin(lang),
            Some(Kind::Password) => missing_password(lang),
            Some(Kind::Smartphone) => crate::phone::missing_digits(lang),
            Some(Kind::Emergency) => crate::reset_pin::missing(lang),
            _ => missing_code(lang),
        },
        Field::NewPassword => missing_new(lang),
        Field::Repeat if about.factor == Some(Kind::Email) => missing_address_again(lang),
        Field::Repeat => missing_repeat(lang),
        Field::Method | Field::Chains => choose_one(lang),
        Field::Name => missing_name(lang),
        Field::Email => missing_email(lang),
        Field::Csv => missing_csv(lang),
        Field::Person => missing_person(lang),
        Field::Action | Field::Outcome => missing_choice(lang),
        Field::Given => missing_given(lang),
        Field::Family => missing_family(lang),
        Field::Phone => missing_phone(lang),
        Field::Number => crate::line::missing(lang),
        Field::Told => missing_code(lang),
        Field::Partner => missing_partner(lang),
        Field::Consent => consent_needed(lang),
        Field::Proof => missing_proof(lang),
        Field::Reason => missing_reason(lang),
        Field::TextEn | Field::TextDe => missing_sentence(lang),
        Field::NameEn | Field::NameDe => crate::applications::missing_name(lang),
        Field::ClientId => crate::applications::missing_id(lang),
        Field::Url | Field::RedirectUris | Field::AfterUris | Field::BackchannelUri => {
            crate::applications::missing_address(lang)
        }
        Field::Since => crate::applications::not_a_day(lang),
        Field::Ends => missing_ends(lang),
        Field::Story
        | Field::DetailsEn
        | Field::DetailsDe
        | Field::Begins
        | Field::Application
        | Field::Ticket
        | Field::Manager
        | Field::Days => missing_page(lang),
        Field::Page => missing_page(lang),
    }
}

const fn wrong(lang: Lang, factor: Option<Kind>) -> &'static str {
    match factor {
        Some(Kind::Email) => wrong_code_mail(lang),
        Some(Kind::Sms) => wrong_code_sms(lang),
        Some(Kind::Voice) => wrong_code_call(lang),
        Some(Kind::Totp) => wrong_code_totp(lang),
        Some(Kind::Recovery) => wrong_code_recovery(lang),
        Some(Kind::Pin) => wrong_pin(lang),
        Some(Kind::Password) => wrong_password(lang),
        Some(Kind::Smartphone) => crate::phone::wrong_digits(lang),
        Some(Kind::Emergency) => crate::reset_pin::wrong(lang),
        _ => wrong_code(lang),
    }
}
