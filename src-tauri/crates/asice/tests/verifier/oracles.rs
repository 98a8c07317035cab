//! The same containers before other verifiers, where the machine has them.

use std::path::PathBuf;
use std::process::Command;

use asice::{Indication, State};
use serde::Deserialize;

use crate::support::keys::Key;
use crate::support::pki::Holder;
use crate::support::pki::Request;
use crate::support::xades::{Data, Plan};
use crate::support::{CLAIM, World, findings, skipped_without};

const KEYS: [Key; 5] = [
    Key::P256(80),
    Key::P384(80),
    Key::P521(80),
    Key::Rsa2048,
    Key::Rsa3072,
];

/// The same claim signed rightly, and with a change that breaks the signature or must not.
fn changed_plans(signer: &Holder) -> [(&'static str, Plan); 6] {
    let plan = || Plan::new(signer, vec![Data::new("claim.json", CLAIM)]);
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
    order.edit_file =
        Box::new(|xml| xml.replace("Id=\"R0\" URI=\"claim.json\"", "URI='claim.json'   Id='R0'"));
    [
        ("untouched", plan()),
        ("another value", wrong_value),
        ("another time", altered),
        ("a comment", comment),
        ("a space", space),
        ("another order", order),
    ]
}

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
        return skipped_without("xmlsec1");
    }
    let world = World::new();
    for key in KEYS {
        let signer = Request::leaf("Differential", key, 5).issued_by(&world.root);
        for (change, plan) in changed_plans(&signer) {
            let report = world.judge(&plan.container());
            let ours = report.indication == Indication::TotalPassed;
            let said = findings(&report);
            assert_eq!(ours, xmlsec1(&plan), "{key:?}, {change}: {said:?}");
        }
    }
}

/// A line for each container: its files, and what is said of each signature; or why it is refused. Only what the
/// library itself throws is a refusal. One process for all, as its start looks for trusted lists in vain.
const PYDIGIDOC: &str = "
import json, sys, pydigidoc

def said(signature):
    try:
        signature.validate()
        return ''
    except RuntimeError as error:
        return str(error)

pydigidoc.initialize('asice tests')
for path in sys.argv[1:]:
    try:
        container = pydigidoc.Container.open(path)
    except RuntimeError as error:
        print(json.dumps({'refused': str(error)}))
        continue
    print(json.dumps({
        'files': [file.file_name() for file in container.data_files()],
        'signatures': [said(signature) for signature in container.signatures()],
    }))
";

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Opened {
    Refused {
        refused: String,
    },
    Read {
        files: Vec<String>,
        signatures: Vec<String>,
    },
}

/// What pydigidoc makes of those files; `None` where it is not on this machine.
fn pydigidoc(paths: &[PathBuf]) -> Option<Vec<Opened>> {
    let python = std::env::var("ASICE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there = Command::new(&python)
        .args(["-c", "import pydigidoc"])
        .output();
    if !there.is_ok_and(|output| output.status.success()) {
        skipped_without("pydigidoc");
        return None;
    }
    let output = Command::new(&python)
        .args(["-c", PYDIGIDOC])
        .args(paths)
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    let lines = String::from_utf8(output.stdout).unwrap();
    let opened: Vec<_> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(opened.len(), paths.len(), "{complaint}");
    Some(opened)
}

#[test]
fn pydigidoc_judges_the_core_alike() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let mut judged = Vec::new();
    let mut paths = Vec::new();
    for key in KEYS {
        let signer = Request::leaf("Differential", key, 5).issued_by(&world.root);
        for (change, plan) in changed_plans(&signer) {
            let container = plan.container();
            let path = folder.path().join(format!("{}.asice", paths.len()));
            std::fs::write(&path, &container).unwrap();
            paths.push(path);
            judged.push((key, change, world.judge(&container)));
        }
    }
    let Some(opened) = pydigidoc(&paths) else {
        return;
    };
    for ((key, change, report), theirs) in judged.iter().zip(opened) {
        let Opened::Read { files, signatures } = theirs else {
            panic!("{key:?}, {change}: {theirs:?}");
        };
        assert_eq!(files, ["claim.json"], "{key:?}, {change}");
        assert_eq!(signatures.len(), 1, "{key:?}, {change}");
        let ours = report.indication == Indication::TotalPassed;
        assert_eq!(ours, has_a_right_core(&signatures[0]), "{key:?}, {change}");
    }
}

/// Nobody in its trusted lists is the signer: it complains of every signature, of a wrong one in these words.
fn has_a_right_core(said: &str) -> bool {
    !said.contains("Failed to validate signature")
}

#[test]
fn pydigidoc_reads_the_public_containers_alike() {
    let Some(folder) = crate::public::folder() else {
        eprintln!("SKIPPED: no public containers");
        return;
    };
    let reports = crate::public::xades_reports(&folder);
    let paths: Vec<_> = reports.iter().map(|(name, _)| folder.join(name)).collect();
    let Some(opened) = pydigidoc(&paths) else {
        return;
    };
    for ((name, ours), theirs) in reports.iter().zip(opened) {
        let (files, signatures) = match theirs {
            Opened::Read { files, signatures } => (files, signatures),
            Opened::Refused { refused } => {
                assert_ne!(
                    ours.indication,
                    Indication::TotalPassed,
                    "{name}: {refused}"
                );
                continue;
            }
        };
        // Names that lead out of a folder: it lists them.
        if crate::public::is_refused(ours) {
            assert_eq!(signatures.len(), 0, "{name}");
            continue;
        }
        let there = ours.files.iter().filter(|file| file.size.is_some());
        let mine: Vec<_> = there.map(|file| file.name.as_str()).collect();
        assert_eq!(mine, files, "{name}");
        assert_eq!(ours.signatures.len(), signatures.len(), "{name}");
        if signatures.is_empty() {
            assert_eq!(ours.integrity.state, State::Absent, "{name}");
            continue;
        }
        let right = matches!(ours.integrity.state, State::Good | State::Warning);
        let right_there = signatures.iter().all(|said| has_a_right_core(said));
        assert_eq!(right, right_there, "{name}: {signatures:?}");
    }
}
