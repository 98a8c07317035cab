//! Whom the desk's people trust.

use dossiers::{Act, ActQuery, Progress, Register, RevocationRule, TrustedFor};
use sha2::{Digest, Sha256};

use super::Make;
use crate::desk::stamp;

fn changes(register: &dyn Register) -> Vec<String> {
    let query = ActQuery {
        acts: vec![Act::TrustChanged.as_str().to_owned()],
        ..ActQuery::default()
    };
    let page = register
        .entries(&query, 0, 100, &Progress::unwatched())
        .unwrap();
    page.entries.into_iter().map(|entry| entry.detail).collect()
}

pub fn a_certificate_is_trusted_once_for_each_purpose_until_trust_ends(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let root = vec![b"root".to_vec(), b"issuer".to_vec()];
    let add = |role| register.trust(role, &root, "roots.pem", &stamp()).unwrap();
    assert_eq!(add(TrustedFor::Signatures), 2);
    assert_eq!(add(TrustedFor::Signatures), 0);
    assert_eq!(add(TrustedFor::TimeStamps), 2);

    let digest: [u8; 32] = Sha256::digest(b"root").into();
    let end = || register.end_trust(TrustedFor::Signatures, digest, &stamp());
    assert!(end().unwrap());
    assert!(!end().unwrap());

    let left = register.trusted().unwrap();
    let left: Vec<_> = left.iter().map(|one| (one.role, &one.der[..])).collect();
    let expected: [(_, &[u8]); 3] = [
        (TrustedFor::Signatures, b"issuer"),
        (TrustedFor::TimeStamps, b"root"),
        (TrustedFor::TimeStamps, b"issuer"),
    ];
    assert_eq!(left, expected);
    let told = changes(register);
    assert_eq!(told.len(), 5);
    let removed = format!("removed signatures sha256={}", hex::encode(digest));
    assert_eq!(told[0], removed);
}

pub fn revocation_is_asked_for_until_somebody_says_otherwise(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    assert_eq!(
        register.revocation_rule().unwrap(),
        RevocationRule::Required
    );
    for rule in [RevocationRule::NotChecked, RevocationRule::NotChecked] {
        register.set_revocation_rule(rule, &stamp()).unwrap();
    }
    assert_eq!(
        register.revocation_rule().unwrap(),
        RevocationRule::NotChecked
    );
    assert_eq!(changes(register), ["revocation not_checked"]);
}
