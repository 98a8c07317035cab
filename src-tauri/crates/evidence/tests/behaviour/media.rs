use evidence::{MediaType, sniff};
use image::ImageFormat;

use crate::pictures::{encoded, two_halves, with_exif, with_segment};

#[test]
fn the_kinds_that_id360_takes_are_recognised() {
    let picture = two_halves(16, 16);
    let samples: [(Vec<u8>, MediaType); 11] = [
        (encoded(&picture, ImageFormat::Jpeg), MediaType::Jpeg),
        (encoded(&picture, ImageFormat::Png), MediaType::Png),
        (encoded(&picture, ImageFormat::WebP), MediaType::WebP),
        (
            b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF\x21\xF9\x04\0".to_vec(),
            MediaType::Gif,
        ),
        (
            b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj".to_vec(),
            MediaType::Pdf,
        ),
        (
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(),
            MediaType::Heic,
        ),
        (
            b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic".to_vec(),
            MediaType::Heic,
        ),
        (
            b"\0\0\0\x18ftypisom\0\0\x02\0isommp42".to_vec(),
            MediaType::Mp4,
        ),
        (b"\0\0\0\x14ftypqt  \0\0\x02\0qt  ".to_vec(), MediaType::Mov),
        (
            [
                b"\x1A\x45\xDF\xA3\x9F\x42\x82\x84webm".as_slice(),
                &[0; 300],
            ]
            .concat(),
            MediaType::WebM,
        ),
        (
            b"PK\x03\x04\x0A\0\0\0\0\0mimetypeapplication/vnd.etsi.asic-e+zip".to_vec(),
            MediaType::Zip,
        ),
    ];
    for (bytes, expected) in samples {
        assert_eq!(sniff(&bytes), expected);
    }
}

/// The beginning of what each recorder writes: its own length of a length, its own order.
#[test]
fn a_webm_of_any_browser_is_recognised_and_another_matroska_is_not() {
    let chrome = b"\x1A\x45\xDF\xA3\x9F\x42\x86\x81\x01\x42\xF7\x81\x01\x42\xF2\x81\x04\x42\xF3\x81\x08\x42\x82\x84webm\x42\x87\x81\x04";
    let firefox = b"\x1A\x45\xDF\xA3\x40\x20\x42\x86\x81\x01\x42\xF7\x81\x01\x42\xF2\x81\x04\x42\xF3\x81\x08\x42\x82\x40\x05webm\0\x42\x87\x81\x04";
    let gstreamer = include_bytes!("../../../../../tests/specimens/liveness.webm");
    for film in [chrome.as_slice(), firefox, gstreamer] {
        assert_eq!(sniff(film), MediaType::WebM);
    }
    let matroska = b"\x1A\x45\xDF\xA3\xA3\x42\x86\x81\x01\x42\x82\x88matroska\x42\x87\x81\x04";
    let cut = b"\x1A\x45\xDF\xA3\x9F\x42\x82";
    for other in [matroska.as_slice(), cut, b"\x42\x82\x84webm"] {
        assert_eq!(sniff(other), MediaType::Unknown);
    }
}

#[test]
fn pages_scripts_and_texts_are_unknown() {
    let samples: [&[u8]; 12] = [
        b"",
        b"\xFF",
        b"<!DOCTYPE html><html></html>",
        b"  <html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><svg/>",
        b"#!/bin/sh\n",
        b"MZ\x90\0",
        b"\x7FELF\x02\x01\x01",
        b"{\"detail\":\"Not found\"}",
        b"\xEF\xBB\xBF<html>",
        b"Rar!\x1A\x07\0",
    ];
    for bytes in samples {
        assert_eq!(
            sniff(bytes),
            MediaType::Unknown,
            "{:?}",
            String::from_utf8_lossy(bytes)
        );
    }
}

#[test]
fn a_picture_that_is_also_a_page_or_a_script_is_unknown() {
    let jpeg = encoded(&two_halves(16, 16), ImageFormat::Jpeg);
    for text in [
        "<HTML><script>",
        "<svg onload=x>",
        "%PDF-1.4",
        "<?php echo 1;",
        "<!DOCTYPE x>",
    ] {
        assert_eq!(
            sniff(&with_segment(&jpeg, 0xFE, text.as_bytes())),
            MediaType::Unknown,
            "{text}"
        );
    }
    assert_eq!(
        sniff(b"GIF89a/*\0\0\0\0\0\0*/=1;alert(1)//"),
        MediaType::Unknown
    );
    assert_eq!(sniff(b"GIF89a=1;fetch('/secret');//"), MediaType::Unknown);
    assert_eq!(sniff(b"\n\n%PDF-1.4\n"), MediaType::Unknown);
    assert_eq!(
        sniff(b"\x89PNG\r\n\x1a\n<script>x</script>"),
        MediaType::Unknown
    );
}

#[test]
fn the_metadata_of_an_ordinary_photograph_is_no_reason_to_doubt_it() {
    let jpeg = encoded(&two_halves(16, 16), ImageFormat::Jpeg);
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF/></x:xmpmeta>";
    assert_eq!(
        sniff(&with_segment(&with_exif(&jpeg, 6, b"phone"), 0xE1, xmp)),
        MediaType::Jpeg
    );
}
