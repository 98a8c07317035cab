use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::dossier::DossierView;

/// When the customer's link last went to another device, each way (RFC 3339). Here: `DossierView::opened_at`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "LinkUsesView.ts")]
pub struct LinkUsesView {
    /// As a QR code.
    pub shown_at: Option<String>,
    /// A message with it was begun in the mail program.
    pub mailed_at: Option<String>,
    /// Into the clipboard, alone or in the text of an SMS.
    pub copied_at: Option<String>,
}

/// The customer is in a window of the desk's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "EnrollmentWindowView.ts")]
pub struct EnrollmentWindowView {
    /// This computer has a camera that the window can be given. Without one the customer gives files.
    pub camera: bool,
}

/// A link that is shown right now. The link itself is in no answer: the window asks for its picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ShownLinkView.ts")]
pub struct ShownLinkView {
    /// Names the picture, and opens nothing.
    pub ticket: String,
    pub lang: String,
    /// Also on the screen that faces the customer.
    pub to_customer: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ShowLinkForm.ts")]
pub struct ShowLinkForm {
    pub lang: String,
    /// On the screen that faces the customer as well.
    pub to_customer: bool,
    /// The person was told of the second device.
    pub confirmed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "LinkText.ts")]
pub enum LinkText {
    Link,
    /// A sentence around it.
    Sms,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "CopyLinkForm.ts")]
pub struct CopyLinkForm {
    pub text: LinkText,
    pub lang: String,
    /// The person was told of the second device.
    pub confirmed: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "CopyOutcome.ts")]
pub struct CopyOutcome {
    pub dossier: DossierView,
    /// Until the clipboard is emptied, if it still holds it.
    pub seconds: u32,
}
