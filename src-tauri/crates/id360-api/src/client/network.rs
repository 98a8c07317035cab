//! The real network: reqwest, with everything that decides by itself switched off.

use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;

use super::options::Timeouts;
use super::transport::{Answer, AnswerBody, Failure, FailureCause, OutgoingRequest, Transport};
use crate::environment::Environment;
use crate::error::{ApiError, ApiErrorKind, Endpoint};

const USER_AGENT: &str = concat!("ID360-Desk/", env!("CARGO_PKG_VERSION"));

/// An idle connection is the likeliest to be dead, and a request lost on one has an unknown outcome.
const IDLE_CONNECTION: Duration = Duration::from_secs(15);

#[derive(Debug)]
pub struct NetworkTransport {
    client: reqwest::Client,
}

impl NetworkTransport {
    pub fn new(environment: &Environment, timeouts: &Timeouts) -> Result<Self, ApiError> {
        let encrypted = environment.api().scheme() == "https";
        let tls = tls(encrypted).map_err(|error| {
            // The words of rustls name a certificate store at most.
            ApiError::new(ApiErrorKind::CertificateRefused, Endpoint::Login)
                .with_detail(error.to_string())
        })?;
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .https_only(encrypted)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .user_agent(USER_AGENT)
            .connect_timeout(timeouts.connect)
            .pool_idle_timeout(IDLE_CONNECTION);
        if environment.is_loopback() {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|error| {
            ApiError::new(ApiErrorKind::Internal, Endpoint::Login)
                .with_detail(error.without_url().to_string())
        })?;
        Ok(Self { client })
    }
}

/// TLS 1.2 and 1.3 with ring, trusting what the operating system trusts.
fn tls(encrypted: bool) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])?;
    let mut config = if encrypted {
        builder.with_platform_verifier()?.with_no_client_auth()
    } else {
        // Plain http to this machine must work where no certificate store is installed.
        builder
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth()
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

#[async_trait]
impl Transport for NetworkTransport {
    async fn send(&self, request: OutgoingRequest) -> Result<Answer, Failure> {
        let mut builder = self
            .client
            .request(request.method, request.url)
            .headers(request.headers);
        if let Some(body) = request.body {
            builder = builder.body(body);
        }
        let response = builder.send().await.map_err(|error| failure(&error))?;
        Ok(Answer {
            status: response.status(),
            headers: response.headers().clone(),
            body: Box::new(NetworkBody { response }),
        })
    }
}

struct NetworkBody {
    response: reqwest::Response,
}

#[async_trait]
impl AnswerBody for NetworkBody {
    async fn chunk(&mut self) -> Result<Option<Bytes>, Failure> {
        self.response.chunk().await.map_err(|error| failure(&error))
    }
}

fn failure(error: &reqwest::Error) -> Failure {
    let sent = !(error.is_connect() || error.is_builder());
    let cause = if certificate_refused(error) {
        FailureCause::CertificateRefused
    } else if error.is_timeout() {
        FailureCause::TimedOut
    } else if sent {
        FailureCause::ConnectionLost
    } else {
        FailureCause::Unreachable
    };
    Failure { cause, sent }
}

fn certificate_refused(error: &(dyn Error + 'static)) -> bool {
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return matches!(error, rustls::Error::InvalidCertificate(_));
    }
    // An io::Error does not name what it wraps as its source.
    let wrapped = error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref);
    if let Some(wrapped) = wrapped {
        return certificate_refused(wrapped);
    }
    error.source().is_some_and(certificate_refused)
}
