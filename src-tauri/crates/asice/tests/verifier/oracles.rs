//! The same containers before other verifiers, where the machine has them.

use std::process::Command;

use asice::{Finding, Indication};

use crate::support::keys::Key;
use crate::support::pki::Request;
use crate::support::xades::{Data, Plan};
use crate::support::{CLAIM, World, findings};

/// Whether xmlsec1 finds the XML signature right, files taken from a folder of their own.
fn xmlsec1(plan: &Plan) -> bool {
    let folder = tempfile::tempdir().unwrap();
    for data in &plan.data {
        std::fs::write(folder.path().join(&data.name), &data.content).unwrap();
    }
    std::fs::write(folder.path().join("signatures.xml"), plan.xml()).unwrap();
    std::fs::write(folder.path().join("signer.der"), &plan.key_info[0]).unwrap();
    let output = Command::new("xmlsec1")
        .current_dir(folder.path())
        .args(["--verify", "--id-attr:Id", "SignedProperties"])
        .args(["--pubkey-cert-der", "signer.der", "signatures.xml"])
        .output()
        .unwrap();
    output.status.success()
}

#[test]
fn xmlsec1_judges_the_core_alike() {
    if Command::new("xmlsec1").arg("--version").output().is_err() {
        eprintln!("SKIPPED: xmlsec1 is not on this machine");
        return;
    }
    let world = World::new();
    for key in [
        Key::P256(80),
        Key::P384(80),
        Key::P521(80),
        Key::Rsa2048,
        Key::Rsa3072,
    ] {
        let signer = Request::leaf("Differential", key, 5).issued_by(&world.root);
        let plan = || Plan::new(&signer, vec![Data::new("claim.json", CLAIM)]);
        let mut wrong_value = plan();
        wrong_value.edit_value = Box::new(|mut value| {
            value[10] ^= 4;
            value
        });
        let mut altered = plan();
        altered.edit_file = Box::new(|xml| xml.replace("12:00:00Z", "12:00:01Z"));
        let mut comment = plan();
        comment.edit_file =
            Box::new(|xml| xml.replace("<ds:Reference ", "<!-- no matter --><ds:Reference "));
        let mut space = plan();
        space.edit_file = Box::new(|xml| xml.replacen("<ds:Reference ", " <ds:Reference ", 1));
        let mut order = plan();
        order.edit_file = Box::new(|xml| {
            xml.replace("Id=\"R0\" URI=\"claim.json\"", "URI='claim.json'   Id='R0'")
        });
        for plan in [plan(), wrong_value, altered, comment, space, order] {
            let report = world.judge(&plan.container());
            let ours = report.indication == Indication::TotalPassed;
            assert_eq!(ours, xmlsec1(&plan), "{key:?} {:?}", findings(&report));
        }
    }
}

/// Signature counts, data files, and whether the errors are about trust alone, as pydigidoc sees them.
const PYDIGIDOC: &str = "
import json, sys, pydigidoc
pydigidoc.initialize('asice tests')
try:
    container = pydigidoc.Container.open(sys.argv[1])
    print(json.dumps({
        'files': [d.fileName() for d in container.dataFiles()],
        'signatures': len(container.signatures()),
    }))
except Exception as error:
    print(json.dumps({'refused': str(error)[:200]}))
";

#[test]
fn pydigidoc_opens_the_same_containers() {
    let python = std::env::var("ASICE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there = Command::new(&python)
        .args(["-c", "import pydigidoc"])
        .output();
    if !there.is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: pydigidoc is not on this machine");
        return;
    }
    let Some(folder) = crate::public::folder() else {
        eprintln!("SKIPPED: no public containers");
        return;
    };
    for (name, ours) in crate::public::xades_reports(&folder) {
        let path = folder.join(&name);
        let output = Command::new(&python)
            .args(["-c", PYDIGIDOC])
            .arg(&path)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        let line = text.lines().last().unwrap_or_default();
        let theirs: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        let Some(files) = theirs["files"].as_array() else {
            println!("{name}: pydigidoc refuses, we say {:?}", ours.indication);
            assert_ne!(ours.indication, Indication::TotalPassed);
            continue;
        };
        let files: Vec<&str> = files.iter().filter_map(|file| file.as_str()).collect();
        let there = ours.files.iter().filter(|file| file.size.is_some());
        let mine: Vec<&str> = there.map(|file| file.name.as_str()).collect();
        assert_eq!(mine, files, "{name}");
        assert_eq!(theirs["signatures"], ours.signatures.len(), "{name}");
        assert!(!findings(&ours).contains(&Finding::NoDataFile) || files.is_empty());
    }
}
