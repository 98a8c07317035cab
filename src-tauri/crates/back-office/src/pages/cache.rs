//! The last pictures shown, and what kept others from being shown. In memory only.

use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
};

use bytes::Bytes;

use super::{DrawnFile, ONE_SHEET, PageKey, PagePicture, Shot};
use crate::{desk::locked, views::error::ErrorCode};

/// Most bytes kept ready: the pages of a dossier and its neighbours, far below what the window itself takes.
const MAX_BYTES: usize = 8 * 1024 * 1024;

type PictureKey = (PageKey, Shot);

/// Wiped at sign-out.
#[derive(Default)]
pub struct PageCache {
    kept: Mutex<VecDeque<(PictureKey, PagePicture)>>,
    troubles: Mutex<HashMap<PageKey, ErrorCode>>,
    /// Files with several sheets, or larger than their picture.
    files: Mutex<HashMap<PageKey, DrawnFile>>,
    /// The last file with sheets: its next sheet is not fetched again.
    file: Mutex<Option<(PageKey, Bytes)>>,
}

impl std::fmt::Debug for PageCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PageCache")
            .field("kept", &locked(&self.kept).len())
            .finish()
    }
}

impl PageCache {
    pub(super) fn get(&self, key: &PageKey, shot: Shot) -> Option<PagePicture> {
        locked(&self.kept)
            .iter()
            .find(|((known, known_shot), _)| known == key && *known_shot == shot)
            .map(|(_, page)| page.clone())
    }

    pub(super) fn keep(&self, key: PageKey, shot: Shot, picture: PagePicture) {
        let key = (key, shot);
        let mut kept = locked(&self.kept);
        kept.retain(|(known, _)| *known != key);
        kept.push_back((key, picture));
        let mut bytes: usize = kept.iter().map(|(_, picture)| picture.bytes.len()).sum();
        while bytes > MAX_BYTES {
            let Some((_, oldest)) = kept.pop_front() else {
                break;
            };
            bytes -= oldest.bytes.len();
        }
    }

    pub(super) fn note(&self, key: PageKey, trouble: Option<ErrorCode>) {
        let mut troubles = locked(&self.troubles);
        match trouble {
            Some(code) => troubles.insert(key, code),
            None => troubles.remove(&key),
        };
    }

    pub(super) fn trouble(&self, key: &PageKey) -> Option<ErrorCode> {
        locked(&self.troubles).get(key).copied()
    }

    pub(super) fn note_file(&self, key: PageKey, file: DrawnFile) {
        locked(&self.files).insert(key, file);
    }

    pub(super) fn drawn_file(&self, key: &PageKey) -> DrawnFile {
        locked(&self.files).get(key).copied().unwrap_or(ONE_SHEET)
    }

    pub(super) fn keep_file(&self, key: PageKey, file: Bytes) {
        *locked(&self.file) = Some((key, file));
    }

    pub(super) fn file(&self, key: &PageKey) -> Option<Bytes> {
        let last = locked(&self.file);
        let (known, file) = last.as_ref()?;
        (known == key).then(|| file.clone())
    }

    pub fn clear(&self) {
        *locked(&self.file) = None;
        locked(&self.files).clear();
        locked(&self.kept).clear();
        locked(&self.troubles).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::PictureSize;

    const SCREEN: Shot = Shot {
        sheet: 0,
        size: PictureSize::Screen,
    };
    const THUMBNAIL: Shot = Shot {
        sheet: 0,
        size: PictureSize::Thumbnail,
    };

    fn key(number: u32) -> PageKey {
        (
            dossiers::DossierId(uuid::Uuid::nil()),
            "900101".to_owned(),
            number,
        )
    }

    fn picture(bytes: usize) -> PagePicture {
        PagePicture {
            bytes: vec![0; bytes].into(),
            mime: "image/jpeg",
        }
    }

    #[test]
    fn what_is_kept_ready_stays_within_its_bytes_and_the_newest_stays() {
        let cache = PageCache::default();
        for number in 0..40 {
            cache.keep(key(number), SCREEN, picture(MAX_BYTES / 10));
        }
        let held: usize = locked(&cache.kept)
            .iter()
            .map(|(_, page)| page.bytes.len())
            .sum();
        assert!(held <= MAX_BYTES);
        assert!(cache.get(&key(39), SCREEN).is_some());
        assert!(cache.get(&key(0), SCREEN).is_none());
    }

    #[test]
    fn a_small_picture_is_never_given_for_a_whole_one() {
        let cache = PageCache::default();
        cache.keep(key(0), THUMBNAIL, picture(1));
        assert!(cache.get(&key(0), SCREEN).is_none());
    }
}
