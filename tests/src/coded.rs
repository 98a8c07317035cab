//! Pictures that say whose they are, so that a test can read it from the pixels of the window.

use std::io::Cursor;

use anyhow::{Context, Result, bail, ensure};
use image::{ImageFormat, Rgb, RgbImage};

/// Cells across and down: one bit each.
const CELLS: (u32, u32) = (8, 4);
/// Pixels of one cell.
const CELL: u32 = 80;
/// Below the cells, where the window draws its caption.
const MARGIN: u32 = 120;
const ONE: [u8; 3] = [255, 210, 0];
const ZERO: [u8; 3] = [0, 40, 160];
/// Keeps nought from being the code of nought: a part of a picture is often of one colour.
const SALT: u32 = 0xA5C;

/// Which picture it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Of the dossier in the test, below 65,536.
    pub dossier: u32,
    /// Of the page, below 16.
    pub page: u32,
}

impl Code {
    fn bits(self) -> u32 {
        let said = self.dossier << 4 | self.page;
        // Twelve bits that another picture, half of each, or a part of one colour does not have by chance.
        said << 12 | (said.wrapping_mul(2_654_435_761) >> 20 ^ SALT)
    }

    fn of(bits: u32) -> Option<Self> {
        let code = Self {
            dossier: bits >> 16,
            page: bits >> 12 & 0xF,
        };
        (code.bits() == bits).then_some(code)
    }

    /// The picture, as PNG.
    pub fn picture(self) -> Result<Vec<u8>> {
        let bits = self.bits();
        let (width, height) = (CELLS.0 * CELL, CELLS.1 * CELL + MARGIN);
        let picture = RgbImage::from_fn(width, height, |x, y| {
            let cell = y / CELL * CELLS.0 + x / CELL;
            let one = y < CELLS.1 * CELL && bits >> cell & 1 == 1;
            Rgb(if one { ONE } else { ZERO })
        });
        let mut png = Cursor::new(Vec::new());
        picture.write_to(&mut png, ImageFormat::Png)?;
        Ok(png.into_inner())
    }
}

/// Reads the code in the part of a screen where a picture has its place: `None` where no picture is painted.
pub fn read(screen: &RgbImage, [x, y, width, height]: [f64; 4]) -> Result<Option<Code>> {
    let whole = f64::from(CELLS.1 * CELL + MARGIN);
    let mut bits = 0_u32;
    let mut painted = 0;
    for cell in 0..CELLS.0 * CELLS.1 {
        let across = (f64::from(cell % CELLS.0) + 0.5) / f64::from(CELLS.0);
        let down = (f64::from(cell / CELLS.0) + 0.5) * f64::from(CELL) / whole;
        let (at_x, at_y) = ((x + width * across) as u32, (y + height * down) as u32);
        ensure!(
            at_x < screen.width() && at_y < screen.height(),
            "the picture lies outside the window"
        );
        let seen = screen.get_pixel(at_x, at_y).0;
        if near(seen, ONE) {
            bits |= 1 << cell;
            painted += 1;
        } else if near(seen, ZERO) {
            painted += 1;
        }
    }
    match painted {
        0 => Ok(None),
        32 => Code::of(bits)
            .map(Some)
            .context("the cells in the window are no code: parts of two pictures"),
        some => bail!("{some} of 32 cells are painted"),
    }
}

fn near(seen: [u8; 3], colour: [u8; 3]) -> bool {
    seen.iter().zip(colour).all(|(a, b)| a.abs_diff(b) < 40)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn shown(code: Code) -> RgbImage {
        image::load_from_memory(&code.picture().unwrap())
            .unwrap()
            .to_rgb8()
    }

    #[test]
    fn a_picture_tells_whose_it_is_and_a_blank_place_tells_nothing() {
        let code = Code {
            dossier: 40_961,
            page: 3,
        };
        let picture = shown(code);
        let place = [
            0.0,
            0.0,
            f64::from(picture.width()),
            f64::from(picture.height()),
        ];
        assert_eq!(read(&picture, place).unwrap(), Some(code));
        let blank = RgbImage::from_pixel(640, 440, Rgb([221, 226, 232]));
        assert_eq!(read(&blank, place).unwrap(), None);
    }

    #[test]
    fn a_part_of_one_colour_is_no_code() {
        for colour in [ZERO, ONE] {
            let part = RgbImage::from_pixel(640, 440, Rgb(colour));
            assert!(read(&part, [0.0, 0.0, 640.0, 440.0]).is_err(), "{colour:?}");
        }
    }

    #[test]
    fn halves_of_two_pictures_are_seen() {
        let mut picture = shown(Code {
            dossier: 7,
            page: 0,
        });
        let other = shown(Code {
            dossier: 8,
            page: 0,
        });
        let place = [
            0.0,
            0.0,
            f64::from(picture.width()),
            f64::from(picture.height()),
        ];
        for (x, y, pixel) in other.enumerate_pixels() {
            if x < 320 && *pixel != *picture.get_pixel(x, y) {
                picture.put_pixel(x, y, *pixel);
            }
        }
        assert!(read(&picture, place).is_err());
    }
}
