//! An authorization request, read (OpenID Connect Core 1.0, 3.1.2.1).

use super::{Application, Scope};
use crate::{Lang, policy::Realm};
use serde::{Deserialize, Serialize};

/// What an application asked for, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// `client_id`.
    pub client: String,
    /// Where the answer goes: one of those registered, to the letter.
    pub redirect_uri: String,
    /// Goes back as it came.
    pub state: Option<String>,
    /// Goes into the ID token as it came.
    pub nonce: Option<String>,
    /// The S256 challenge (RFC 7636).
    pub challenge: String,
    /// What it may have of what it asked for, as [`Scope::join`] writes it.
    pub scope: String,
    /// How the person is to be asked.
    pub prompt: Prompt,
    /// Seconds since the last proof at most.
    pub max_age: Option<i64>,
    /// Who is expected.
    pub login_hint: Option<String>,
    /// Which `acr` would do, the best first; those that the application does not have
    /// are left out.
    pub acr_values: Vec<String>,
    /// Languages, the best first.
    pub ui_locales: Vec<String>,
    /// An ID token of who is expected, as it came: nothing of it is believed yet.
    pub id_token_hint: Option<String>,
}

impl Asked {
    /// The language that the application wishes for, of those that there are.
    pub fn lang(&self) -> Option<Lang> {
        first_lang(&self.ui_locales)
    }
}

/// How the person is to be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// Not at all.
    pub none: bool,
    /// For a proof, whatever there is.
    pub login: bool,
    /// Whether the application may hear of them, whatever they said before.
    pub consent: bool,
    /// Who they are.
    pub select_account: bool,
}

/// What an application is told (RFC 6749, 4.1.2.1; OpenID Connect Core 1.0, 3.1.2.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// The request makes no sense.
    InvalidRequest,
    /// No code flow.
    UnsupportedResponseType,
    /// No `openid` in it.
    InvalidScope,
    /// The person said no.
    AccessDenied,
    /// Nobody is signed in, or not as it was asked for.
    LoginRequired,
    /// The person would have to agree.
    ConsentRequired,
    /// The person holds nothing that gives the `acr` (OpenID Connect Core Unmet
    /// Authentication Requirements 1.0).
    UnmetAuthenticationRequirements,
    /// `request`.
    RequestNotSupported,
    /// `request_uri`.
    RequestUriNotSupported,
    /// `registration`.
    RegistrationNotSupported,
}

impl Denial {
    /// Its name in answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::LoginRequired => "login_required",
            Self::ConsentRequired => "consent_required",
            Self::UnmetAuthenticationRequirements => "unmet_authentication_requirements",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
            Self::RegistrationNotSupported => "registration_not_supported",
        }
    }
}

/// What the person is told on a page of ours, because nobody else can be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageFault {
    /// No application of this realm asks.
    UnknownClient,
    /// The answer would go where the application never said it may.
    UnknownRedirect,
    /// The application behind a proxy did not know the browser again.
    Stopped,
    /// The account is frozen, so nothing opens elsewhere.
    Frozen,
    /// The person said no.
    Declined,
    /// The application asks for a way to sign in that the person does not have.
    Unmet,
}

/// Why a request is not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// A page of ours says so.
    Page(PageFault),
    /// The application hears it.
    Back {
        /// Where, as registered.
        redirect_uri: String,
        /// As it came.
        state: Option<String>,
        /// What.
        denial: Denial,
        /// For whoever writes the application.
        why: &'static str,
    },
}

/// The longest value of a parameter that is passed through.
const LONGEST: usize = 2048;
/// The longest ID token that is read as a hint.
const LONGEST_HINT: usize = 4 * LONGEST;

/// Reads a request. Until client and address are known to belong together, nothing is
/// sent anywhere.
///
/// # Errors
/// See [`Refused`].
pub fn read<'a>(
    realm: &'a Realm,
    parameters: &[(String, String)],
) -> Result<(&'a Application, Asked), Refused> {
    let page = |fault| Refused::Page(fault);
    let app = one(parameters, "client_id")
        .ok()
        .flatten()
        .and_then(|id| realm.application(id))
        // Whoever knows no protocol does not speak this one.
        .filter(|app| !app.is_proxied())
        .ok_or(page(PageFault::UnknownClient))?;
    let redirect_uri = one(parameters, "redirect_uri")
        .ok()
        .flatten()
        .filter(|uri| app.redirect_uris.iter().any(|own| own == uri))
        .ok_or(page(PageFault::UnknownRedirect))?;
    let state = one(parameters, "state").ok().flatten();
    let state = state.filter(|s| s.len() <= LONGEST).map(str::to_owned);
    let asked = checked(app, redirect_uri, state.clone(), parameters);
    asked
        .map(|asked| (app, asked))
        .map_err(|(denial, why)| Refused::Back {
            redirect_uri: redirect_uri.to_owned(),
            state,
            denial,
            why,
        })
}

