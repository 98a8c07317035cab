//! A report as ID360, or whoever stands in its place, may send it.
#![no_main]

use chrono::NaiveDate;
use evidence::Reading;
use id360_api::Report;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = evidence::masked_json(bytes);
    if let Ok(report) = Report::read(bytes) {
        // What is read as an object is one as a whole.
        assert!(report.value().is_object());
        let _ = Reading::of(&report, &[], NaiveDate::MIN);
    }
});
