//! What a received file is, by its first bytes: the list of facts §H and the liveness videos.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Jpeg,
    Png,
    Pdf,
    Heic,
    Mp4,
    Webm,
}

impl Kind {
    pub(crate) fn is_video(self) -> bool {
        matches!(self, Self::Mp4 | Self::Webm)
    }

    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Heic => "image/heic",
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
        }
    }
}

pub(crate) fn kind(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Some(Kind::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some(Kind::Png);
    }
    if bytes.starts_with(b"%PDF-") {
        return Some(Kind::Pdf);
    }
    if bytes.starts_with(&[0x1A, 0x45, 0xDF, 0xA3]) {
        return Some(Kind::Webm);
    }
    match (bytes.get(4..8)?, bytes.get(8..12)?) {
        (b"ftyp", b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1") => {
            Some(Kind::Heic)
        }
        (b"ftyp", _) => Some(Kind::Mp4),
        _ => None,
    }
}
