//! Whatever is changed, moved, left out or signed without being XAdES never passes.

use asice::{Coverage, FileState, Finding, Indication, Report, SubIndication};

use crate::support::keys::{Hash, Key};
use crate::support::pki::Request;
use crate::support::xades::{Data, Plan};
use crate::support::zip::{self, Entry};
use crate::support::{CLAIM, World, findings};

fn outcome(report: &Report) -> (Indication, Option<SubIndication>) {
    (report.indication, report.sub_indication)
}

const HASH: (Indication, Option<SubIndication>) =
    (Indication::TotalFailed, Some(SubIndication::HashFailure));
const CRYPTO: (Indication, Option<SubIndication>) = (
    Indication::TotalFailed,
    Some(SubIndication::SigCryptoFailure),
);
const FORMAT: (Indication, Option<SubIndication>) =
    (Indication::TotalFailed, Some(SubIndication::FormatFailure));
const CONSTRAINTS: (Indication, Option<SubIndication>) = (
    Indication::Indeterminate,
    Some(SubIndication::SigConstraintsFailure),
);

/// The container of a plan in which one entry holds something else.
fn with(plan: &Plan, name: &str, content: &[u8]) -> Vec<u8> {
    let mut entries = plan.entries();
    let entry = entries
        .iter_mut()
        .find(|entry| entry.name == name.as_bytes());
    entry.unwrap().content = content.to_vec();
    zip::write(&entries)
}

fn edited(edit: impl Fn(String) -> String + 'static) -> Report {
    let world = World::new();
    let mut plan = world.plan();
    plan.edit_file = Box::new(edit);
    world.judge(&plan.container())
}

#[test]
fn an_altered_file_fails_by_its_name() {
    let world = World::new();
    let report = world.judge(&with(&world.plan(), "claim.json", b"{}"));
    assert_eq!(outcome(&report), HASH);
    assert_eq!(report.files[0].state, FileState::Altered);
    assert!(report.files[0].signed_by.is_empty());
    assert!(findings(&report).contains(&Finding::FileAltered {
        name: "claim.json".to_owned()
    }));
}

#[test]
fn a_digest_altered_to_fit_the_file_breaks_the_signature() {
    let world = World::new();
    let mut plan = world.plan();
    let mut other = world.plan();
    other.data[0].content = b"{}".to_vec();
    let digest = |plan: &Plan| {
        let xml = plan.xml();
        let start = xml.find("<ds:DigestValue>").unwrap();
        xml[start..start + 60].to_owned()
    };
    let (from, to) = (digest(&plan), digest(&other));
    plan.edit_file = Box::new(move |xml| xml.replacen(&from, &to, 1));
    let report = world.judge(&with(&plan, "claim.json", b"{}"));
    assert_eq!(outcome(&report), CRYPTO);
    assert_eq!(report.files[0].state, FileState::NotSigned);
    assert_eq!(report.coverage, Coverage::None);
}

#[test]
fn an_altered_time_is_an_altered_property() {
    let report = edited(|xml| xml.replace("2026-06-01T12:00:00Z", "2020-06-01T12:00:00Z"));
    assert_eq!(outcome(&report), HASH);
    assert!(findings(&report).contains(&Finding::SignedPropertiesAltered));
    assert!(report.files[0].signed_by.is_empty());
}

#[test]
fn an_altered_value_is_wrong() {
    let world = World::new();
    let mut plan = world.plan();
    plan.edit_value = Box::new(|mut value| {
        value[40] ^= 1;
        value
    });
    assert_eq!(outcome(&world.judge(&plan.container())), CRYPTO);
}

#[test]
fn a_missing_file_is_named_and_leaves_no_verdict() {
    let world = World::new();
    let mut plan = world.plan();
    plan.data.push(Data::new("second.json", b"{}"));
    let mut entries = plan.entries();
    entries.retain(|entry| entry.name != b"second.json");
    let report = world.judge(&zip::write(&entries));
    assert_eq!(
        outcome(&report),
        (
            Indication::Indeterminate,
            Some(SubIndication::SignedDataNotFound)
        )
    );
    let missing = report.files.iter().find(|file| file.name == "second.json");
    assert_eq!(missing.unwrap().state, FileState::Missing);
    assert_eq!(report.files[0].state, FileState::Signed);
}

