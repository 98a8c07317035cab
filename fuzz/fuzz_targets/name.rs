//! Any text in the place of a file's name: one component that means the same everywhere, and no other one when asked again.
#![no_main]

use std::path::{Component, Path};

use evidence::names::{MAX_BYTES, component};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let name = component(&String::from_utf8_lossy(bytes));
    assert!(!name.is_empty() && name.len() <= MAX_BYTES);
    let parts: Vec<_> = Path::new(&name).components().collect();
    assert!(matches!(parts[..], [Component::Normal(_)]), "{name:?}");
    assert!(!name.contains(['/', '\\', ':']), "{name:?}");
    assert!(!name.chars().any(char::is_control), "{name:?}");
    assert_eq!(component(&name), name);
});
