//! What was signed over a hash that no longer binds anything proves nothing: SHA-1 and MD5, wherever they stand.

use asice::{
    ChainFault, Finding, Indication, Report, Revocation, SubIndication, TimeStampReport, verify,
};

use crate::support::keys::{Hash, Key};
use crate::support::pki::{self, Holder, Request, Stamp, Status};
use crate::support::xades::{Data, Plan};
use crate::support::{CLAIM, World, findings, policy};
use crate::times::{ANSWERED, STAMPED, stamped};

/// Keys of authorities with a hash they may sign with, and with all they may not.
const SOUND: [(Key, Hash); 2] = [(Key::P256(91), Hash::Sha256), (Key::Rsa2048, Hash::Sha256)];
const WEAK: [(Key, Hash); 3] = [
    (Key::P256(91), Hash::Sha1),
    (Key::Rsa2048, Hash::Sha1),
    (Key::Rsa2048, Hash::Md5),
];

fn by(holder: &Holder, hash: Hash) -> Holder {
    Holder {
        hash,
        ..holder.clone()
    }
}

/// With an authority of that key.
fn world(key: Key) -> World {
    let world = World::new();
    let root = Request::authority("Test root", key, 1).self_signed();
    World {
        signer: Request::leaf("Claim signer", Key::P256(2), 100).issued_by(&root),
        root,
        ..world
    }
}

fn responder(key: Key) -> Request {
    Request {
        key_usage: Some(vec![pki::DIGITAL_SIGNATURE]),
        extended: Some((false, vec![pki::OCSP_SIGNING])),
        ..Request::leaf("Responder", key, 101)
    }
}

/// Judged where the container has to prove that nothing was revoked, with this answer.
fn answered_by(world: &World, responder: &Holder) -> Report {
    let mut plan = stamped(world);
    let good = Status::Good;
    let answer = pki::ocsp(&world.root, responder, 100, good, ANSWERED, None);
    plan.add_ocsp(&[answer]);
    world.judge_strictly(&plan.container())
}

fn assert_proven(report: &Report, is_proven: bool, case: impl std::fmt::Debug) {
    let found = findings(report);
    if is_proven {
        assert_eq!(
            report.indication,
            Indication::TotalPassed,
            "{case:?} {found:?}"
        );
        return;
    }
    assert_eq!(
        report.sub_indication,
        Some(SubIndication::CertificateChainGeneralFailure),
        "{case:?} {found:?}"
    );
    let missing = |finding: &Finding| matches!(finding, Finding::RevocationMissing { .. });
    assert!(found.iter().any(missing), "{case:?} {found:?}");
}

fn all() -> impl Iterator<Item = ((Key, Hash), bool)> {
    let sound = SOUND.into_iter().map(|case| (case, true));
    sound.chain(WEAK.into_iter().map(|case| (case, false)))
}

#[test]
fn an_answer_over_a_weak_hash_is_no_answer() {
    for ((key, hash), is_proven) in all() {
        let world = world(Key::P256(1));
        let responder = responder(key).issued_by(&world.root);
        let report = answered_by(&world, &by(&responder, hash));
        assert_proven(&report, is_proven, (key, hash));
    }
}

#[test]
fn an_answer_of_the_authority_itself_over_a_weak_hash_is_no_answer() {
    for ((key, hash), is_proven) in all() {
        let world = world(key);
        let report = answered_by(&world, &by(&world.root, hash));
        assert_proven(&report, is_proven, (key, hash));
    }
}

#[test]
fn a_responder_that_was_certified_over_a_weak_hash_answers_for_nobody() {
    for ((key, hash), is_proven) in all() {
        let world = world(key);
        let responder = responder(Key::P256(92)).issued_by(&by(&world.root, hash));
        let report = answered_by(&world, &responder);
        assert_proven(&report, is_proven, (key, hash));
    }
}

#[test]
fn a_list_over_a_weak_hash_is_no_list() {
    for ((key, hash), is_proven) in all() {
        let world = world(key);
        let mut plan = stamped(&world);
        let issuer = by(&world.root, hash);
        plan.add_crls(&[pki::crl(&issuer, &[], ANSWERED, "2026-06-30T00:00:00Z")]);
        let report = world.judge_strictly(&plan.container());
        assert_proven(&report, is_proven, (key, hash));
    }
}

