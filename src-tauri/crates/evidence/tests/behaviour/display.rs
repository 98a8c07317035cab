use evidence::{MediaType, RenditionError, rendition};
use image::{DynamicImage, GenericImageView, ImageFormat, Rgba, RgbaImage};

use crate::pictures::{encoded, png_announcing, two_halves, with_exif, with_segment};

/// Planted in originals; no rendition may carry it.
const CANARY: &[u8] = b"canary-48.8584N-2.2945E";

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn shown(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(&rendition(bytes).unwrap().bytes).unwrap()
}

#[test]
fn a_large_photograph_is_reduced_to_what_a_screen_needs() {
    let rendition = rendition(&encoded(&two_halves(4032, 3024), ImageFormat::Jpeg)).unwrap();
    assert_eq!((rendition.width, rendition.height), (2400, 1800));
    assert_eq!(rendition.mime, "image/jpeg");
    let picture = image::load_from_memory(&rendition.bytes).unwrap();
    assert_eq!(picture.dimensions(), (2400, 1800));
}

#[test]
fn a_reduced_picture_tells_the_size_of_its_original_as_it_is_seen() {
    let jpeg = encoded(&two_halves(3000, 2000), ImageFormat::Jpeg);
    let told = |bytes: &[u8]| rendition(bytes).unwrap().reduced_from;
    assert_eq!(told(&jpeg), Some((3000, 2000)));
    for sideways in [5, 6, 7, 8] {
        let turned = with_exif(&jpeg, sideways, b"");
        assert_eq!(told(&turned), Some((2000, 3000)), "orientation {sideways}");
    }
    assert_eq!(told(&with_exif(&jpeg, 3, b"")), Some((3000, 2000)));
    let small = encoded(&two_halves(2400, 1600), ImageFormat::Jpeg);
    assert_eq!(told(&small), None);
}

#[test]
fn a_small_picture_keeps_its_size_in_each_format() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        assert_eq!(
            shown(&encoded(&two_halves(300, 200), format)).dimensions(),
            (300, 200)
        );
    }
}

#[test]
fn a_photograph_taken_sideways_is_shown_upright() {
    let jpeg = encoded(&two_halves(64, 32), ImageFormat::Jpeg);
    // The red half is at the left of the sensor: where it must be seen, by EXIF orientation.
    let cases = [
        (1, (64, 32), (4, 16)),
        (3, (64, 32), (60, 16)),
        (6, (32, 64), (16, 4)),
        (8, (32, 64), (16, 60)),
    ];
    for (orientation, size, (x, y)) in cases {
        let picture = shown(&with_exif(&jpeg, orientation, b""));
        assert_eq!(picture.dimensions(), size, "orientation {orientation}");
        let pixel = picture.get_pixel(x, y);
        assert!(
            pixel[0] > 150 && pixel[2] < 100,
            "orientation {orientation}: {pixel:?}"
        );
    }
}

#[test]
fn no_metadata_of_the_original_is_shown() {
    let jpeg = encoded(&two_halves(64, 64), ImageFormat::Jpeg);
    let mut original = with_segment(&with_exif(&jpeg, 1, CANARY), 0xFE, CANARY);
    original.extend(CANARY);
    assert!(contains(&original, CANARY));
    let rendition = rendition(&original).unwrap();
    assert!(!contains(&rendition.bytes, CANARY));
    assert!(!contains(&rendition.bytes, b"Exif"));
}

#[test]
fn transparency_is_kept_and_a_useless_alpha_channel_is_not() {
    let mut pixels = RgbaImage::from_pixel(40, 40, Rgba([10, 200, 30, 255]));
    let opaque = encoded(&DynamicImage::ImageRgba8(pixels.clone()), ImageFormat::Png);
    assert_eq!(rendition(&opaque).unwrap().mime, "image/jpeg");
    pixels.put_pixel(3, 3, Rgba([0, 0, 0, 0]));
    let transparent = encoded(&DynamicImage::ImageRgba8(pixels), ImageFormat::Png);
    assert_eq!(rendition(&transparent).unwrap().mime, "image/png");
    assert_eq!(shown(&transparent).get_pixel(3, 3)[3], 0);
}

#[test]
fn what_cannot_be_drawn_is_named_and_not_shown() {
    assert_eq!(
        rendition(b"%PDF-1.7\n%"),
        Err(RenditionError::Unsupported(MediaType::Pdf))
    );
    assert_eq!(
        rendition(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        Err(RenditionError::Unsupported(MediaType::Heic))
    );
    assert_eq!(
        rendition(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        Err(RenditionError::Unsupported(MediaType::Unknown))
    );
}

#[test]
fn a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded() {
    for (width, height) in [
        (30_000, 30_000),
        (50_000_001, 1),
        (1, 50_000_001),
        (u32::MAX >> 1, 2),
    ] {
        assert_eq!(
            rendition(&png_announcing(width, height)),
            Err(RenditionError::TooLarge),
            "{width} x {height}"
        );
    }
}

#[test]
fn a_cut_png_is_damaged() {
    let png = encoded(&two_halves(200, 200), ImageFormat::Png);
    assert_eq!(
        rendition(&png[..png.len() / 2]),
        Err(RenditionError::Damaged)
    );
}

/// Every hostile document is refused, or drawn anew within the limits and without the bytes that came with it.
#[test]
fn hundreds_of_hostile_documents_are_refused_or_drawn_anew() {
    let picture = two_halves(48, 48);
    let originals = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP].map(|format| {
        let mut bytes = encoded(&picture, format);
        bytes.extend(CANARY);
        bytes
    });
    let mut hostile: Vec<Vec<u8>> = Vec::new();
    for original in &originals {
        let step = (original.len() / 120).max(1);
        for at in (0..original.len()).step_by(step) {
            let mut flipped = original.clone();
            flipped[at] ^= 0xFF;
            hostile.push(flipped);
            hostile.push(original[..at].to_vec());
        }
    }
    for text in ["<html><script>", "<svg onload=1>", "%PDF-1.4 /JS"] {
        for original in &originals {
            hostile.push([text.as_bytes(), original].concat());
        }
        hostile.push(with_segment(&originals[0], 0xFE, text.as_bytes()));
    }
    assert!(hostile.len() >= 200, "only {}", hostile.len());
    for bytes in hostile {
        if let Ok(rendition) = rendition(&bytes) {
            assert!(!contains(&rendition.bytes, CANARY));
            assert!(rendition.width <= 2400 && rendition.height <= 2400);
            assert!(
                rendition.bytes.starts_with(b"\xFF\xD8\xFF")
                    || rendition.bytes.starts_with(b"\x89PNG")
            );
        }
    }
}
