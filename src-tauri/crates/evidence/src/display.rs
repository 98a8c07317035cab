//! Pictures for the screen. What is shown is always drawn anew from the decoded pixels, so that no byte a stranger
//! sent reaches the page (quality.md E-12); the original is only ever saved.

mod heic;
mod pdf;
pub mod sheets;

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::media::{MediaType, sniff};

/// Most pixels that are decoded (quality.md E-11).
pub const MAX_PIXELS: u64 = 50_000_000;
/// Most memory a decoder may ask for, bytes.
pub const MAX_DECODER_BYTES: u64 = 256 * 1024 * 1024;
/// Longest side of what is shown, pixels.
pub const LONG_SIDE: u32 = 2400;
/// Longest side of a small picture in a list of pages, pixels: twice its place, for dense screens.
pub const THUMBNAIL_SIDE: u32 = 240;
const JPEG_QUALITY: u8 = 85;

/// A picture made for the screen.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendition {
    pub bytes: Vec<u8>,
    /// `image/jpeg`, or `image/png` where something is transparent.
    pub mime: &'static str,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Width and height, upright, of a larger picture that it was made from.
    pub reduced_from: Option<(u32, u32)>,
}

impl std::fmt::Debug for Rendition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rendition")
            .field("mime", &self.mime)
            .field("width", &self.width)
            .field("height", &self.height)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RenditionError {
    #[error("this kind of file is not shown: {}", .0.mime())]
    Unsupported(MediaType),
    #[error("the picture is larger than the limits")]
    TooLarge,
    #[error("the picture cannot be decoded")]
    Damaged,
    #[error("the file has no such sheet")]
    NoSuchSheet,
}

/// Decodes a JPEG, PNG or WebP (the others: [`sheets`]), turns it upright, makes it at most [`LONG_SIDE`] long and
/// encodes it again, without any of its metadata.
///
/// # Errors
/// [`RenditionError::Unsupported`] with the kind that was recognised, [`RenditionError::TooLarge`] beyond
/// [`MAX_PIXELS`] or [`MAX_DECODER_BYTES`], else [`RenditionError::Damaged`].
pub fn rendition(bytes: &[u8]) -> Result<Rendition, RenditionError> {
    reduced(bytes, LONG_SIDE)
}

/// The same at most [`THUMBNAIL_SIDE`] long.
///
/// # Errors
/// As [`rendition`].
pub fn thumbnail(bytes: &[u8]) -> Result<Rendition, RenditionError> {
    reduced(bytes, THUMBNAIL_SIDE)
}

fn reduced(bytes: &[u8], side: u32) -> Result<Rendition, RenditionError> {
    let kind = sniff(bytes);
    let format = match kind {
        MediaType::Jpeg => ImageFormat::Jpeg,
        MediaType::Png => ImageFormat::Png,
        MediaType::WebP => ImageFormat::WebP,
        other => return Err(RenditionError::Unsupported(other)),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_DECODER_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(undecodable)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS
        || decoder.total_bytes() > MAX_DECODER_BYTES
    {
        return Err(RenditionError::TooLarge);
    }
    let orientation = decoder.orientation().map_err(undecodable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(undecodable)?;
    let is_reduced = width.max(height) > side;
    if is_reduced {
        picture = picture.thumbnail(side, side);
    }
    // After the reduction: turning moves every pixel.
    picture.apply_orientation(orientation);
    encode(
        picture,
        is_reduced.then(|| upright(width, height, orientation)),
    )
}

fn upright(width: u32, height: u32, orientation: Orientation) -> (u32, u32) {
    match orientation {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => (height, width),
        _ => (width, height),
    }
}

fn encode(
    picture: DynamicImage,
    reduced_from: Option<(u32, u32)>,
) -> Result<Rendition, RenditionError> {
    let (width, height) = (picture.width(), picture.height());
    let mut bytes = Vec::new();
    let mime = if is_transparent(&picture) {
        let picture = DynamicImage::ImageRgba8(picture.into_rgba8());
        picture
            .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
            .map_err(undecodable)?;
        "image/png"
    } else {
        let picture = if picture.color().has_color() {
            DynamicImage::ImageRgb8(picture.into_rgb8())
        } else {
            DynamicImage::ImageLuma8(picture.into_luma8())
        };
        picture
            .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY))
            .map_err(undecodable)?;
        "image/jpeg"
    };
    Ok(Rendition {
        bytes,
        mime,
        width,
        height,
        reduced_from,
    })
}

/// An alpha channel that hides nothing (phones add one to screenshots) is not worth a PNG ten times the size.
fn is_transparent(picture: &DynamicImage) -> bool {
    picture.color().has_alpha()
        && match picture {
            DynamicImage::ImageRgba8(pixels) => pixels.pixels().any(|pixel| pixel.0[3] != u8::MAX),
            _ => true,
        }
}

fn undecodable(error: ImageError) -> RenditionError {
    match error {
        ImageError::Limits(_) => RenditionError::TooLarge,
        _ => RenditionError::Damaged,
    }
}