#[test]
fn a_renamed_file_is_missing_and_its_new_name_not_signed() {
    let world = World::new();
    let mut entries = world.plan().entries();
    entries[1].name = b"renamed.json".to_vec();
    let report = world.judge(&zip::write(&entries));
    let states: Vec<_> = report
        .files
        .iter()
        .map(|file| (file.name.as_str(), file.state))
        .collect();
    assert_eq!(
        states,
        [
            ("renamed.json", FileState::NotSigned),
            ("claim.json", FileState::Missing)
        ]
    );
    assert_eq!(report.indication, Indication::Indeterminate);
}

#[test]
fn a_file_nobody_signed_keeps_the_whole_from_passing() {
    let world = World::new();
    let mut entries = world.plan().entries();
    entries.insert(2, Entry::stored("added.txt", b"added"));
    let report = world.judge(&zip::write(&entries));
    assert_eq!(report.indication, Indication::Indeterminate);
    assert_eq!(report.signatures[0].indication, Indication::TotalPassed);
    assert_eq!(report.coverage, Coverage::Partial);
    assert_eq!(report.files[1].state, FileState::NotSigned);
    assert!(findings(&report).contains(&Finding::FileNotSigned {
        name: "added.txt".to_owned()
    }));
}

#[test]
fn a_signature_over_a_manifest_entry_alone_covers_no_data_file() {
    let world = World::new();
    let mut plan = world.plan();
    plan.data[0].name = "META-INF/note.txt".to_owned();
    plan.data[0].uri = "META-INF/note.txt".to_owned();
    let mut entries = plan.entries();
    entries.insert(2, Entry::stored("claim.json", CLAIM));
    let report = world.judge(&zip::write(&entries));
    assert_eq!(report.indication, Indication::Indeterminate);
    assert_eq!(report.coverage, Coverage::None);
}

#[test]
fn without_signature_the_container_is_not_signed() {
    let world = World::new();
    let mut entries = world.plan().entries();
    entries.pop();
    let report = world.judge(&zip::write(&entries));
    assert_eq!(outcome(&report), (Indication::Indeterminate, None));
    assert_eq!(report.signature.state, asice::State::Absent);
    assert!(findings(&report).contains(&Finding::NotSigned));
}

#[test]
fn two_elements_with_one_id_are_refused() {
    let report = edited(|xml| xml.replace("<ds:Object>", "<ds:Object Id=\"SP\">"));
    assert_eq!(outcome(&report), FORMAT);
    assert!(findings(&report).contains(&Finding::DuplicateId));
}

#[test]
fn wrapped_or_doubled_properties_are_refused() {
    let second = |xml: String| {
        xml.replace(
            "</xades:SignedProperties>",
            "</xades:SignedProperties><xades:SignedProperties Id=\"X\"></xades:SignedProperties>",
        )
    };
    assert_eq!(outcome(&edited(second)), FORMAT);
    // A second set before the signed one, in an object of its own.
    let object = |xml: String| {
        let start = xml.find("<ds:Object>").unwrap();
        let copy = xml[start..xml.find("</ds:Signature>").unwrap()]
            .replace("Id=\"SP\"", "Id=\"SP2\"")
            .replace("12:00:00Z", "13:00:00Z");
        xml.replace("<ds:Object>", &format!("{copy}<ds:Object>"))
    };
    assert_eq!(outcome(&edited(object)), FORMAT);
    // The signed ones moved out, others put in their place.
    let moved = |xml: String| {
        let start = xml.find("<xades:SignedProperties").unwrap();
        let end =
            xml.find("</xades:SignedProperties>").unwrap() + "</xades:SignedProperties>".len();
        let signed = xml[start..end].to_owned();
        let forged = signed
            .replace("Id=\"SP\"", "Id=\"SP2\"")
            .replace("12:00:00Z", "13:00:00Z");
        xml.replace(&signed, &forged)
            .replace("<ds:KeyInfo>", &format!("<ds:KeyInfo>{signed}"))
    };
    let report = edited(moved);
    assert_eq!(outcome(&report), FORMAT);
    assert!(findings(&report).contains(&Finding::SignedPropertiesNotReferenced));
}

