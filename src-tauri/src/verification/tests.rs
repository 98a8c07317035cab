use std::ffi::OsString;

use asice::Finding;

use super::{words::UsageError, *};

/// Made by the verifier's own tests: signed on 2026-06-01 by a certificate of `root.der`, without time-stamp.
const SIGNED: &[u8] = include_bytes!("../../tests/verify/signed.asice");
const ROOT: &[u8] = include_bytes!("../../tests/verify/root.der");
/// Made by the pack's own tests.
const PACK: &[u8] = include_bytes!("../../tests/verify/pack.zip");
/// Of the key that signed it.
const KEY: &str = "324be2dea8bc44461b0233e51fa48902ed6b1cc671e7739af2551e0bfe68f54e";

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn with(file: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), file).unwrap();
        std::fs::create_dir(folder.path().join("trust")).unwrap();
        std::fs::write(folder.path().join("trust/root.der"), ROOT).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> OsString {
        self.folder.path().join(name).into_os_string()
    }

    /// With the trusted certificates.
    fn run(&self, more: &[&str]) -> (u8, String) {
        let trust = [OsString::from("--trust"), self.path("trust")];
        self.run_words(trust.into_iter().chain(more.iter().map(OsString::from)))
    }

    fn run_bare(&self, more: &[&str]) -> (u8, String) {
        self.run_words(more.iter().map(OsString::from))
    }

    fn run_words(&self, more: impl Iterator<Item = OsString>) -> (u8, String) {
        let words = std::iter::once(self.path("file")).chain(more);
        let Ok(Request::Verify(verification)) = Verification::read(words) else {
            panic!("wrong usage")
        };
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let (mut out, mut complaints) = (Vec::new(), Vec::new());
        let code = verification.run(now, &mut out, &mut complaints);
        out.extend(complaints);
        (code, String::from_utf8(out).unwrap())
    }
}

#[test]
fn the_exit_code_of_a_container_is_its_verdict() {
    let good = Place::with(SIGNED);
    let (code, text) = good.run(&["--revocation", "none"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.starts_with("TOTAL-PASSED"), "{text}");
    assert!(text.contains("claim.json"));
    assert_eq!(good.run(&[]).0, 2);
    let mut altered = SIGNED.to_vec();
    let end = altered.len() - 1;
    altered[end] ^= 1;
    assert_eq!(Place::with(&altered).run(&[]).0, 1);
}

#[test]
fn only_a_signature_that_holds_is_said_to_be_signed_by_its_signer() {
    let mut trust = Trust::default();
    trust.add_signers(ROOT).unwrap();
    let policy = Policy::at("2026-11-23T12:00:00Z".parse().unwrap());
    let sound = asice::verify(SIGNED, &trust, &policy);
    let mut forged = sound.clone();
    forged.signatures[0].is_authentic = false;
    let mut failed = sound.clone();
    failed.signatures[0].indication = asice::Indication::TotalFailed;
    for (report, word) in [
        (sound, "\nsigned by  C=FR"),
        (forged, "\nnames      C=FR"),
        (failed, "\nnames      C=FR"),
    ] {
        let mut out = Vec::new();
        container::write(&report, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains(word), "{text}");
    }
}

#[test]
fn the_report_comes_as_json_too() {
    let (code, text) = Place::with(SIGNED).run(&["--json"]);
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(code, 2);
    assert_eq!(
        report["sub_indication"],
        "CERTIFICATE_CHAIN_GENERAL_FAILURE"
    );
    assert_eq!(report["files"][0]["state"], "signed");
    assert_eq!(report["revocation"], "required");
}

#[test]
fn a_container_is_not_judged_without_trusted_certificates() {
    let (code, text) = Place::with(SIGNED).run_bare(&[]);
    assert_eq!(code, USAGE);
    assert!(text.contains("--trust"), "{text}");
}

#[test]
fn the_exit_code_of_a_pack_is_its_verdict() {
    let (code, text) = Place::with(PACK).run_bare(&["--key", KEY]);
    assert_eq!(code, 0, "{text}");
    assert!(text.starts_with("WHOLE"), "{text}");
    let mut altered = PACK.to_vec();
    altered[PACK.len() / 2] ^= 1;
    assert_eq!(Place::with(&altered).run_bare(&["--json"]).0, 1);
}

#[test]
fn a_pack_that_anybody_may_have_sealed_does_not_pass() {
    let (code, text) = Place::with(PACK).run_bare(&[]);
    assert_eq!(code, 2, "{text}");
    assert!(text.starts_with("WHOLE"), "{text}");
}

#[test]
fn a_pack_signed_with_another_key_than_expected_does_not_pass() {
    let good = Place::with(PACK);
    assert_eq!(good.run_bare(&["--key", KEY]).0, 0);
    assert_eq!(good.run_bare(&["--key", &KEY.to_uppercase()]).0, 0);
    assert_eq!(good.run_bare(&["--key", &"0".repeat(64)]).0, 2);
}

#[test]
fn whose_key_sealed_a_pack_is_said_in_words() {
    let good = Place::with(PACK);
    let stranger = "0".repeat(64);
    for (words, said) in [
        (&[][..], "not compared with any"),
        (&["--key", KEY][..], "\n           the expected key\n"),
        (&["--key", &stranger][..], "NOT the expected key 0000 "),
    ] {
        let (_, text) = good.run_bare(words);
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn nothing_of_a_file_steers_the_terminal_or_reorders_what_it_shows() {
    let hostile = Finding::MimetypeWrong {
        found: "\u{9b}31m\u{202e}\u{7f}\u{2066}\u{feff}\u{1b}[0m\"\\é😀".to_owned(),
    };
    let shown = escaped(&hostile).unwrap();
    let found = r#"\u{9b}31m\u{202e}\u{7f}\u{2066}\u{feff}\u001b[0m\"\\é"#;
    assert_eq!(
        shown,
        format!("{{\"code\":\"mimetype_wrong\",\"found\":\"{found}😀\"}}")
    );
}

#[test]
fn what_cannot_be_read_is_no_verdict() {
    let gone = Place::with(SIGNED);
    std::fs::remove_file(gone.path("file")).unwrap();
    assert_eq!(gone.run(&[]).0, UNREADABLE);
    let nonsense = Place::with(SIGNED);
    std::fs::write(nonsense.path("trust/more.pem"), "nonsense").unwrap();
    assert_eq!(nonsense.run(&[]).0, UNREADABLE);
    let bare = Place::with(SIGNED);
    std::fs::remove_file(bare.path("trust/root.der")).unwrap();
    assert_eq!(bare.run(&[]).0, UNREADABLE);
    assert_eq!(Place::with(b"%PDF-1.7").run(&[]).0, UNREADABLE);
}

#[test]
fn wrong_usage_is_refused_and_not_guessed() {
    let read = |words: &[&str]| Verification::read(words.iter().map(OsString::from));
    assert_eq!(read(&["--trust", "t"]), Err(UsageError::FileMissing));
    assert_eq!(
        read(&["f", "--trust"]),
        Err(UsageError::ValueMissing("--trust"))
    );
    let unknown = |word: &str| Err(UsageError::Unknown(word.to_owned()));
    assert_eq!(read(&["f", "g", "--trust", "t"]), unknown("g"));
    assert_eq!(read(&["f", "--trust", "t", "--jsn"]), unknown("--jsn"));
    assert_eq!(
        read(&["f", "--trust", "t", "--revocation", "maybe"]),
        Err(UsageError::Revocation("maybe".to_owned()))
    );
    assert_eq!(read(&["f", "--key", "abc"]), Err(UsageError::Key));
}
