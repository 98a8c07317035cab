//! Where ID360 is, and which links may leave for a browser (facts §A, quality W-01).

use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

const API_PATH: &str = "/api/1.0.0/";
const ENROLLMENT_PAGE: &str = "/static/process_ui/index.html";

/// Paths that no public document gives (facts §J.27); relative to the API base, with `{id}` or `{token}` to fill.
/// `None` means the feature does not exist in this environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionalPaths {
    pub archived_report: Option<String>,
    pub report_pdf: Option<String>,
    pub enrollment_status: Option<String>,
}

impl Default for OptionalPaths {
    fn default() -> Self {
        Self {
            archived_report: Some("enrollment/{id}/report/archive".into()),
            report_pdf: Some("enrollment/{id}/proof_slip".into()),
            enrollment_status: Some("enrollment/status/{token}".into()),
        }
    }
}

/// Why an address cannot be an environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvironmentError {
    #[error("not an address")]
    Invalid,
    #[error("only https, or http to this machine")]
    Scheme,
    #[error("user name or password inside the address")]
    Credentials,
    #[error("query or fragment in the address")]
    Trailing,
}

/// One ID360: its API and its end-user pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Ends with a slash.
    api: Url,
    /// The end-user page, without fragment.
    page: Url,
    /// Other hosts that serve the same page.
    page_aliases: Vec<String>,
    paths: OptionalPaths,
}

impl Environment {
    pub fn production() -> Self {
        Self::built_in("https://id360docaposte.com", &["www.id360docaposte.com"])
    }

    pub fn pre_production() -> Self {
        Self::built_in("https://preprod.id360docaposte.com", &[])
    }

    #[allow(clippy::expect_used)] // Two constant addresses; a test builds both.
    fn built_in(base: &str, aliases: &[&str]) -> Self {
        let mut environment = Self::custom(base, base).expect("a built-in address is valid");
        environment.page_aliases = aliases.iter().map(|&host| host.to_owned()).collect();
        environment
    }

    /// An environment at other addresses, a relay or the sandbox for instance. `base_url` may end with `/api/1.0.0/`
    /// or leave it out. Plain http is admitted for loopback hosts only.
    pub fn custom(base_url: &str, ui_base_url: &str) -> Result<Self, EnvironmentError> {
        let mut api = checked_base(base_url)?;
        let path = api.path().trim_end_matches('/').to_owned();
        let path = path
            .strip_suffix(API_PATH.trim_end_matches('/'))
            .unwrap_or(&path);
        api.set_path(&format!("{path}{API_PATH}"));

        let mut page = checked_base(ui_base_url)?;
        let prefix = page.path().trim_end_matches('/').to_owned();
        let prefix = prefix.strip_suffix(ENROLLMENT_PAGE).unwrap_or(&prefix);
        page.set_path(&format!("{prefix}{ENROLLMENT_PAGE}"));

        Ok(Self {
            api,
            page,
            page_aliases: Vec::new(),
            paths: OptionalPaths::default(),
        })
    }

    #[must_use]
    pub fn with_paths(mut self, paths: OptionalPaths) -> Self {
        self.paths = paths;
        self
    }

    pub fn paths(&self) -> &OptionalPaths {
        &self.paths
    }

    /// Host of the API, with its port when it is not the default one.
    pub fn host(&self) -> String {
        let host = self.api.host_str().unwrap_or_default();
        match self.api.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    pub(crate) fn api(&self) -> &Url {
        &self.api
    }

    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.api)
    }

    /// The end user's link (facts §A, §H). It opens the dossier to whoever holds it: a secret.
    /// A `lang` that is not a language code is left out.
    pub fn enrollment_link(&self, api_key: &SecretString, lang: Option<&str>) -> SecretString {
        let mut link = format!("{}#/enrollment/", self.page);
        for byte in api_key.expose_secret().trim().bytes() {
            if is_key_byte(byte) {
                link.push(char::from(byte));
            } else {
                link.push_str(&format!("%{byte:02X}"));
            }
        }
        if let Some(lang) = lang.filter(|lang| is_language(lang)) {
            link.push_str("?lang=");
            link.push_str(lang);
        }
        SecretString::from(link)
    }

    /// Whether this address is an enrollment link of this environment, and nothing else: the only kind of address
    /// that may be handed to a browser.
    pub fn admits_link(&self, url: &str) -> bool {
        let Ok(parsed) = Url::parse(url) else {
            return false;
        };
        // What the parser repairs (blanks, backslashes, dot segments, case), a browser may repair differently.
        let explicit_port = format!("{}:443/", parsed.host_str().unwrap_or_default());
        let plain_host = format!("{}/", parsed.host_str().unwrap_or_default());
        let normalised = parsed.as_str();
        if normalised != url
            && (parsed.scheme() != "https"
                || normalised != url.replacen(&explicit_port, &plain_host, 1))
        {
            return false;
        }
        let host_admitted = parsed.host_str().is_some_and(|host| {
            self.page.host_str() == Some(host)
                || self.page_aliases.iter().any(|alias| alias == host)
        });
        parsed.scheme() == self.page.scheme()
            && host_admitted
            && parsed.port() == self.page.port()
            && parsed.username().is_empty()
            && parsed.password().is_none()
            && parsed.path() == self.page.path()
            && parsed.query().is_none()
            && parsed.fragment().is_some_and(is_enrollment_fragment)
    }
}

fn checked_base(text: &str) -> Result<Url, EnvironmentError> {
    let url = Url::parse(text.trim()).map_err(|_| EnvironmentError::Invalid)?;
    if url.host_str().is_none_or(str::is_empty) {
        return Err(EnvironmentError::Invalid);
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        _ => return Err(EnvironmentError::Scheme),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(EnvironmentError::Credentials);
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(EnvironmentError::Trailing);
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn is_enrollment_fragment(fragment: &str) -> bool {
    let Some(rest) = fragment.strip_prefix("/enrollment/") else {
        return false;
    };
    let (key, lang) = match rest.split_once("?lang=") {
        Some((key, lang)) => (key, Some(lang)),
        None => (rest, None),
    };
    !key.is_empty()
        && key.len() <= 4096 * 3
        && key.bytes().all(|byte| is_key_byte(byte) || byte == b'%')
        && lang.is_none_or(is_language)
}

fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~' | b'.')
}

/// `fr`, or `fr-FR`.
fn is_language(text: &str) -> bool {
    let (language, region) = match text.split_once('-') {
        Some((language, region)) => (language, Some(region)),
        None => (text, None),
    };
    language.len() == 2
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && region.is_none_or(|region| {
            region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_alphabetic())
        })
}