type Denied = (Denial, &'static str);

/// The one value of a parameter; an empty one is none (RFC 6749, 3.1).
fn one<'a>(parameters: &'a [(String, String)], name: &str) -> Result<Option<&'a str>, Denied> {
    let mut found = parameters.iter().filter(|(n, _)| n == name);
    let first = found.next().map(|(_, value)| value.as_str());
    if found.next().is_some() {
        return Err((
            Denial::InvalidRequest,
            "a parameter stands there twice (RFC 6749, 3.1)",
        ));
    }
    Ok(first.filter(|value| !value.is_empty()))
}

fn checked(
    app: &Application,
    redirect_uri: &str,
    state: Option<String>,
    parameters: &[(String, String)],
) -> Result<Asked, Denied> {
    let get = |name| one(parameters, name);
    let invalid = |why| (Denial::InvalidRequest, why);
    let text = |name| -> Result<Option<String>, Denied> {
        let value = get(name)?;
        if value.is_some_and(|v| v.len() > LONGEST) {
            return Err(invalid("a parameter is too long"));
        }
        Ok(value.map(str::to_owned))
    };
    text("state")?;
    if get("request")?.is_some() {
        return Err((Denial::RequestNotSupported, "request is not supported"));
    }
    if get("request_uri")?.is_some() {
        let why = "request_uri is not supported";
        return Err((Denial::RequestUriNotSupported, why));
    }
    if get("registration")?.is_some() {
        let why = "registration is not supported";
        return Err((Denial::RegistrationNotSupported, why));
    }
    match get("response_type")? {
        Some("code") => {}
        Some(_) => return Err((Denial::UnsupportedResponseType, "response_type is code")),
        None => return Err(invalid("response_type is missing")),
    }
    if get("response_mode")?.is_some_and(|mode| mode != "query") {
        return Err(invalid("response_mode is query"));
    }
    let asked_for = Scope::split(get("scope")?.unwrap_or_default());
    if !asked_for.contains(&Scope::OpenId) {
        return Err((Denial::InvalidScope, "scope holds openid"));
    }
    let given: Vec<_> = asked_for
        .into_iter()
        .filter(|s| app.scopes.contains(s))
        .collect();
    let challenge =
        get("code_challenge")?.ok_or(invalid("code_challenge is missing (RFC 7636)"))?;
    if get("code_challenge_method")? != Some("S256") {
        return Err(invalid("code_challenge_method is S256"));
    }
    if !is_challenge(challenge) {
        return Err(invalid(
            "code_challenge is no S256 challenge (RFC 7636, 4.2)",
        ));
    }
    let max_age = get("max_age")?
        .map(|text| text.parse::<u32>().map(i64::from))
        .transpose()
        .map_err(|_| invalid("max_age is a number of seconds"))?;
    let hint = get("id_token_hint")?;
    if hint.is_some_and(|hint| hint.len() > LONGEST_HINT) {
        return Err(invalid("id_token_hint is too long"));
    }
    let acr_values = list(get("acr_values")?)
        .into_iter()
        .filter(|acr| app.chains.iter().any(|c| c.acr == *acr))
        .collect();
    Ok(Asked {
        client: app.id.clone(),
        redirect_uri: redirect_uri.to_owned(),
        state,
        nonce: text("nonce")?,
        challenge: challenge.to_owned(),
        scope: Scope::join(&given),
        prompt: prompt(get("prompt")?)?,
        max_age,
        login_hint: text("login_hint")?,
        acr_values,
        ui_locales: list(get("ui_locales")?),
        id_token_hint: hint.map(str::to_owned),
    })
}

/// Whether a text is the S256 challenge of something (RFC 7636, 4.2).
pub fn is_challenge(text: &str) -> bool {
    text.len() == 43
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// The language that an application wishes for, of those that there are: of the request as
/// it came, so that it holds for pages about a request that could not be read whole, too.
pub fn lang(parameters: &[(String, String)]) -> Option<Lang> {
    let wished = one(parameters, "ui_locales").ok().flatten();
    first_lang(&list(wished))
}

fn first_lang(ui_locales: &[String]) -> Option<Lang> {
    ui_locales.iter().find_map(|tag| Lang::parse(tag))
}

/// The words of a list, at most sixteen.
fn list(text: Option<&str>) -> Vec<String> {
    let words = text.unwrap_or_default().split(' ');
    let words = words.filter(|w| !w.is_empty() && w.len() <= 128);
    words.take(16).map(str::to_owned).collect()
}

fn prompt(text: Option<&str>) -> Result<Prompt, Denied> {
    let mut prompt = Prompt::default();
    let mut words = 0;
    for word in text
        .unwrap_or_default()
        .split(' ')
        .filter(|w| !w.is_empty())
    {
        words += 1;
        match word {
            "none" => prompt.none = true,
            "login" => prompt.login = true,
            "consent" => prompt.consent = true,
            "select_account" => prompt.select_account = true,
            // Others may be added by other specifications.
            _ => {}
        }
    }
    if prompt.none && words > 1 {
        let why = "prompt=none stands alone (OpenID Connect Core 1.0, 3.1.2.1)";
        return Err((Denial::InvalidRequest, why));
    }
    Ok(prompt)
}
