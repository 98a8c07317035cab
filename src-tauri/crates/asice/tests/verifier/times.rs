//! Claimed and proven time, and revocation judged at the right moment.

use asice::{Finding, Indication, Level, Report, Revocation, SubIndication, verify};

use crate::support::der::{explicit, name, tlv};
use crate::support::keys::{Hash, Key};
use crate::support::pki::{self, Holder, Request, Stamp, Status};
use crate::support::xades::{Data, Plan};
use crate::support::{CLAIM, World, at, findings, policy};

pub const STAMPED: &str = "2026-06-01T12:00:10Z";
pub const ANSWERED: &str = "2026-06-01T12:00:20Z";

pub fn stamped(world: &World) -> Plan {
    let mut plan = world.plan();
    let token = Stamp::of(&world.stamper, &plan.stamped(), STAMPED).token();
    plan.stamp(&token);
    plan
}

fn answered(world: &World, status: Status) -> Plan {
    let mut plan = stamped(world);
    plan.add_ocsp(&[pki::ocsp(
        &world.root,
        &world.responder,
        100,
        status,
        ANSWERED,
        None,
    )]);
    plan
}

fn sub(report: &Report) -> Option<SubIndication> {
    report.sub_indication
}

#[test]
fn a_trusted_time_stamp_proves_its_time() {
    let world = World::new();
    let report = world.judge(&stamped(&world).container());
    assert_eq!(report.indication, Indication::TotalPassed, "{report:#?}");
    let signature = &report.signatures[0];
    assert_eq!(signature.level, Level::T);
    assert_eq!(signature.proven_time, Some(at(STAMPED)));
    assert_eq!(signature.claimed_time, Some(at("2026-06-01T12:00:00Z")));
}

#[test]
fn a_long_term_signature_passes_where_revocation_is_required() {
    let world = World::new();
    let report = world.judge_strictly(&answered(&world, Status::Good).container());
    assert_eq!(report.indication, Indication::TotalPassed, "{report:#?}");
    assert_eq!(report.signatures[0].level, Level::Lt);
}

#[test]
fn an_archive_time_stamp_is_mentioned_and_nothing_more() {
    let world = World::new();
    let mut plan = answered(&world, Status::Good);
    plan.added.push_str(
        "<x:ArchiveTimeStamp xmlns:x=\"http://uri.etsi.org/01903/v1.4.1#\"></x:ArchiveTimeStamp>",
    );
    let report = world.judge_strictly(&plan.container());
    assert_eq!(report.indication, Indication::TotalPassed);
    assert_eq!(report.signatures[0].level, Level::Lta);
    assert!(findings(&report).contains(&Finding::ArchiveTimeStampNotEvaluated { count: 1 }));
}

#[test]
fn without_revocation_data_only_the_policy_decides() {
    let world = World::new();
    let container = world.plan().container();
    let report = world.judge_strictly(&container);
    assert_eq!(report.indication, Indication::Indeterminate);
    assert_eq!(
        sub(&report),
        Some(SubIndication::CertificateChainGeneralFailure)
    );
    let report = verify(&container, &world.trust(), &policy(Revocation::Embedded));
    assert_eq!(report.indication, Indication::TotalPassed);
    assert_eq!(report.trust.state, asice::State::Warning);
    assert!(findings(&world.judge(&container)).contains(&Finding::RevocationNotChecked));
}

#[test]
fn a_certificate_revoked_before_the_time_stamp_never_passes() {
    let world = World::new();
    let container = answered(&world, Status::Revoked("2026-05-01T00:00:00Z")).container();
    for revocation in [Revocation::Required, Revocation::Embedded] {
        let report = verify(&container, &world.trust(), &policy(revocation));
        assert_eq!(report.indication, Indication::Indeterminate);
        assert_eq!(sub(&report), Some(SubIndication::RevokedNoPoe));
    }
}

#[test]
fn a_certificate_revoked_after_the_proven_time_had_signed_well() {
    let world = World::new();
    let mut plan = stamped(&world);
    let revoked = Status::Revoked("2026-08-01T00:00:00Z");
    let as_of = "2026-09-01T00:00:00Z";
    plan.add_ocsp(&[pki::ocsp(
        &world.root,
        &world.responder,
        100,
        revoked,
        as_of,
        None,
    )]);
    let report = world.judge_strictly(&plan.container());
    assert_eq!(
        report.indication,
        Indication::TotalPassed,
        "{:?}",
        findings(&report)
    );

    // Without the time-stamp nobody knows when it was signed.
    let mut plan = world.plan();
    plan.add_ocsp(&[pki::ocsp(
        &world.root,
        &world.responder,
        100,
        revoked,
        as_of,
        None,
    )]);
    let report = world.judge_strictly(&plan.container());
    assert_eq!(sub(&report), Some(SubIndication::RevokedNoPoe));
}