#[test]
fn a_signature_inside_another_is_not_taken_for_it() {
    let nested = |xml: String| {
        let start = xml.find("<ds:Signature ").unwrap();
        let end = xml.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
        let inner = &xml[start..end];
        format!(
            "<asic:XAdESSignatures xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\">\
             <ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" Id=\"outer\">\
             <ds:Object>{inner}</ds:Object></ds:Signature></asic:XAdESSignatures>"
        )
    };
    assert_eq!(outcome(&edited(nested)), FORMAT);
}

#[test]
fn properties_that_aim_at_another_signature_are_refused() {
    let report = edited(|xml| xml.replace("Target=\"#S\"", "Target=\"#T\""));
    assert_eq!(outcome(&report), FORMAT);
    assert!(findings(&report).contains(&Finding::TargetDiffers));
}

#[test]
fn a_plain_xml_signature_is_not_xades() {
    let world = World::new();
    let mut plan = world.plan();
    plan.edit_info = Box::new(|info| {
        let start = info.find("<ds:Reference Type").unwrap();
        format!("{}</ds:SignedInfo>", &info[..start])
    });
    plan.edit_file = Box::new(|xml| {
        let start = xml.find("<ds:Object>").unwrap();
        format!("{}</ds:Signature></asic:XAdESSignatures>", &xml[..start])
    });
    let report = world.judge(&plan.container());
    assert_eq!(outcome(&report), FORMAT);
    assert!(findings(&report).contains(&Finding::QualifyingPropertiesMissing));
}

#[test]
fn properties_nobody_signed_are_refused() {
    let world = World::new();
    let mut plan = world.plan();
    plan.edit_info = Box::new(|info| {
        let start = info.find("<ds:Reference Type").unwrap();
        format!("{}</ds:SignedInfo>", &info[..start])
    });
    let report = world.judge(&plan.container());
    assert_eq!(outcome(&report), FORMAT);
    assert!(findings(&report).contains(&Finding::SignedPropertiesNotReferenced));
}

/// Written anew for each reference, a few megabytes of properties and thousands of references would take hours.
#[test]
fn properties_that_are_signed_twice_are_refused_and_compared_once() {
    let world = World::new();
    let mut plan = world.plan();
    plan.edit_info = Box::new(|info| {
        let start = info.find("<ds:Reference Type").unwrap();
        let end = info.find("</ds:SignedInfo>").unwrap();
        let second = info[start..end].replace("<ds:DigestValue>", "<ds:DigestValue>AAAA");
        info.replace("</ds:SignedInfo>", &format!("{second}</ds:SignedInfo>"))
    });
    let report = world.judge(&plan.container());
    assert_eq!(outcome(&report), FORMAT);
    let found = findings(&report);
    assert!(found.contains(&Finding::SignedPropertiesNotReferenced));
    assert!(!found.contains(&Finding::SignedPropertiesAltered));
}

#[test]
fn without_time_or_certificate_it_is_not_baseline() {
    let world = World::new();
    let mut plan = world.plan();
    plan.time = None;
    assert_eq!(outcome(&world.judge(&plan.container())), CONSTRAINTS);
    let mut plan = world.plan();
    plan.edit_properties = Box::new(|text| {
        let start = text.find("<xades:SigningCertificateV2>").unwrap();
        let end = text.find("</xades:SigningCertificateV2>").unwrap();
        let rest = &text[end + "</xades:SigningCertificateV2>".len()..];
        format!("{}{rest}", &text[..start])
    });
    assert_eq!(
        outcome(&world.judge(&plan.container())),
        (
            Indication::Indeterminate,
            Some(SubIndication::NoSigningCertificateFound)
        )
    );
}

