//! Photographs as iPhones take them: HEVC still pictures in a HEIF file.

use heifer::{Error, Options};
use image::{DynamicImage, RgbaImage};

use super::{LONG_SIDE, MAX_PIXELS, Rendition, RenditionError, encode};
use crate::media::MediaType;

/// The primary picture, upright, in the colours of the screen (sRGB).
pub(super) fn draw(heic: &[u8]) -> Result<Rendition, RenditionError> {
    let options = Options {
        // Its process has one processor's seconds.
        max_threads: 1,
        max_pixels: MAX_PIXELS,
    };
    let picture = match heifer::decode_srgb_rgba8(heic, &options) {
        // Colours of a space that cannot be converted: as they are, rather than none.
        Err(Error::Unsupported(_)) => heifer::decode_rgba8(heic, &options),
        converted => converted,
    };
    let picture = picture.map_err(undecodable)?;
    let pixels = RgbaImage::from_raw(picture.width, picture.height, picture.data);
    let mut picture = DynamicImage::ImageRgba8(pixels.ok_or(RenditionError::Damaged)?);
    let (width, height) = (picture.width(), picture.height());
    let is_reduced = width.max(height) > LONG_SIDE;
    if is_reduced {
        picture = picture.thumbnail(LONG_SIDE, LONG_SIDE);
    }
    encode(picture, is_reduced.then_some((width, height)))
}

/// The decoder has no error of its own for what is too large.
fn undecodable(error: Error) -> RenditionError {
    match error {
        Error::Unsupported(_) => RenditionError::Unsupported(MediaType::Heic),
        _ => RenditionError::Damaged,
    }
}
