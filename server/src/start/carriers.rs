//! What carries messages away, as the options name it: the mail server, who this portal
//! is to push services, and the gateway for SMS and calls.

use super::{Failed, PublicUrl, read_secret};
use crate::{
    cli::{GatewayKind, Mail, TlsMode},
    receipts,
};
use courier::{
    Smtp, SmtpConfig, Tls,
    gateway::{Gateway, Hook, Kind, Template, Twilio},
    push::{Allowed, Subscription, VapidKey},
};
use domain::secret::Secret;
use flows::infra::{Clock, Push, Vault};
use std::{path::Path, sync::Arc};

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

/// The gateway for SMS and calls; `None` where they go to the demo's mailbox or wait.
pub(super) fn gateway(
    options: &crate::cli::Gateway,
    public: &PublicUrl,
    clock: &Arc<dyn Clock>,
) -> Result<Option<Gateway>, Failed> {
    let Some(url) = &options.gateway_url else {
        return Ok(None);
    };
    let secret = options.gateway_secret_file.as_deref();
    let secret = secret.ok_or("--gateway-secret-file is missing")?;
    let secret = Secret::new(read_secret(secret)?);
    let needed =
        |option: &Option<String>, name: &str| option.clone().ok_or(format!("{name} is missing"));
    let kind = match options.gateway_kind {
        GatewayKind::Twilio => Kind::Twilio(Twilio {
            account: needed(&options.gateway_account, "--gateway-account")?,
            token: secret,
            from: needed(&options.gateway_from, "--gateway-from")?,
            // A name of this machine is none to the gateway, which refuses it.
            receipts: public
                .origin
                .starts_with("https:")
                .then(|| format!("{}{}", public.origin, receipts::PATH)),
        }),
        GatewayKind::Hook => Kind::Hook(Hook {
            template: template(options.gateway_body_file.as_deref())?,
            secret,
        }),
    };
    let clock = Arc::clone(clock);
    Ok(Some(Gateway::new(kind, url, move || clock.now())?))
}

fn template(file: Option<&Path>) -> Result<Template, Failed> {
    let file = file.ok_or("--gateway-body-file is missing")?;
    let at = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
    let text = std::fs::read_to_string(file).map_err(|e| at(&e))?;
    Ok(Template::parse(&text).map_err(|e| at(&e))?)
}