/// The only time-stamp of a signature, where the authority that certified the time-stamper is trusted.
fn time_stamp(
    authority: &Holder,
    stamper: &Holder,
    change: impl Fn(Stamp<'_>) -> Stamp<'_>,
) -> TimeStampReport {
    let world = World::new();
    let mut plan = world.plan();
    let over = plan.stamped();
    plan.stamp(&change(Stamp::of(stamper, &over, STAMPED)).token());
    let mut trust = world.trust();
    trust
        .add_time_stamp_authorities(&authority.certificate)
        .unwrap();
    let report = verify(&plan.container(), &trust, &policy(Revocation::None));
    let [signature] = &report.signatures[..] else {
        panic!("{report:?}")
    };
    let [stamp] = &signature.time_stamps[..] else {
        panic!("{signature:?}")
    };
    let is_proven = stamp.indication == Indication::TotalPassed;
    assert_eq!(signature.proven_time.is_some(), is_proven);
    assert_eq!(
        findings(&report).contains(&Finding::TimeNotProven),
        !is_proven
    );
    stamp.clone()
}

fn assert_refused(stamp: &TimeStampReport, hash: Hash, case: impl std::fmt::Debug) {
    let found = &stamp.findings;
    // Nothing is wrong with it but the algorithm.
    assert_eq!(
        stamp.indication,
        Indication::Indeterminate,
        "{case:?} {found:?}"
    );
    let [
        Finding::AlgorithmRefused { .. } | Finding::AlgorithmNotSupported { .. },
        Finding::RevocationNotChecked,
    ] = &found[..]
    else {
        panic!("{case:?} {found:?}")
    };
    let refused = Finding::AlgorithmRefused {
        algorithm: "sha1".to_owned(),
    };
    assert_eq!(found.contains(&refused), hash == Hash::Sha1, "{case:?}");
}

#[test]
fn a_time_stamp_signed_over_a_weak_hash_proves_nothing() {
    let root = World::new().stamp_root;
    let stamper = |key| Request::time_stamper("Stamper", key, 9).issued_by(&root);
    for (key, hash) in SOUND {
        let stamp = time_stamp(&root, &by(&stamper(key), hash), |stamp| stamp);
        assert_eq!(stamp.indication, Indication::TotalPassed, "{key:?}");
    }
    for (key, hash) in WEAK {
        let stamp = time_stamp(&root, &by(&stamper(key), hash), |stamp| stamp);
        assert_refused(&stamp, hash, (key, "signature"));
        let stamp = time_stamp(&root, &stamper(key), |stamp| Stamp { hash, ..stamp });
        assert_refused(&stamp, hash, (key, "message digest"));
        let imprint = hash;
        let stamp = time_stamp(&root, &stamper(key), |stamp| Stamp { imprint, ..stamp });
        assert_refused(&stamp, hash, (key, "imprint"));
    }
}

#[test]
fn a_time_stamper_that_was_certified_over_a_weak_hash_proves_nothing() {
    for ((key, hash), is_proven) in all() {
        let root = Request::authority("Other stamp root", key, 1).self_signed();
        let request = Request::time_stamper("Stamper", Key::P256(93), 9);
        let stamper = request.issued_by(&by(&root, hash));
        let stamp = time_stamp(&root, &stamper, |stamp| stamp);
        let weak = Finding::ChainInvalid {
            detail: ChainFault::Algorithm,
        };
        let found = &stamp.findings;
        assert_eq!(
            !found.contains(&weak),
            is_proven,
            "{key:?} {hash:?} {found:?}"
        );
        let passed = stamp.indication == Indication::TotalPassed;
        assert_eq!(passed, is_proven, "{key:?} {hash:?} {found:?}");
    }
}

#[test]
fn a_certificate_that_was_issued_over_a_weak_hash_is_not_believed() {
    for ((key, hash), is_sound) in all() {
        let world = world(key);
        let weak = by(&world.root, hash);
        let leaf = Request::leaf("Signer", Key::P256(94), 6).issued_by(&weak);
        let between = Request::authority("Between", key, 5).issued_by(&weak);
        let below = Request::leaf("Below", Key::P256(95), 7).issued_by(&between);
        for (signer, case) in [(leaf, "leaf"), (below, "intermediate")] {
            let mut plan = Plan::new(&signer, vec![Data::new("claim.json", CLAIM)]);
            plan.add_certificates(std::slice::from_ref(&between.certificate));
            let report = world.judge(&plan.container());
            let found = findings(&report);
            let expected = if is_sound {
                (Indication::TotalPassed, None)
            } else {
                assert!(found.contains(&Finding::ChainInvalid {
                    detail: ChainFault::Algorithm
                }));
                let weak = SubIndication::CryptoConstraintsFailureNoPoe;
                (Indication::Indeterminate, Some(weak))
            };
            assert_eq!(
                (report.indication, report.sub_indication),
                expected,
                "{key:?} {hash:?} {case} {found:?}"
            );
        }
    }
}

/// Nobody's signature vouches for a root: it is trusted by its key.
#[test]
fn the_hash_of_a_trusted_root_s_own_signature_does_not_matter() {
    for (key, hash) in WEAK {
        let mut world = world(key);
        let nobody = by(&world.root, hash);
        world.root = Request::authority("Test root", key, 1).issued_by(&nobody);
        let report = world.judge(&world.plan().container());
        let found = findings(&report);
        assert_eq!(
            report.indication,
            Indication::TotalPassed,
            "{key:?} {hash:?} {found:?}"
        );
    }
}
