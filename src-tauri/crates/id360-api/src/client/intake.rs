//! Where a body goes, and whether it is what the endpoint serves.

use http::StatusCode;

use crate::endpoints::Receiver;
use crate::error::ApiErrorKind;
use crate::model::json::{self, Unreadable};

/// What is wrong with a body that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// JSON that ends in the middle, or a file without a byte, from a server that announced no length.
    Cut,
    Unreadable,
}

impl Flaw {
    pub fn kind(self, received: u64) -> ApiErrorKind {
        match self {
            Self::Cut => ApiErrorKind::Truncated {
                received,
                announced: None,
            },
            Self::Unreadable => ApiErrorKind::Unreadable,
        }
    }
}

pub trait Intake: Send {
    fn receiver(&mut self) -> &mut dyn Receiver;

    /// Seen before the body is read.
    fn flaw_of_head(&self, status: StatusCode, content_type: Option<&str>) -> Option<Flaw>;

    /// `length`: bytes that arrived.
    fn flaw_of_body(&self, status: StatusCode, length: u64) -> Option<Flaw>;

    /// What arrived, where it is kept in memory.
    fn bytes(&self) -> &[u8];
}

/// What a body in memory must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Anything,
    NotHtml,
    JsonObject,
}

/// A body kept in memory.
pub struct Kept {
    pub bytes: Vec<u8>,
    shape: Shape,
}

impl Kept {
    pub fn new(shape: Shape) -> Self {
        Self {
            bytes: Vec::new(),
            shape,
        }
    }
}

impl Intake for Kept {
    fn receiver(&mut self) -> &mut dyn Receiver {
        &mut self.bytes
    }

    fn flaw_of_head(&self, _status: StatusCode, _content_type: Option<&str>) -> Option<Flaw> {
        None
    }

    fn flaw_of_body(&self, status: StatusCode, _length: u64) -> Option<Flaw> {
        match self.shape {
            // The body of 202 means nothing.
            _ if status == StatusCode::ACCEPTED => None,
            Shape::Anything => None,
            Shape::NotHtml => is_html(&self.bytes).then_some(Flaw::Unreadable),
            Shape::JsonObject => match json::check_object(&self.bytes) {
                Ok(()) => None,
                Err(Unreadable::Cut) => Some(Flaw::Cut),
                Err(Unreadable::Other(_)) => Some(Flaw::Unreadable),
            },
        }
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// A body handed on as it arrives. A page in place of a file (a captive portal, a login page) is not handed on.
pub struct Handed<'a>(pub &'a mut dyn Receiver);

impl Intake for Handed<'_> {
    fn receiver(&mut self) -> &mut dyn Receiver {
        self.0
    }

    fn flaw_of_head(&self, _status: StatusCode, content_type: Option<&str>) -> Option<Flaw> {
        let html = content_type.is_some_and(|name| {
            let name = name.trim_start().to_ascii_lowercase();
            name.starts_with("text/html") || name.starts_with("application/xhtml")
        });
        html.then_some(Flaw::Unreadable)
    }

    /// No file is empty: a server that announces no length stopped before its first byte.
    fn flaw_of_body(&self, _status: StatusCode, length: u64) -> Option<Flaw> {
        (length == 0).then_some(Flaw::Cut)
    }

    fn bytes(&self) -> &[u8] {
        &[]
    }
}

fn is_html(bytes: &[u8]) -> bool {
    let start = json::without_mark(bytes);
    let start = start.trim_ascii_start();
    let start = start[..start.len().min(15)].to_ascii_lowercase();
    start.starts_with(b"<!doctype html") || start.starts_with(b"<html")
}
