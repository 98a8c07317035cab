//! Does what was received agree with the hash that the report states?

/// The report states MD5 only (facts §F.5); anything else cannot be compared here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HashAgreement {
    Agrees,
    Differs,
    /// No hash, an empty one, or an algorithm that is not MD5.
    NotStated,
}

impl HashAgreement {
    /// `stated` and `algorithm` as the report gives them (`"MD5"` and `"md5"` are both seen); `md5` is the
    /// hexadecimal digest of what was received. An algorithm left out is MD5, the only one ID360 uses.
    pub fn of(stated: Option<&str>, algorithm: Option<&str>, md5: &str) -> Self {
        match stated_md5(stated, algorithm) {
            None => HashAgreement::NotStated,
            Some(stated) if same_hex(stated, md5) => HashAgreement::Agrees,
            Some(_) => HashAgreement::Differs,
        }
    }
}

/// What of a report's hash can be compared: `None` where it states none, or by another algorithm than MD5.
pub fn stated_md5<'a>(stated: Option<&'a str>, algorithm: Option<&str>) -> Option<&'a str> {
    let is_md5 = algorithm.is_none_or(|name| {
        let name = name.trim();
        name.eq_ignore_ascii_case("md5") || name.eq_ignore_ascii_case("md-5")
    });
    let stated = stated.map(str::trim).filter(|stated| !stated.is_empty());
    stated.filter(|_| is_md5)
}

/// Looks at every character whatever the first difference, and does not care about letter case.
fn same_hex(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let difference = left.iter().zip(right).fold(0u8, |seen, (a, b)| {
        seen | (a.to_ascii_lowercase() ^ b.to_ascii_lowercase())
    });
    difference == 0
}
