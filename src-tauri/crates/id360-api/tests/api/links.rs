//! What may be handed to a browser (quality W-01), and what an environment may be.

use id360_api::*;
use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretString};

const PAGE: &str = "https://id360docaposte.com/static/process_ui/index.html#/enrollment/00ff";

fn environments() -> [Environment; 4] {
    [
        Environment::production(),
        Environment::pre_production(),
        Environment::custom("http://127.0.0.1:4321", "http://127.0.0.1:4321").unwrap(),
        Environment::custom(
            "https://relais.exemple.test:8443/id360",
            "https://relais.exemple.test:8443",
        )
        .unwrap(),
    ]
}

#[test]
fn a_link_we_build_is_admitted_where_it_was_built_and_nowhere_else() {
    let key = SecretString::from("0123456789abcdef".repeat(8));
    for (number, environment) in environments().iter().enumerate() {
        for lang in [None, Some("fr"), Some("en"), Some("pt-BR")] {
            let link = environment.enrollment_link(&key, lang);
            for (other, elsewhere) in environments().iter().enumerate() {
                assert_eq!(elsewhere.admits_link(link.expose_secret()), number == other);
            }
        }
    }
}

#[test]
fn a_link_has_the_documented_form() {
    let key = SecretString::from("00ff");
    let link = Environment::production().enrollment_link(&key, Some("fr"));
    assert_eq!(link.expose_secret(), format!("{PAGE}?lang=fr"));
    let link = Environment::production().enrollment_link(&key, Some("fr&x=1"));
    assert_eq!(link.expose_secret(), PAGE);
    let odd = SecretString::from("a/b?c#d");
    let link = Environment::production().enrollment_link(&odd, None);
    assert!(link.expose_secret().ends_with("#/enrollment/a%2Fb%3Fc%23d"));
}

#[test]
fn both_hosts_of_production_and_its_explicit_port_are_admitted() {
    let production = Environment::production();
    assert!(production.admits_link(PAGE));
    assert!(production.admits_link(&PAGE.replace("//", "//www.")));
    assert!(production.admits_link(&PAGE.replace(".com/", ".com:443/")));
    assert!(!Environment::pre_production().admits_link(&PAGE.replace("//", "//www.preprod.")));
}

#[test]
fn known_tricks_are_refused() {
    let good = "https://id360docaposte.com/static/process_ui/index.html";
    let tricks = [
        "".to_owned(),
        good.to_owned(),
        format!("{good}#/enrollment/"),
        format!("{good}#/enrollment/00ff/x"),
        format!("{good}#/enrollment/00ff?lang=fra"),
        format!("{good}#/enrollment/00ff?lang=fr&x=1"),
        format!("{good}#/other/00ff"),
        format!("{good}?x=1#/enrollment/00ff"),
        format!(" {PAGE}"),
        format!("{PAGE}\n"),
        PAGE.replace("https", "http"),
        PAGE.replace("https:", "HTTPS:"),
        PAGE.replace("https", "javascript"),
        PAGE.replace("https://", "https:"),
        PAGE.replace("https://", "https:\\\\"),
        PAGE.replace("https://", "https:///"),
        PAGE.replace("//", "//user@"),
        PAGE.replace("//", "//@"),
        PAGE.replace("//", "//id360docaposte.com:443@exemple.test/"),
        PAGE.replace(".com", ".com.exemple.test"),
        PAGE.replace(".com", ".com."),
        PAGE.replace(".com", ".com:444"),
        PAGE.replace(".com", ".com:80"),
        PAGE.replace("id360", "ID360"),
        PAGE.replace("id360", "іd360"),
        PAGE.replace("id360docaposte", "id360docapost%65"),
        PAGE.replace("/static/", "/static/../static/"),
        PAGE.replace("/static/", "//static/"),
        PAGE.replace("/static/", "/%73tatic/"),
        PAGE.replace("/static/", "\\static/"),
        PAGE.replace("index.html", "index.html/"),
        PAGE.replace("00ff", "00 ff"),
        PAGE.replace("00ff", "<script>"),
        "file:///etc/passwd".to_owned(),
        "smb://id360docaposte.com/static/process_ui/index.html#/enrollment/00ff".to_owned(),
    ];
    for trick in tricks {
        assert!(!Environment::production().admits_link(&trick), "{trick}");
    }
}

