//! Photographs as a customer may send them, and PDF files: what the drawer's process is given.
#![no_main]

use evidence::display::{LONG_SIDE, sheets::draw};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(drawn) = draw(bytes.to_vec(), 0) {
        assert!(drawn.rendition.width.max(drawn.rendition.height) <= LONG_SIDE);
    }
});