#[test]
fn a_clock_that_is_late_hides_no_revocation() {
    let world = World::new();
    // Two days ahead of what this computer takes for now, and the revocation with it.
    let (as_of, at_last) = ("2026-11-25T12:00:00Z", "2026-11-25T09:00:00Z");
    for revoked in ["2026-10-01T00:00:00Z", at_last] {
        let until = Some("2026-12-25T00:00:00Z");
        let status = Status::Revoked(revoked);
        let answer = pki::ocsp(&world.root, &world.responder, 100, status, as_of, until);
        let list = pki::crl(
            &world.root,
            &[(100, revoked)],
            as_of,
            "2026-12-25T00:00:00Z",
        );
        let mut by_answer = world.plan();
        by_answer.add_ocsp(&[answer]);
        let mut by_list = world.plan();
        by_list.add_crls(&[list]);
        for plan in [by_answer, by_list] {
            let embedded = policy(Revocation::Embedded);
            let report = verify(&plan.container(), &world.trust(), &embedded);
            assert_eq!(report.indication, Indication::Indeterminate, "{revoked}");
            assert_eq!(sub(&report), Some(SubIndication::RevokedNoPoe), "{revoked}");
        }
    }
}

#[test]
fn an_answer_from_the_future_that_nothing_is_revoked_is_no_answer() {
    let world = World::new();
    let mut plan = stamped(&world);
    let as_of = "2026-11-25T12:00:00Z";
    let good = Status::Good;
    plan.add_ocsp(&[pki::ocsp(
        &world.root,
        &world.responder,
        100,
        good,
        as_of,
        None,
    )]);
    let report = world.judge_strictly(&plan.container());
    assert_eq!(
        sub(&report),
        Some(SubIndication::CertificateChainGeneralFailure)
    );
}

#[test]
fn an_answer_of_unknown_or_of_yesterday_is_no_answer() {
    let world = World::new();
    let report = world.judge_strictly(&answered(&world, Status::Unknown).container());
    assert_eq!(
        sub(&report),
        Some(SubIndication::CertificateChainGeneralFailure)
    );

    let mut plan = stamped(&world);
    let before = "2026-05-30T00:00:00Z";
    plan.add_ocsp(&[pki::ocsp(
        &world.root,
        &world.responder,
        100,
        Status::Good,
        before,
        None,
    )]);
    let report = world.judge_strictly(&plan.container());
    assert_eq!(sub(&report), Some(SubIndication::TryLater));
}

#[test]
fn an_answer_signed_by_a_stranger_is_no_answer() {
    let world = World::new();
    let stranger = Request {
        extended: Some((false, vec![pki::OCSP_SIGNING])),
        ..Request::leaf("Responder", Key::P256(60), 101)
    }
    .self_signed();
    // Issued by the authority, but not for answering.
    let misused = Request::leaf("Misused", Key::P256(61), 102).issued_by(&world.root);
    for responder in [&stranger, &misused] {
        let mut plan = stamped(&world);
        plan.add_ocsp(&[pki::ocsp(
            &world.root,
            responder,
            100,
            Status::Good,
            ANSWERED,
            None,
        )]);
        let report = world.judge_strictly(&plan.container());
        assert_eq!(
            sub(&report),
            Some(SubIndication::CertificateChainGeneralFailure)
        );
    }
}

#[test]
fn an_answer_signed_with_a_refused_key_is_no_answer() {
    let world = World::new();
    let judged = |key| {
        let responder = Request {
            extended: Some((false, vec![pki::OCSP_SIGNING])),
            ..Request::leaf("Responder", key, 101)
        }
        .issued_by(&world.root);
        let mut plan = stamped(&world);
        let good = Status::Good;
        plan.add_ocsp(&[pki::ocsp(
            &world.root,
            &responder,
            100,
            good,
            ANSWERED,
            None,
        )]);
        world.judge_strictly(&plan.container())
    };
    assert_eq!(judged(Key::Rsa2048).indication, Indication::TotalPassed);
    assert_eq!(
        sub(&judged(Key::Rsa1024)),
        Some(SubIndication::CertificateChainGeneralFailure)
    );
}

