use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

pub(super) const META_INF: &str = "META-INF/";
const LONGEST: usize = 1_024;

/// Whether the name can only mean one place below the container's root, on every system.
pub(super) fn is_safe(name: &str) -> bool {
    let path = name.strip_suffix('/').unwrap_or(name);
    let drive = matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    !drive
        && path.len() <= LONGEST
        && !path.contains('\\')
        && !path.chars().any(|character| character.is_control())
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

pub(super) fn is_data(name: &str) -> bool {
    name != "mimetype" && !name.starts_with(META_INF)
}

/// Names that some file system would take for one before them: other case, other composition.
pub(super) fn twins<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen = HashSet::new();
    names
        .filter(|name| !seen.insert(name.nfc().flat_map(char::to_lowercase).collect::<String>()))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leaves_the_container_is_unsafe() {
        for name in [
            "", "/", ".", "..", "../a", "a/../b", "/a", "a//b", "a\\b", "C:a", "c:/a", "a/.",
            "./a", "a\0b", "a\nb", "..//",
        ] {
            assert!(!is_safe(name), "{name:?}");
        }
        for name in [
            "a",
            "a/b",
            "a/",
            "..a",
            "a..b",
            "é.json",
            "META-INF/manifest.xml",
        ] {
            assert!(is_safe(name), "{name:?}");
        }
    }

    #[test]
    fn names_that_differ_by_case_or_composition_are_twins() {
        let names = ["Claim.json", "claim.JSON", "\u{e9}", "e\u{301}", "other"];
        assert_eq!(twins(names.into_iter()), ["claim.JSON", "e\u{301}"]);
    }
}
