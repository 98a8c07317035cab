//! A whole file, as somebody may drop it: never passed without a trusted certificate.
#![no_main]

use asice::{Indication, Limits, Policy, Trust};
use chrono::DateTime;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = asice::is_container(bytes, &Limits::default());
    let _ = asice::certificates(bytes);
    let report = asice::verify(bytes, &Trust::default(), &Policy::at(DateTime::UNIX_EPOCH));
    assert_ne!(report.indication, Indication::TotalPassed);
    for file in &report.files {
        let _ = asice::entry(bytes, &file.name, &Limits::default());
    }
});