#[test]
fn an_answer_by_a_key_that_may_only_encipher_is_no_answer() {
    let world = World::new();
    let responder = Request {
        key_usage: Some(vec![pki::KEY_ENCIPHERMENT]),
        extended: Some((false, vec![pki::OCSP_SIGNING])),
        ..Request::leaf("Responder", Key::P256(72), 101)
    }
    .issued_by(&world.root);
    let mut plan = stamped(&world);
    let good = Status::Good;
    plan.add_ocsp(&[pki::ocsp(
        &world.root,
        &responder,
        100,
        good,
        ANSWERED,
        None,
    )]);
    let report = world.judge_strictly(&plan.container());
    assert_eq!(
        sub(&report),
        Some(SubIndication::CertificateChainGeneralFailure)
    );
}

#[test]
fn an_answer_about_another_certificate_is_no_answer() {
    let world = World::new();
    let mut plan = stamped(&world);
    plan.add_ocsp(&[pki::ocsp(
        &world.root,
        &world.responder,
        999,
        Status::Good,
        ANSWERED,
        None,
    )]);
    let report = world.judge_strictly(&plan.container());
    assert!(
        findings(&report)
            .iter()
            .any(|finding| matches!(finding, Finding::RevocationMissing { .. }))
    );
}

#[test]
fn a_revocation_list_serves_as_well() {
    let world = World::new();
    let until = "2026-06-30T00:00:00Z";
    let mut plan = stamped(&world);
    plan.add_crls(&[pki::crl(
        &world.root,
        &[(7, "2026-01-01T00:00:00Z")],
        ANSWERED,
        until,
    )]);
    let report = world.judge_strictly(&plan.container());
    assert_eq!(
        report.indication,
        Indication::TotalPassed,
        "{:?}",
        findings(&report)
    );

    let mut plan = stamped(&world);
    plan.add_crls(&[pki::crl(
        &world.root,
        &[(100, "2026-01-01T00:00:00Z")],
        ANSWERED,
        until,
    )]);
    let report = world.judge_strictly(&plan.container());
    assert_eq!(sub(&report), Some(SubIndication::RevokedNoPoe));

    let stranger = Request::authority("Test root", Key::P256(62), 1).self_signed();
    let mut plan = stamped(&world);
    plan.add_crls(&[pki::crl(&stranger, &[], ANSWERED, until)]);
    let report = world.judge_strictly(&plan.container());
    assert_eq!(
        sub(&report),
        Some(SubIndication::CertificateChainGeneralFailure)
    );
}

/// Signed by a certificate with these distribution points, and judged with a list of the fields `issuing`.
fn listed(points: &[Vec<u8>], issuing: &[u8], revoked: &[(u64, &str)]) -> Report {
    let world = World::new();
    let signer = Request {
        distribution_points: points.to_vec(),
        ..Request::leaf("Published", Key::P256(71), 100)
    }
    .issued_by(&world.root);
    let mut plan = Plan::new(&signer, vec![Data::new("claim.json", CLAIM)]);
    let token = Stamp::of(&world.stamper, &plan.stamped(), STAMPED).token();
    plan.stamp(&token);
    let until = "2026-06-30T00:00:00Z";
    plan.add_crls(&[pki::crl_of(
        Some(issuing),
        &world.root,
        revoked,
        ANSWERED,
        until,
    )]);
    world.judge_strictly(&plan.container())
}

fn two_points() -> (Vec<u8>, Vec<u8>) {
    ["http://crl.test/1", "http://crl.test/2"]
        .map(pki::point)
        .into()
}

#[test]
fn a_list_of_another_distribution_point_clears_nobody() {
    let (one, other) = two_points();
    let by_another = [one.clone(), explicit(2, &explicit(4, &name("Another")))].concat();
    let for_reasons = [one.clone(), tlv(0x81, &[6, 0x40])].concat();
    let relative = pki::relative_point;
    for (points, issuing) in [
        (vec![one.clone()], other),
        (vec![], one.clone()),
        (vec![by_another], one.clone()),
        (vec![for_reasons], one.clone()),
        (vec![relative("1")], relative("2")),
        (vec![one], relative("1")),
    ] {
        let report = listed(&points, &issuing, &[]);
        let found = findings(&report);
        assert_eq!(
            sub(&report),
            Some(SubIndication::CertificateChainGeneralFailure),
            "{points:x?} {issuing:x?} {found:?}"
        );
    }
}

#[test]
fn a_list_of_one_of_the_certificate_s_distribution_points_clears_it() {
    let (one, other) = two_points();
    let relative = pki::relative_point("1");
    for (points, issuing) in [
        (vec![one.clone()], one.clone()),
        (vec![other, one.clone()], one),
        (vec![relative.clone()], relative),
    ] {
        let report = listed(&points, &issuing, &[]);
        let found = findings(&report);
        assert_eq!(report.indication, Indication::TotalPassed, "{found:?}");
    }
}

