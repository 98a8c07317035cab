//! A link as a QR code (ISO/IEC 18004), as a picture to be looked at and nothing else.

use bytes::Bytes;
use qrcode::{Color, EcLevel, QrCode, types::QrError};
use secrecy::{ExposeSecret as _, SecretString};

/// White modules around the code: the least that the standard admits.
const QUIET: usize = 4;

/// SVG, one unit a module, dark on white in any theme. A clean screen needs little error correction, and larger
/// modules are read from farther away.
///
/// # Errors
/// A link of more than 2,953 bytes.
pub(super) fn svg(link: &SecretString) -> Result<Bytes, QrError> {
    let code = QrCode::with_error_correction_level(link.expose_secret(), EcLevel::L)?;
    let width = code.width();
    let size = width + 2 * QUIET;
    let mut dark = String::new();
    for (row, modules) in (QUIET..).zip(code.to_colors().chunks(width)) {
        let mut column = 0;
        for run in modules.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                let length = run.len();
                dark.push_str(&format!("M{} {row}h{length}v1h-{length}z", QUIET + column));
            }
            column += run.len();
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{size}v{size}h-{size}z\"/><path d=\"{dark}\"/></svg>"
    )
    .into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a phone's camera would see, read by a decoder that shares nothing with the encoder.
    fn read_back(svg: &[u8]) -> String {
        const SCALE: usize = 4;
        let svg = std::str::from_utf8(svg).unwrap();
        let size: usize = svg
            .split("viewBox=\"0 0 ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next())
            .unwrap()
            .parse()
            .unwrap();
        let mut dark = vec![false; size * size];
        let path = svg.split("<path d=\"").nth(1).unwrap();
        for run in path.split('"').next().unwrap().split('M').skip(1) {
            let numbers: Vec<usize> = run
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|number| number.parse().ok())
                .collect();
            let [column, row, length, ..] = numbers[..] else {
                panic!("{run}")
            };
            dark[row * size + column..][..length].fill(true);
        }
        let side = size * SCALE;
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
            if dark[y / SCALE * size + x / SCALE] {
                0
            } else {
                255
            }
        });
        // Three places that look like corners are taken for a code, until it is read.
        let mut read: Vec<String> = picture
            .detect_grids()
            .iter()
            .filter_map(|grid| grid.decode().ok())
            .map(|(_, text)| text)
            .collect();
        assert_eq!(read.len(), 1);
        read.remove(0)
    }

    #[test]
    fn a_whole_link_is_read_back_by_an_independent_decoder() {
        let key = "0123456789abcdef".repeat(8);
        for lang in ["fr", "ar"] {
            let link = format!(
                "https://preprod.id360docaposte.com/static/process_ui/index.html#/enrollment/{key}?lang={lang}"
            );
            let picture = svg(&SecretString::from(link.clone())).unwrap();
            assert_eq!(read_back(&picture), link);
        }
    }

    #[test]
    fn the_picture_holds_modules_and_no_text() {
        let picture = svg(&SecretString::from("https://id360docaposte.com/x")).unwrap();
        let picture = std::str::from_utf8(&picture).unwrap();
        assert!(!picture.contains("id360") && !picture.contains("<text"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn keys_of_any_length_are_read_back(key in "[A-Za-z0-9._~-]{1,700}") {
            let link = format!("https://id360docaposte.com/static/process_ui/index.html#/enrollment/{key}");
            prop_assert_eq!(read_back(&svg(&SecretString::from(link.clone())).unwrap()), link);
        }
    }
}
