use evidence::HashAgreement::{self, Agrees, Differs, NotStated};
use evidence::stated_md5;

const MD5: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn the_case_of_the_letters_and_of_the_algorithm_do_not_matter() {
    let upper = MD5.to_uppercase();
    for algorithm in [Some("MD5"), Some("md5"), Some(" Md5 "), None] {
        assert_eq!(HashAgreement::of(Some(&upper), algorithm, MD5), Agrees);
    }
}

#[test]
fn one_other_digit_differs_wherever_it_stands() {
    for at in 0..MD5.len() {
        let mut other = MD5.to_owned().into_bytes();
        other[at] = if other[at] == b'0' { b'1' } else { b'0' };
        let other = String::from_utf8(other).unwrap();
        assert_eq!(HashAgreement::of(Some(&other), Some("MD5"), MD5), Differs);
    }
}

#[test]
fn a_hash_cut_short_does_not_agree() {
    assert_eq!(
        HashAgreement::of(Some(&MD5[..31]), Some("MD5"), MD5),
        Differs
    );
}

#[test]
fn nothing_is_claimed_without_a_hash_or_with_another_algorithm() {
    assert_eq!(HashAgreement::of(None, Some("MD5"), MD5), NotStated);
    assert_eq!(HashAgreement::of(Some("  "), Some("MD5"), MD5), NotStated);
    assert_eq!(
        HashAgreement::of(Some(MD5), Some("SHA-256"), MD5),
        NotStated
    );
}

#[test]
fn only_an_md5_is_kept_to_be_compared_without_the_report() {
    let sha256 = "ab".repeat(32);
    assert_eq!(stated_md5(Some(&sha256), Some("SHA-256")), None);
    assert_eq!(stated_md5(Some(" "), Some("MD5")), None);
    assert_eq!(stated_md5(None, None), None);
    for algorithm in [Some("md5"), Some("MD-5"), None] {
        assert_eq!(stated_md5(Some(MD5), algorithm), Some(MD5));
    }
}
