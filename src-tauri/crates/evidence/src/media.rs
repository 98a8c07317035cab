//! What a file is, by its first bytes: neither the server's word nor a name is believed.

/// The kinds of file that ID360 documents may be. Everything else is [`MediaType::Unknown`]: saved, never shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaType {
    Jpeg,
    Png,
    WebP,
    Gif,
    Pdf,
    /// HEIC and the other HEIF brands.
    Heic,
    Mp4,
    Mov,
    WebM,
    /// Any ZIP, an ASiC-E container among them.
    Zip,
    Unknown,
}

impl MediaType {
    pub fn mime(self) -> &'static str {
        match self {
            MediaType::Jpeg => "image/jpeg",
            MediaType::Png => "image/png",
            MediaType::WebP => "image/webp",
            MediaType::Gif => "image/gif",
            MediaType::Pdf => "application/pdf",
            MediaType::Heic => "image/heic",
            MediaType::Mp4 => "video/mp4",
            MediaType::Mov => "video/quicktime",
            MediaType::WebM => "video/webm",
            MediaType::Zip => "application/zip",
            MediaType::Unknown => "application/octet-stream",
        }
    }

    /// Without the dot. `bin` for the unknown, which no desktop opens by itself.
    pub fn extension(self) -> &'static str {
        match self {
            MediaType::Jpeg => "jpg",
            MediaType::Png => "png",
            MediaType::WebP => "webp",
            MediaType::Gif => "gif",
            MediaType::Pdf => "pdf",
            MediaType::Heic => "heic",
            MediaType::Mp4 => "mp4",
            MediaType::Mov => "mov",
            MediaType::WebM => "webm",
            MediaType::Zip => "zip",
            MediaType::Unknown => "bin",
        }
    }

    /// Is it one picture that [`crate::display`] can draw?
    pub fn is_shown(self) -> bool {
        matches!(
            self,
            MediaType::Jpeg | MediaType::Png | MediaType::WebP | MediaType::Heic
        )
    }

    /// Is it a video that a window may be able to play?
    pub fn is_video(self) -> bool {
        matches!(self, MediaType::Mp4 | MediaType::Mov | MediaType::WebM)
    }

    fn is_picture(self) -> bool {
        self.is_shown() || self == MediaType::Gif
    }
}

/// How far a second nature is looked for: browsers sniff at most 1,445 bytes, PDF readers 1,024.
const HEAD: usize = 4096;

/// Recognises a file by its magic bytes. A picture that also carries a page, a script or a PDF near its beginning
/// is two things at once, hence [`MediaType::Unknown`].
pub fn sniff(bytes: &[u8]) -> MediaType {
    let recognised = recognise(bytes);
    let head = &bytes[..bytes.len().min(HEAD)];
    if recognised.is_picture() && has_second_nature(head) {
        return MediaType::Unknown;
    }
    match recognised {
        MediaType::Gif if !gif_is_whole_at_its_start(bytes) => MediaType::Unknown,
        // The signature alone is not a PNG: its first chunk must be the header.
        MediaType::Png if bytes.get(12..16) != Some(b"IHDR") => MediaType::Unknown,
        MediaType::Pdf if !bytes.starts_with(b"%PDF-") => MediaType::Unknown,
        kind => kind,
    }
}

/// An EBML header is shorter than that.
const EBML_HEAD: usize = 64;

/// HEIF brands of phones; `infer` knows two of them.
const HEIF_BRANDS: [&[u8]; 8] = [
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1",
];

fn recognise(bytes: &[u8]) -> MediaType {
    let is_heif = bytes.get(4..8) == Some(b"ftyp")
        && bytes
            .get(8..12)
            .is_some_and(|brand| HEIF_BRANDS.contains(&brand));
    if is_heif {
        return MediaType::Heic;
    }
    if is_webm(bytes) {
        return MediaType::WebM;
    }
    match infer::get(bytes).map(|kind| kind.mime_type()) {
        Some("image/jpeg") => MediaType::Jpeg,
        Some("image/png") => MediaType::Png,
        Some("image/webp") => MediaType::WebP,
        Some("image/gif") => MediaType::Gif,
        Some("application/pdf") => MediaType::Pdf,
        Some("image/heif" | "image/heic") => MediaType::Heic,
        Some("video/mp4" | "video/x-m4v") => MediaType::Mp4,
        Some("video/quicktime") => MediaType::Mov,
        Some("application/zip") => MediaType::Zip,
        _ => MediaType::Unknown,
    }
}

/// EBML (RFC 8794) whose DocType is `webm`, however many bytes its length takes: Firefox and GStreamer write more than
/// the one that `infer` expects, and a zero after the word.
fn is_webm(bytes: &[u8]) -> bool {
    const DOC_TYPE: [u8; 2] = [0x42, 0x82];
    let head = &bytes[..bytes.len().min(EBML_HEAD)];
    let Some(elements) = head.strip_prefix(&[0x1A, 0x45, 0xDF, 0xA3]) else {
        return false;
    };
    let after_id = elements
        .windows(DOC_TYPE.len())
        .position(|id| id == DOC_TYPE)
        .map(|at| &elements[at + DOC_TYPE.len()..]);
    let Some((first, rest)) = after_id.and_then(<[u8]>::split_first) else {
        return false;
    };
    let further = first.leading_zeros() as usize;
    rest.get(further..)
        .is_some_and(|word| word.starts_with(b"webm"))
}

fn has_second_nature(head: &[u8]) -> bool {
    const MARKS: [&[u8]; 9] = [
        b"<script",
        b"<html",
        b"<svg",
        b"<!doctype",
        b"<iframe",
        b"<body",
        b"<?php",
        b"javascript:",
        b"%pdf-",
    ];
    MARKS.iter().any(|mark| {
        head.windows(mark.len())
            .any(|window| window.eq_ignore_ascii_case(mark))
    })
}

/// After the screen description and the colour table comes an extension, an image or the end; script polyglots
/// (`GIF89a/*`, `GIF89a=1`) put text there.
fn gif_is_whole_at_its_start(bytes: &[u8]) -> bool {
    let Some(flags) = bytes.get(10) else {
        return false;
    };
    let table = if flags & 0x80 != 0 {
        3usize << ((flags & 7) + 1)
    } else {
        0
    };
    matches!(bytes.get(13 + table), Some(0x21 | 0x2C | 0x3B))
}