#[test]
fn a_revocation_counts_in_whichever_list_of_its_issuer_it_stands() {
    let (one, other) = two_points();
    let revoked = [(100, "2026-01-01T00:00:00Z")];
    for issuing in [&one, &other] {
        let report = listed(std::slice::from_ref(&one), issuing, &revoked);
        assert_eq!(sub(&report), Some(SubIndication::RevokedNoPoe));
    }
}

#[test]
fn a_revoked_authority_is_told_apart() {
    let world = World::new();
    let between = Request::authority("Between", Key::P256(63), 55).issued_by(&world.root);
    let signer = Request::leaf("Signer", Key::P256(64), 100).issued_by(&between);
    let mut plan = Plan::new(&signer, vec![Data::new("claim.json", CLAIM)]);
    plan.add_certificates(std::slice::from_ref(&between.certificate));
    let until = "2027-06-30T00:00:00Z";
    let as_of = "2026-06-01T00:00:00Z";
    plan.add_crls(&[
        pki::crl(&between, &[], as_of, until),
        pki::crl(&world.root, &[(55, "2026-01-01T00:00:00Z")], as_of, until),
    ]);
    let report = world.judge_strictly(&plan.container());
    assert_eq!(sub(&report), Some(SubIndication::RevokedCaNoPoe));
}

#[test]
fn a_time_stamp_that_proves_nothing_leaves_the_time_claimed_only() {
    let world = World::new();
    let unknown = Request::time_stamper("Unknown", Key::P256(65), 9).self_signed();
    let no_purpose = Request::leaf("No purpose", Key::P256(66), 9).issued_by(&world.stamp_root);
    let late = Request {
        from: at("2026-07-01T00:00:00Z"),
        ..Request::time_stamper("Late", Key::P256(67), 9)
    }
    .issued_by(&world.stamp_root);
    let token = |authority: &Holder, over: &[u8]| Stamp::of(authority, over, STAMPED).token();
    let plan = world.plan();
    let over = plan.stamped();
    let mut broken = token(&world.stamper, &over);
    let last = broken.len() - 1;
    broken[last] ^= 1;
    let renamed = Stamp {
        named: Some(unknown.certificate.clone()),
        ..Stamp::of(&world.stamper, &over, STAMPED)
    };
    let tokens = [
        token(&world.stamper, b"other data"),
        token(&unknown, &over),
        token(&no_purpose, &over),
        token(&late, &over),
        broken,
        renamed.token(),
        b"no token".to_vec(),
        Vec::new(),
    ];
    let mut trust = world.trust();
    for authority in [&world.stamp_root, &no_purpose, &late] {
        trust
            .add_time_stamp_authorities(&authority.certificate)
            .unwrap();
    }
    for (index, token) in tokens.iter().enumerate() {
        let mut plan = world.plan();
        plan.stamp(token);
        let report = verify(&plan.container(), &trust, &policy(Revocation::None));
        let signature = &report.signatures[0];
        assert_eq!(signature.proven_time, None, "{index}");
        assert_ne!(
            signature.time_stamps[0].indication,
            Indication::TotalPassed,
            "{index}"
        );
        assert!(
            findings(&report).contains(&Finding::TimeNotProven),
            "{index}"
        );
        // The signature itself is as good as without.
        assert_eq!(report.indication, Indication::TotalPassed, "{index}");
    }
}

/// The only time-stamp of a signature, by a certificate under the trusted authority.
fn stamped_under_root(authority: Request, hash: Option<Hash>) -> Report {
    let world = World::new();
    let authority = authority.issued_by(&world.stamp_root);
    let mut plan = world.plan();
    let over = plan.stamped();
    let stamp = Stamp::of(&authority, &over, STAMPED);
    let hash = hash.unwrap_or(stamp.hash);
    plan.stamp(&Stamp { hash, ..stamp }.token());
    let mut trust = world.trust();
    trust
        .add_time_stamp_authorities(&world.stamp_root.certificate)
        .unwrap();
    verify(&plan.container(), &trust, &policy(Revocation::None))
}

