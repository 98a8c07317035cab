//! The test of an account: one login, then whoami, and what their outcome puts in doubt.

use crate::{
    desk::Desk,
    errors::DeskError,
    views::{
        error::ErrorCode,
        session::{AccountKind, SignInForm},
        setup::{AccountTest, Proof, TestFinding},
    },
};

impl Desk {
    /// Signs in, once whatever comes of it (quality.md T-09), and asks whoami; an account that passes is signed in
    /// already, so that ID360 sees no second login. Without a password, the open session of that account is asked.
    ///
    /// # Errors
    /// What the desk itself says: a field is missing, the register or the keychain is closed. What ID360 says, or that
    /// it says nothing, is the outcome.
    pub async fn test_account(&self, form: SignInForm) -> Result<AccountTest, DeskError> {
        let asked = (form.environment_id.clone(), form.account);
        let username = form.username.trim().to_owned();
        let is_open = self.accounts().of(asked.1).is_some_and(|session| {
            session.environment_id() == form.environment_id && session.username == username
        });
        let nothing_new =
            form.password.is_empty() && form.code.as_ref().is_none_or(String::is_empty);
        let mut signed_in = Ok(());
        if !(is_open && nothing_new) {
            let with_code = form
                .code
                .as_ref()
                .is_some_and(|code| !code.trim().is_empty());
            signed_in = match self.sign_in(form).await {
                Ok(_) => Ok(()),
                Err(refused) => Err(Stopped::at_login(refused, asked.1, with_code)?),
            };
        }
        let outcome = match signed_in {
            Ok(()) => match self.session_of(asked.1)?.client.whoami().await {
                Ok(()) => Ok(()),
                Err(error) => Err(Stopped::at_whoami(error.into())),
            },
            Err(stopped) => Err(stopped),
        };
        Ok(self.account_test(&asked.0, asked.1, &username, outcome))
    }

    fn account_test(
        &self,
        environment_id: &str,
        account: AccountKind,
        username: &str,
        outcome: Result<(), Stopped>,
    ) -> AccountTest {
        let password_kept = self.preferences().remembered.iter().any(|kept| {
            kept.environment_id == environment_id
                && kept.account == account
                && kept.username == username
        });
        let (finding, proofs, error) = match outcome {
            Ok(()) => (TestFinding::Passed, [Proof::Good; 3], None),
            Err(stopped) => (
                stopped.finding,
                stopped.proofs,
                Some(stopped.error.into_wire()),
            ),
        };
        let [host, account, session] = proofs;
        AccountTest {
            finding,
            host,
            account,
            session,
            error,
            password_kept,
            desk: self.session_view(),
        }
    }
}

/// Where a test ended, and what is in doubt: host, account, session.
struct Stopped {
    finding: TestFinding,
    proofs: [Proof; 3],
    error: DeskError,
}

impl Stopped {
    fn at_login(
        error: DeskError,
        account: AccountKind,
        with_code: bool,
    ) -> Result<Self, DeskError> {
        use ErrorCode as E;
        use Proof::{Doubtful, Good, Open};
        // A web page refuses on somebody else's behalf: ID360 answers its callers in JSON.
        let by_a_page = error
            .params
            .get("answer")
            .is_some_and(|kind| kind == "page");
        let host = [Doubtful, Open, Open];
        let (finding, proofs) = match error.code {
            E::Unreachable | E::TimedOut => (TestFinding::HostSilent, host),
            E::CertificateRefused => (TestFinding::HostUntrusted, host),
            E::UnreadableAnswer | E::AnswerTooLarge | E::UnknownDossier | E::Refused => {
                (TestFinding::HostNotId360, host)
            }
            E::CredentialsRefused | E::CodeRefused | E::AccountBlocked if by_a_page => {
                (TestFinding::HostNotId360, host)
            }
            E::CodeRefused if account == AccountKind::User || with_code => {
                (TestFinding::Code, [Good, Doubtful, Open])
            }
            E::CredentialsRefused | E::CodeRefused => {
                (TestFinding::IdOrSecret, [Good, Doubtful, Open])
            }
            E::AccountBlocked => (TestFinding::AccountRefused, [Good, Doubtful, Open]),
            E::ProviderIncident | E::RateLimited | E::LoginHeldBack => {
                (TestFinding::NothingLearnt, [Open; 3])
            }
            _ => return Err(error),
        };
        Ok(Self {
            finding,
            proofs,
            error,
        })
    }

    /// After a login that ID360 accepted: neither host nor account is in doubt.
    fn at_whoami(error: DeskError) -> Self {
        use ErrorCode as E;
        use Proof::{Doubtful, Good, Open};
        let refused = matches!(
            error.code,
            E::RefusedAfterSignIn | E::SessionExpired | E::NotSignedIn | E::Forbidden
        );
        let (finding, session) = if refused {
            (TestFinding::TokenRefused, Doubtful)
        } else {
            (TestFinding::NothingLearnt, Open)
        };
        Self {
            finding,
            proofs: [Good, Good, session],
            error,
        }
    }
}