#[test]
fn no_transform_is_allowed_on_a_file() {
    let world = World::new();
    for transform in [
        "http://www.w3.org/TR/1999/REC-xslt-19991116",
        "http://www.w3.org/TR/1999/REC-xpath-19991116",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/2000/09/xmldsig#base64",
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
    ] {
        let mut plan = world.plan();
        plan.data[0].transforms = format!(
            "<ds:Transforms><ds:Transform Algorithm=\"{transform}\"></ds:Transform></ds:Transforms>"
        );
        let report = world.judge(&plan.container());
        assert_ne!(report.indication, Indication::TotalPassed, "{transform}");
        assert!(report.files[0].signed_by.is_empty(), "{transform}");
    }
}

#[test]
fn only_files_of_the_container_are_referenced() {
    let world = World::new();
    for uri in [
        "http://127.0.0.1:9/claim.json",
        "file:///etc/hostname",
        "../claim.json",
        "./claim.json",
        "/claim.json",
        "CLAIM.json",
        "",
        "#S",
        "claim.json#part",
        "claim.json?x",
        "claim%2ejson%00",
    ] {
        let mut plan = world.plan();
        plan.data[0].uri = uri.to_owned();
        let report = world.judge(&plan.container());
        assert_ne!(report.indication, Indication::TotalPassed, "{uri}");
        assert!(report.files[0].signed_by.is_empty(), "{uri}");
    }
}

#[test]
fn methods_outside_the_table_never_pass() {
    let world = World::new();
    for method in [
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
        "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1",
        "",
    ] {
        let mut plan = world.plan();
        plan.method = Some(method.to_owned());
        let report = world.judge(&plan.container());
        assert_ne!(report.indication, Indication::TotalPassed, "{method}");
        assert!(report.files[0].signed_by.is_empty(), "{method}");
    }
}

#[test]
fn a_keyed_hash_under_what_everybody_knows_is_no_signature() {
    let world = World::new();
    for key in [world.signer.certificate.clone(), Vec::new()] {
        let mut plan = world.plan();
        plan.method = Some("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256".to_owned());
        plan.mac_key = Some(key);
        let report = world.judge(&plan.container());
        assert_ne!(report.indication, Indication::TotalPassed);
        assert!(report.files[0].signed_by.is_empty());
        assert!(report.signatures.iter().all(|one| !one.is_authentic));
    }
}

#[test]
fn a_method_for_another_kind_of_key_fails() {
    let world = World::new();
    let mut plan = world.plan();
    plan.method = Some(Key::Rsa2048.method(Hash::Sha256));
    let report = world.judge(&plan.container());
    assert_eq!(outcome(&report), CRYPTO);
    assert!(findings(&report).contains(&Finding::KeyDoesNotFitMethod));
}

#[test]
fn an_ecdsa_value_in_der_is_refused() {
    let world = World::new();
    let mut plan = world.plan();
    plan.edit_value = Box::new(|value| {
        use crate::support::der::{integer, sequence};
        let (r, s) = value.split_at(32);
        sequence(&[&integer(r), &integer(s)])
    });
    assert_eq!(outcome(&world.judge(&plan.container())), CRYPTO);
}

#[test]
fn a_value_over_sha_1_is_refused_and_is_not_called_wrong() {
    let world = World::new();
    for key in [Key::P256(7), Key::P384(7), Key::P521(7), Key::Rsa2048] {
        let signer = Request::leaf("Other", key, 7).issued_by(&world.root);
        let mut plan = Plan::new(&signer, vec![Data::new("claim.json", CLAIM)]);
        plan.hash = Hash::Sha1;
        if key == Key::Rsa2048 {
            plan.method = Some("http://www.w3.org/2000/09/xmldsig#rsa-sha1".to_owned());
        }
        let report = world.judge(&plan.container());
        assert_eq!(
            outcome(&report),
            (
                Indication::Indeterminate,
                Some(SubIndication::CryptoConstraintsFailureNoPoe)
            ),
            "{key:?} {:?}",
            findings(&report)
        );
        assert!(report.signatures[0].is_authentic);
    }
}

