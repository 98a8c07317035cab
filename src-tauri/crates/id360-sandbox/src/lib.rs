//! An ID360 that runs on loopback: same calls, same quirks, faults on demand.
//!
//! It shares no code with the product, so that a mistake in the product's model of ID360 cannot
//! hide behind the same mistake here. What is known about the real one, and what is guessed, is
//! marked in the facts («facts §…» in these comments); guesses are [`Switches`].
//!
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use id360_sandbox::{Outcome, Sandbox, SandboxOptions};
//! let sandbox = Sandbox::start(SandboxOptions { seed: Some(7), ..Default::default() }).await?;
//! println!("{}", sandbox.base_url());
//! # sandbox.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! Three things are served on one port of 127.0.0.1, all over HTTP/1.1:
//!
//! - `/api/1.0.0/…` and `/private/api/1.0.0/…`: the API, with and without a trailing slash;
//! - `/static/process_ui/index.html#/enrollment/{api_key}`: the customer's pages;
//! - `/sandbox/…`: the control API, described in the crate's `README.md`.

mod callbacks;
mod causes;
mod clock;
mod entropy;
mod faults;
mod idclaim;
mod journal;
mod media;
mod options;
mod pdf;
mod picture;
mod refusal;
mod report;
mod sandbox;
mod server;
mod shared;
mod store;
mod world;

pub use faults::{Endpoint, Fault, PlannedFault, Target};
pub use journal::{Counters, RequestEntry};
pub use options::{
    CanceledReport, DocumentType, IdentityFamily, IdentityShape, Letters, LinkForm, SandboxOptions,
    Switches,
};
pub use refusal::Refusal;
pub use sandbox::{Sandbox, StartError};
pub use world::{
    ApplicationCredentials, CallbackEntry, Credentials, DocumentView, EnrollmentView, ExpectedView,
    Outcome, PlantedSecret, Status, UserCredentials,
};

/// Codes a KO may name (facts §F.7), in the order of the published list.
pub fn published_causes() -> impl Iterator<Item = &'static str> {
    causes::CAUSES.iter().map(|cause| cause.code)
}
