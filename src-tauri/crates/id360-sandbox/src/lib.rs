//! id360-sandbox
