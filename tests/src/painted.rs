//! Whether a picture in the window is the picture of a file.

use std::path::Path;

use anyhow::{Context, Result};
use image::imageops::FilterType;
use image::{DynamicImage, GenericImageView};

/// Cells across and down in which two pictures are compared.
const CELLS: (u32, u32) = (24, 18);

/// Mean difference per colour and cell, 0 (same) to 255, between a picture of the window and a file.
pub fn difference(painted_png: &[u8], file: &Path) -> Result<f64> {
    let painted = image::load_from_memory(painted_png).context("picture of the window")?;
    let bytes = std::fs::read(file)?;
    let original = image::load_from_memory(&bytes).context("file")?;
    let painted = without_margins(&painted, &original);
    let (left, right) = (cells(&painted), cells(&original));
    let sum: f64 = left
        .iter()
        .zip(&right)
        .map(|(a, b)| f64::from(a.abs_diff(*b)))
        .sum();
    Ok(sum / left.len() as f64)
}

/// A viewer may centre the picture in a larger box: takes the part of the box that has the file's proportions.
fn without_margins(painted: &DynamicImage, original: &DynamicImage) -> DynamicImage {
    let (width, height) = painted.dimensions();
    let (own_width, own_height) = original.dimensions();
    let wide = f64::from(own_width) / f64::from(own_height);
    let (fit_width, fit_height) = if f64::from(width) / f64::from(height) > wide {
        ((f64::from(height) * wide) as u32, height)
    } else {
        (width, (f64::from(width) / wide) as u32)
    };
    painted.crop_imm(
        (width - fit_width) / 2,
        (height - fit_height) / 2,
        fit_width,
        fit_height,
    )
}

fn cells(picture: &DynamicImage) -> Vec<u8> {
    picture
        .thumbnail_exact(CELLS.0 * 8, CELLS.1 * 8)
        .resize_exact(CELLS.0, CELLS.1, FilterType::Triangle)
        .to_rgb8()
        .into_raw()
}