#[test]
fn a_digest_by_sha_1_keeps_a_right_signature_from_passing() {
    let world = World::new();
    let mut plan = world.plan();
    plan.edit_info = Box::new(|info| {
        use base64::Engine;
        let encode = |bytes: Vec<u8>| base64::engine::general_purpose::STANDARD.encode(bytes);
        info.replacen(Hash::Sha256.uri(), Hash::Sha1.uri(), 1)
            .replacen(
                &encode(Hash::Sha256.of(CLAIM)),
                &encode(Hash::Sha1.of(CLAIM)),
                1,
            )
    });
    let report = world.judge(&plan.container());
    assert_eq!(
        outcome(&report),
        (
            Indication::Indeterminate,
            Some(SubIndication::CryptoConstraintsFailureNoPoe)
        )
    );
    assert_eq!(report.files[0].state, FileState::Signed);
}

#[test]
fn an_rsa_key_of_1024_bits_is_refused() {
    use crate::support::der::{bits, integer, null, number, oid, sequence};
    let world = World::new();
    let key = sequence(&[&integer(&[0xd3; 128]), &number(65_537)]);
    let algorithm = sequence(&[&oid("1.2.840.113549.1.1.1"), &null()]);
    let signer = Request {
        spki: Some(sequence(&[&algorithm, &bits(&key)])),
        ..Request::leaf("Small", Key::Rsa2048, 8)
    }
    .issued_by(&world.root);
    let plan = Plan::new(&signer, vec![Data::new("claim.json", CLAIM)]);
    let report = world.judge(&plan.container());
    assert_ne!(report.indication, Indication::TotalPassed);
    assert!(findings(&report).contains(&Finding::KeyTooSmall { bits: 1_024 }));
}

#[test]
fn an_rsa_key_below_3000_bits_is_warned_about_since_2026() {
    let world = World::new();
    let signer = Request::leaf("RSA", Key::Rsa2048, 8).issued_by(&world.root);
    let plan = Plan::new(&signer, vec![Data::new("claim.json", CLAIM)]);
    let report = world.judge(&plan.container());
    assert_eq!(report.indication, Indication::TotalPassed);
    assert_eq!(report.signature.state, asice::State::Warning);
}

#[test]
fn a_signature_under_a_policy_we_do_not_have_is_indeterminate() {
    let world = World::new();
    let mut plan = world.plan();
    plan.more_signed = "<xades:SignaturePolicyIdentifier><xades:SignaturePolicyId>\
         <xades:SigPolicyId><xades:Identifier>urn:oid:1.2.3</xades:Identifier>\
         </xades:SigPolicyId></xades:SignaturePolicyId></xades:SignaturePolicyIdentifier>"
        .to_owned();
    let report = world.judge(&plan.container());
    assert_eq!(
        report.sub_indication,
        Some(SubIndication::SignaturePolicyNotAvailable)
    );
}

#[test]
fn xml_that_is_cut_deep_or_has_a_document_type_is_unreadable() {
    let doctype = |xml: String| {
        xml.replace(
            "<asic:XAdESSignatures ",
            "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><asic:XAdESSignatures ",
        )
    };
    let bomb = |xml: String| {
        let entities: String = (1..20)
            .map(|n| format!("<!ENTITY e{n} \"&e{0};&e{0};\">", n - 1))
            .collect();
        let doctype = format!("<!DOCTYPE a [<!ENTITY e0 \"ha\">{entities}]><asic:");
        xml.replacen("<asic:", &doctype, 1)
    };
    let cut = |xml: String| xml[..xml.len() / 2].to_owned();
    let deep = |_| "<a>".repeat(100_000);
    let empty = |_| String::new();
    for report in [
        edited(doctype),
        edited(bomb),
        edited(cut),
        edited(deep),
        edited(empty),
    ] {
        assert_eq!(outcome(&report), FORMAT);
        assert!(findings(&report).contains(&Finding::SignatureFileUnreadable));
    }
}
