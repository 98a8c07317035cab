//! id360-api
