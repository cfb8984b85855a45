//! What carries messages away, as the options name it: the mail server, and who this
//! portal is to push services.

use super::{Failed, PublicUrl, read_secret};
use crate::cli::{Mail, TlsMode};
use courier::{
    Smtp, SmtpConfig, Tls,
    push::{Allowed, Subscription, VapidKey},
};
use domain::secret::Secret;
use flows::infra::{Push, Vault};

/// Who this portal is to push services, and what browsers may bring.
pub(super) fn push(vault: &Vault, public: &PublicUrl) -> Result<(VapidKey, Push), Failed> {
    // Where push services reach whoever runs this; a name of this machine is none.
    let contact = if public.origin.starts_with("https:") {
        public.origin.clone()
    } else {
        "mailto:nobody@demo.example".to_owned()
    };
    let key = VapidKey::from_secret(&vault.push_key(), &contact)?;
    let read = |text: &str| {
        let read = Subscription::parse(text, &Allowed::of_browsers());
        read.ok().map(|subscription| subscription.to_json())
    };
    let known = Push::new(key.public_key(), read);
    Ok((key, known))
}

/// The mail server; `None` where messages go to the demo's mailbox or wait.
pub(super) fn smtp(mail: &Mail) -> Result<Option<Smtp>, Failed> {
    let Some(host) = &mail.smtp_host else {
        return Ok(None);
    };
    let password = match &mail.smtp_password_file {
        Some(file) => Some(Secret::new(read_secret(file)?)),
        None => None,
    };
    let config = SmtpConfig {
        url_host: host.clone(),
        port: mail.smtp_port,
        tls: match mail.smtp_tls {
            TlsMode::Starttls => Tls::Starttls,
            TlsMode::Implicit => Tls::Implicit,
            TlsMode::None => Tls::None,
        },
        user: mail.smtp_user.clone(),
        password,
        from: mail.mail_from.clone(),
        from_name: mail.mail_name.clone(),
        ca_file: mail.smtp_ca_file.clone(),
        timeout_seconds: mail.smtp_timeout,
    };
    Ok(Some(Smtp::new(&config)?))
}
