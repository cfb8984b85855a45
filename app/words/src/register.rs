//! Making an account of one's own. Labels as the cloud guide has them.

say! {
    link = "Register", "Registrieren";
    title = "Register", "Registrieren";
    lead = "We send you an e-mail that confirms your address. After that you set a password.", "Wir schicken Ihnen eine E-Mail, die Ihre Adresse bestätigt. Danach setzen Sie ein Passwort.";
    email = "E-mail address", "E-Mail-Adresse";
    name = "Name", "Name";
    terms = "I agree to the terms of use.", "Ich stimme den Nutzungsbedingungen zu.";
    terms_link = "Terms of use", "Nutzungsbedingungen";
    there_already = "Do you have an account already?", "Haben Sie schon ein Konto?";
}
