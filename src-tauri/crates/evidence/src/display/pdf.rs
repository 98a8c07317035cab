//! Pages of PDF files as pictures.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::{DynamicImage, RgbImage};

use super::sheets::{DrawnSheet, MOST_SHEETS};
use super::{LONG_SIDE, RenditionError, encode};

/// A page of a few points would be all blur beyond this.
const MAX_SCALE: f32 = 6.0;

/// [`LONG_SIDE`] long, on white.
pub(super) fn draw(pdf: Vec<u8>, sheet: u32) -> Result<DrawnSheet, RenditionError> {
    let pdf = Pdf::new(pdf).map_err(|_| RenditionError::Damaged)?;
    let pages = pdf.pages();
    let sheets = u32::try_from(pages.len()).map_err(|_| RenditionError::TooLarge)?;
    let page = usize::try_from(sheet)
        .ok()
        .filter(|_| sheet < MOST_SHEETS)
        .and_then(|sheet| pages.get(sheet))
        .ok_or(RenditionError::NoSuchSheet)?;
    let (width, height) = page.render_dimensions();
    let long = width.max(height);
    if !(long.is_finite() && width.min(height) > 0.0) {
        return Err(RenditionError::Damaged);
    }
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    let scale = (LONG_SIDE as f32 / long).min(MAX_SCALE);
    if width.min(height) * scale < 1.0 {
        return Err(RenditionError::Damaged);
    }
    let pixmap = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
        },
    );
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    // On white every pixel is opaque.
    let colours = pixmap
        .data_as_u8_slice()
        .chunks_exact(4)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    let picture = RgbImage::from_raw(width, height, colours).ok_or(RenditionError::Damaged)?;
    Ok(DrawnSheet {
        // Lines and letters have no pixels of their own.
        rendition: encode(DynamicImage::ImageRgb8(picture), None)?,
        sheets,
    })
}
