//! The first screen of signing in.

say! {
    title = "Sign in", "Anmelden";
    to_go_on = "Sign in to go on. The page that you wanted comes next.", "Melden Sie sich an, dann geht es weiter zur gewünschten Seite.";
    submit = "Sign in", "Anmelden";
    submitting = "Signing in …", "Sie werden angemeldet …";
    passkey = "Sign in with a passkey", "Mit Passkey anmelden";
    passkey_busy = "Waiting for your passkey …", "Warten auf Ihren Passkey …";
    or_password = "or with your password", "oder mit Ihrem Passwort";
    password = "Password", "Passwort";
    forgot_both = "Forgot username or password?", "Benutzername oder Passwort vergessen?";
    forgot_password = "Forgot your password?", "Kennwort vergessen?";
    invited = "Were you invited by e-mail? Open the link in it, or set your password here with “Forgot username or password?”", "Wurden Sie per E-Mail eingeladen? Öffnen Sie den Link darin, oder setzen Sie Ihr Passwort hier mit „Benutzername oder Passwort vergessen?“";
    passkey_only = "You sign in with a passkey here.", "Hier melden Sie sich mit einem Passkey an.";
    needs_script = "Passkeys need JavaScript. Switch it on in your browser to go on.", "Passkeys brauchen JavaScript. Schalten Sie es in Ihrem Browser ein, um weiterzukommen.";
    not_in_browser = "This browser knows no passkeys. Use another browser or device.", "Dieser Browser kennt keine Passkeys. Nehmen Sie einen anderen Browser oder ein anderes Gerät.";
}
