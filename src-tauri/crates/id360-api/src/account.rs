//! Who signs in (facts §B.3).

use std::fmt;

use secrecy::SecretString;

/// The two kinds of principals of ID360 (facts §B.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountKind {
    /// Id and password of an application made in the console. Signs in by itself, no one-time code.
    Application,
    /// A person: e-mail, password and, with two-factor, a one-time code. Never signs in silently.
    User,
}

/// An account of one environment.
#[derive(Clone)]
pub struct Account {
    pub kind: AccountKind,
    pub username: String,
    pub password: SecretString,
}

impl fmt::Debug for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The user name of a person is their e-mail address.
        formatter
            .debug_struct("Account")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
