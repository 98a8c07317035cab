//! The files of a container, shown or saved: never opened by another program, never run.

use bytes::Bytes;
use dossiers::Act;
use evidence::{MediaType, names, sniff};

use super::{held::HeldWhat, saving::subject};
use crate::{
    desk::Desk,
    errors::DeskError,
    pages::PagePicture,
    views::{
        checking::{CheckedText, Preview},
        error::ErrorCode,
    },
};

/// Most of a text that is shown.
const MOST_TEXT: usize = 200 * 1024;

impl Desk {
    /// A picture of a checked container, decoded and re-encoded, journaled as a view.
    pub async fn checked_picture(
        &self,
        check_id: &str,
        position: u32,
    ) -> Result<PagePicture, ErrorCode> {
        let drawn = async {
            let (_, bytes) = self.contained(check_id, position).await?;
            let drawn = self.drawn(bytes, 0).await?;
            self.journal_look_inside(check_id, position).await?;
            Ok::<_, DeskError>(drawn.picture)
        };
        drawn.await.map_err(|error| error.code)
    }

    /// A text of a checked container, journaled as a view.
    pub async fn read_checked_text(
        &self,
        check_id: &str,
        position: u32,
    ) -> Result<CheckedText, DeskError> {
        let (_, bytes) = self.contained(check_id, position).await?;
        if preview(&bytes) != Preview::Text {
            return Err(DeskError::new(ErrorCode::FormatNotShown));
        }
        self.journal_look_inside(check_id, position).await?;
        let is_cut = bytes.len() > MOST_TEXT;
        let part = &bytes[..bytes.len().min(MOST_TEXT)];
        Ok(CheckedText {
            text: whole_text(part).unwrap_or_default().to_owned(),
            is_cut,
        })
    }

    /// Committed before it is given: what is inside a proof tells of a person as a document does.
    async fn journal_look_inside(&self, check_id: &str, position: u32) -> Result<(), DeskError> {
        let held = self.held_check(check_id)?;
        let what = format!("{} entry={position}", subject(&held));
        self.journal_where_open(Act::Viewed, held.dossier, what)
            .await
    }

    /// A file of a checked container, with a name that is safe to write.
    pub(super) async fn contained(
        &self,
        check_id: &str,
        position: u32,
    ) -> Result<(String, Bytes), DeskError> {
        let held = self.held_check(check_id)?;
        let not_found = || DeskError::new(ErrorCode::NotFound);
        let HeldWhat::Container { bytes, report } = &held.what else {
            return Err(not_found());
        };
        let file = report.files.get(position as usize).ok_or_else(not_found)?;
        let (bytes, name) = (bytes.clone(), file.name.clone());
        let limits = asice::Limits::default();
        let (name, content) = tokio::task::spawn_blocking(move || {
            let content = asice::entry(&bytes, &name, &limits);
            (name, content)
        })
        .await
        .map_err(DeskError::internal)?;
        let content = content.map_err(|error| not_found().because(error))?;
        let last = name.rsplit('/').next().unwrap_or_default();
        Ok((names::component(last), content.into()))
    }
}

/// How it can be shown, by its bytes alone.
pub(super) fn preview(bytes: &[u8]) -> Preview {
    match sniff(bytes) {
        kind if kind.is_shown() => Preview::Picture,
        MediaType::Unknown if is_text(bytes) => Preview::Text,
        _ => Preview::None,
    }
}

fn is_text(bytes: &[u8]) -> bool {
    let part = &bytes[..bytes.len().min(MOST_TEXT)];
    whole_text(part).is_some_and(|text| {
        !text.is_empty()
            && text
                .chars()
                .all(|letter| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t'))
    })
}

/// UTF-8; a character that the end cuts is left out.
fn whole_text(part: &[u8]) -> Option<&str> {
    match std::str::from_utf8(part) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&part[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_and_plain_text_are_shown() {
        assert_eq!(preview(b"{\"name\": \"\xc3\xa9\"}\n"), Preview::Text);
        assert_eq!(preview(b"<svg onload=alert(1)>"), Preview::Text);
        for not_shown in [
            &b"MZ\x90\x00"[..],
            b"%PDF-1.7\n",
            b"",
            b"a\x00b",
            b"\xff\xfe",
        ] {
            assert_eq!(preview(not_shown), Preview::None, "{not_shown:?}");
        }
    }

    #[test]
    fn a_letter_that_the_limit_cuts_is_left_out() {
        let mut long = vec![b'a'; MOST_TEXT - 1];
        long.extend("é".bytes());
        assert_eq!(preview(&long), Preview::Text);
    }
}