/// What fuzzing begins with, and what it found.
#[test]
fn no_address_of_the_corpus_is_handed_to_a_browser() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/links");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let address = std::fs::read(&path).unwrap();
        let address = String::from_utf8_lossy(&address);
        for environment in environments() {
            assert!(!environment.admits_link(&address), "{path:?}");
        }
        let _ = Environment::custom(&address, &address);
        count += 1;
    }
    assert!(count >= 20, "{count}");
}

/// One hostile edit of a good link.
fn hostile() -> impl Strategy<Value = String> {
    let insertions = prop::sample::select(vec![
        "@",
        ":",
        "\\",
        "/",
        "?",
        "#",
        "%00",
        "%2f",
        " ",
        "\t",
        "\u{202e}",
        ".",
        "..",
        "user@",
        ":8443",
        ".exemple.test",
        "а",
        "//",
        "&",
        ";",
        "\u{ff0e}",
        "xn--",
        "javascript:",
    ]);
    let inside = (0..PAGE.len() - "/enrollment/00ff".len(), insertions)
        .prop_map(|(at, text)| format!("{}{text}{}", &PAGE[..at], &PAGE[at..]));
    let replaced = (0..PAGE.len() - "#/enrollment/00ff".len(), any::<char>())
        .prop_map(|(at, character)| format!("{}{character}{}", &PAGE[..at], &PAGE[at + 1..]));
    let schemes = prop::sample::select(vec![
        "http",
        "file",
        "ftp",
        "data",
        "javascript",
        "ws",
        "smb",
    ])
    .prop_map(|scheme| PAGE.replacen("https", scheme, 1));
    let hosts = "[a-z0-9.-]{1,30}".prop_map(|host| PAGE.replace("id360docaposte.com", &host));
    let paths = "[ -~]{0,40}"
        .prop_map(|path| format!("https://id360docaposte.com/{path}#/enrollment/00ff"));
    let fragments = "[^a-zA-Z0-9._~%?-][ -~]{0,20}".prop_map(|rest| format!("{PAGE}{rest}"));
    prop_oneof![
        inside, replaced, schemes, hosts, paths, fragments, ".{0,60}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_hostile_link_is_admitted(link in hostile()) {
        let good = [PAGE.to_owned(), PAGE.replace("//", "//www."), PAGE.replace(".com/", ".com:443/")];
        prop_assume!(!good.contains(&link));
        prop_assert!(!Environment::production().admits_link(&link), "{link}");
    }
}

#[test]
fn an_environment_is_https_or_on_this_machine() {
    let refused = [
        ("http://id360docaposte.com", EnvironmentError::Scheme),
        ("http://127.0.0.1.exemple.test", EnvironmentError::Scheme),
        ("ftp://127.0.0.1", EnvironmentError::Scheme),
        (
            "https://user@relais.exemple.test",
            EnvironmentError::Credentials,
        ),
        (
            "https://relais.exemple.test/?x=1",
            EnvironmentError::Trailing,
        ),
        ("https://relais.exemple.test/#x", EnvironmentError::Trailing),
        ("relais", EnvironmentError::Invalid),
        ("", EnvironmentError::Invalid),
    ];
    for (base, expected) in refused {
        assert_eq!(
            Environment::custom(base, "https://exemple.test").unwrap_err(),
            expected,
            "{base}"
        );
        assert_eq!(
            Environment::custom("https://exemple.test", base).unwrap_err(),
            expected,
            "{base}"
        );
    }
    for base in [
        "http://127.0.0.1:1",
        "http://[::1]:1",
        "http://localhost:1",
        "https://relais.exemple.test",
    ] {
        assert!(Environment::custom(base, base).is_ok(), "{base}");
    }
    let full = Environment::custom(
        "https://relais.exemple.test:8443/api/1.0.0/",
        "https://exemple.test",
    );
    assert_eq!(full.unwrap().host(), "relais.exemple.test:8443");
}