#[test]
fn a_time_stamp_by_a_refused_key_or_digest_proves_nothing() {
    let sound = Request::time_stamper("Sound", Key::Rsa2048, 9);
    let report = stamped_under_root(sound.clone(), None);
    assert_eq!(report.signatures[0].proven_time, Some(at(STAMPED)));

    let small = Request::time_stamper("Small", Key::Rsa1024, 9);
    let refused = Finding::AlgorithmRefused {
        algorithm: "sha1".to_owned(),
    };
    for (authority, hash, finding) in [
        (small, None, Finding::KeyTooSmall { bits: 1_024 }),
        (sound, Some(Hash::Sha1), refused),
    ] {
        let report = stamped_under_root(authority, hash);
        let signature = &report.signatures[0];
        assert_eq!(signature.proven_time, None, "{finding:?}");
        assert!(signature.time_stamps[0].findings.contains(&finding));
        assert!(findings(&report).contains(&Finding::TimeNotProven));
    }
}

#[test]
fn a_time_stamp_from_the_future_proves_nothing() {
    let world = World::new();
    let mut plan = world.plan();
    let token = Stamp::of(&world.stamper, &plan.stamped(), "2027-06-01T00:00:00Z").token();
    plan.stamp(&token);
    let report = world.judge(&plan.container());
    assert_eq!(report.signatures[0].proven_time, None);
}

#[test]
fn a_proven_time_saves_what_has_expired_since_and_nothing_that_had_before() {
    let world = World::new();
    let with_end = |end: &str| {
        let signer = Request {
            to: at(end),
            ..Request::leaf("Short", Key::P256(68), 100)
        }
        .issued_by(&world.root);
        let mut plan = Plan::new(&signer, vec![Data::new("claim.json", CLAIM)]);
        let token = Stamp::of(&world.stamper, &plan.stamped(), STAMPED).token();
        plan.stamp(&token);
        world.judge(&plan.container())
    };
    assert_eq!(
        with_end("2026-07-01T00:00:00Z").indication,
        Indication::TotalPassed
    );
    let report = with_end("2026-05-01T00:00:00Z");
    assert_eq!(sub(&report), Some(SubIndication::OutOfBoundsNoPoe));
}

#[test]
fn a_signature_proven_older_than_its_certificate_fails() {
    let world = World::new();
    let signer = Request {
        from: at("2026-10-01T00:00:00Z"),
        ..Request::leaf("Later", Key::P256(69), 100)
    }
    .issued_by(&world.root);
    let mut plan = Plan::new(&signer, vec![Data::new("claim.json", CLAIM)]);
    let token = Stamp::of(&world.stamper, &plan.stamped(), STAMPED).token();
    plan.stamp(&token);
    let report = world.judge(&plan.container());
    assert_eq!(report.indication, Indication::TotalFailed);
    assert_eq!(sub(&report), Some(SubIndication::NotYetValid));
}

#[test]
fn the_earliest_of_several_proofs_counts() {
    let world = World::new();
    let mut plan = world.plan();
    let over = plan.stamped();
    for time in ["2026-06-03T00:00:00Z", "2026-06-02T00:00:00Z"] {
        let token = Stamp::of(&world.stamper, &over, time).token();
        plan.stamp(&token);
    }
    let report = world.judge(&plan.container());
    let proven = report.signatures[0].proven_time;
    assert_eq!(proven, Some(at("2026-06-02T00:00:00Z")));
}

#[test]
fn a_claimed_time_after_the_proven_one_or_after_now_is_warned_about() {
    let world = World::new();
    let mut plan = world.plan();
    plan.time = Some("2026-06-02T00:00:00Z".to_owned());
    let token = Stamp::of(&world.stamper, &plan.stamped(), STAMPED).token();
    plan.stamp(&token);
    let report = world.judge(&plan.container());
    assert!(findings(&report).contains(&Finding::ClaimedTimeAheadOfProven));

    let mut plan = world.plan();
    plan.time = Some("2030-01-01T00:00:00+02:00".to_owned());
    let report = world.judge(&plan.container());
    assert!(findings(&report).contains(&Finding::ClaimedTimeInFuture));
}

#[test]
fn the_chain_of_a_time_stamper_needs_revocation_data_too_where_required() {
    let world = World::new();
    let mut trust = asice::Trust::default();
    trust.add_signers(&world.root.certificate).unwrap();
    trust
        .add_time_stamp_authorities(&world.stamp_root.certificate)
        .unwrap();
    let strict = policy(Revocation::Required);
    let bare = answered(&world, Status::Good);
    let report = verify(&bare.container(), &trust, &strict);
    assert_eq!(report.signatures[0].proven_time, None);

    let mut with_list = answered(&world, Status::Good);
    let until = "2026-06-30T00:00:00Z";
    with_list.add_crls(&[pki::crl(&world.stamp_root, &[], ANSWERED, until)]);
    let report = verify(&with_list.container(), &trust, &strict);
    assert_eq!(
        report.indication,
        Indication::TotalPassed,
        "{:?}",
        findings(&report)
    );
}
