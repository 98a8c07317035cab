//! HEIC photographs, by the coder of another project, by our own decoder's project, and spoilt.

use evidence::display::{LONG_SIDE, sheets::draw};
use evidence::{MediaType, RenditionError};
use image::{GenericImageView, ImageFormat};
use proptest::prelude::*;

use crate::pictures::{encoded, two_halves};

const UPRIGHT: &[u8] = include_bytes!("../heic/upright.heic");
const TURNED: &[u8] = include_bytes!("../heic/turned.heic");

fn shown(heic: &[u8]) -> image::DynamicImage {
    let drawn = draw(heic.to_vec(), 0).unwrap();
    assert_eq!(drawn.sheets, 1);
    assert_eq!(drawn.rendition.mime, "image/jpeg");
    image::load_from_memory(&drawn.rendition.bytes).unwrap()
}

fn is_red(picture: &image::DynamicImage, x: u32, y: u32) -> bool {
    let [red, _, blue, _] = picture.get_pixel(x, y).0;
    red > 150 && blue < 100
}

#[test]
fn a_photograph_is_shown_in_its_colours() {
    let picture = shown(UPRIGHT);
    assert_eq!(picture.dimensions(), (128, 128));
    assert!(is_red(&picture, 10, 64) && !is_red(&picture, 118, 64));
}

#[test]
fn a_photograph_taken_with_the_telephone_held_upright_is_shown_upright_without_its_metadata() {
    let canary = b"canary-48.8584N-2.2945E";
    let holds = |bytes: &[u8]| bytes.windows(canary.len()).any(|part| part == canary);
    assert!(holds(TURNED), "nothing was there to be left out");
    assert!(!holds(&draw(TURNED.to_vec(), 0).unwrap().rendition.bytes));
    let picture = shown(TURNED);
    assert_eq!(picture.dimensions(), (96, 160));
    assert!(is_red(&picture, 48, 10) && !is_red(&picture, 48, 150));
}

/// As iPhones store them: tiles of 512 pixels.
#[test]
fn a_large_photograph_in_tiles_is_reduced_to_what_a_screen_needs() {
    let original = two_halves(3000, 2000).to_rgb8();
    let options = heifer::EncodeOptions::default();
    let heic = heifer::encode_rgb8(3000, 2000, &original, &options).unwrap();
    let picture = shown(&heic);
    assert_eq!(picture.dimensions(), (LONG_SIDE, 1600));
    assert!(is_red(&picture, 1000, 800) && !is_red(&picture, 1400, 800));
}

#[test]
fn a_photograph_has_one_sheet() {
    assert_eq!(draw(UPRIGHT.to_vec(), 1), Err(RenditionError::NoSuchSheet));
}

#[test]
fn only_photographs_and_pdf_files_are_drawn_apart() {
    let png = encoded(&two_halves(8, 8), ImageFormat::Png);
    assert_eq!(
        draw(png, 0),
        Err(RenditionError::Unsupported(MediaType::Png))
    );
}

#[test]
fn a_size_that_is_claimed_and_not_there_is_not_believed() {
    let mut claims = UPRIGHT.to_vec();
    let at = claims.windows(4).position(|word| word == b"ispe").unwrap();
    claims[at + 8..at + 16].copy_from_slice(&[0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF]);
    assert_eq!(shown(&claims).dimensions(), (128, 128));
}

#[test]
fn tiles_that_claim_more_pixels_than_the_limit_are_not_drawn() {
    let original = two_halves(1100, 600).to_rgb8();
    let options = heifer::EncodeOptions::default();
    let mut heic = heifer::encode_rgb8(1100, 600, &original, &options).unwrap();
    // Two rows of three: 1100 × 600 becomes 65,535 × 65,535.
    let table = [0, 0, 1, 2, 0x04, 0x4C, 0x02, 0x58];
    let at = heic.windows(8).position(|bytes| bytes == table).unwrap();
    heic[at + 4..at + 8].fill(0xFF);
    assert_eq!(draw(heic, 0), Err(RenditionError::Damaged));
}

#[test]
fn a_photograph_that_was_cut_is_damaged() {
    for kept in [12, 40, TURNED.len() / 2, TURNED.len() - 100] {
        let cut = TURNED[..kept].to_vec();
        assert_eq!(draw(cut, 0), Err(RenditionError::Damaged), "{kept}");
    }
}

proptest! {
    #[test]
    fn whatever_is_altered_in_a_photograph_it_ends_in_a_picture_or_an_error(
        changes in prop::collection::vec((0..TURNED.len(), any::<u8>()), 1..8),
    ) {
        let mut altered = TURNED.to_vec();
        for (at, byte) in changes {
            altered[at] = byte;
        }
        if let Ok(drawn) = draw(altered, 0) {
            prop_assert!(drawn.rendition.width.max(drawn.rendition.height) <= LONG_SIDE);
            prop_assert!(image::load_from_memory(&drawn.rendition.bytes).is_ok());
        }
    }
}
