//! Electronic methods, which codes and reports call by different names (facts §F.6, §F.7: «digital identity» is
//! `id_num`).

/// Names of one method, as [`plain`] writes them.
const METHODS: [&[&str]; 5] = [
    &[
        "idnum",
        "digitalidentity",
        "idnumericexternalmethod",
        "identitenumerique",
        "laposte",
    ],
    &["franceconnectplus"],
    &["franceconnect"],
    &["ar24", "pvid"],
    &["spid"],
];

/// Whether two names are those of one method; `None` where one of them is no method that is known.
pub(super) fn are_one(one: &str, two: &str) -> Option<bool> {
    Some(known(one)? == known(two)?)
}

fn known(name: &str) -> Option<usize> {
    let name = plain(name);
    METHODS
        .iter()
        .position(|names| names.contains(&name.as_str()))
}

/// `FranceConnect+` and `france_connect_plus` are one.
fn plain(name: &str) -> String {
    name.replace('+', "plus")
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .collect()
}
