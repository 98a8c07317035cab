//! A dossier is found in whatever arrived of a create answer (quality R-03).

use id360_api::*;
use proptest::prelude::*;
use secrecy::ExposeSecret;

const KEY: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn answer() -> String {
    let padding = "x".repeat(1200);
    format!(
        r#"{{
  "url": "http://preprod.id360docaposte.com/private/api/1.0.0/enrollment/900042",
  "id": 900042,
  "process": 992,
  "api_key": "{KEY}",
  "browser_callback_url": "https://banque.exemple.test/{padding}?\"id\": 5,",
  "client_reference": null,
  "status": "NEW",
  "reason": null,
  "creation_time": "2025-11-12T09:00:03.400000",
  "starting_time": null,
  "finished_time": null;
  "callback_endpoints": [{{"url": "https://banque.exemple.test", "on": [], "headers": [{{"name": "api-key", "id": 6, "api_key": "wrong"}}]}}]
}}"#
    )
}

#[test]
fn a_whole_answer_of_the_guide_is_read_with_its_stray_semicolon() {
    let text = answer().replace("null;", "null;,");
    for bytes in [
        text.clone().into_bytes(),
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
    ] {
        let enrollment = Enrollment::read(&bytes).unwrap();
        assert_eq!(enrollment.id, EnrollmentId(900_042));
        assert_eq!(enrollment.api_key.unwrap().expose_secret(), KEY);
        assert_eq!(
            (enrollment.status, enrollment.process),
            (Status::New, Some(992))
        );
        assert_eq!(
            enrollment.creation_time.unwrap().to_rfc3339(),
            "2025-11-12T09:00:03.400+00:00"
        );
    }
}

#[test]
fn an_id_may_be_a_number_or_a_text() {
    for id in ["42", "\"42\"", "42.0", "\" 42 \""] {
        let text = format!(r#"{{"id":{id}}}"#);
        assert_eq!(
            Enrollment::read(text.as_bytes()).unwrap().id,
            EnrollmentId(42)
        );
    }
    for text in [
        "{}",
        r#"{"id":null}"#,
        r#"{"id":"x"}"#,
        r#"{"id":[1]}"#,
        "[]",
        "",
        "<html>",
    ] {
        assert!(Enrollment::read(text.as_bytes()).is_err());
    }
}

#[test]
fn wrong_types_elsewhere_do_not_matter() {
    let text = r#"{"id":1,"api_key":5,"status":{},"process":"x","creation_time":[],"reason":1}"#;
    let enrollment = Enrollment::read(text.as_bytes()).unwrap();
    assert_eq!((enrollment.process, enrollment.creation_time), (None, None));
}

#[test]
fn a_cut_at_every_byte_gives_what_had_fully_arrived_and_never_less() {
    let text = answer();
    let id_complete = text.find("900042,").unwrap() + "900042,".len();
    let key_complete = text.find(KEY).unwrap() + KEY.len() + 1;
    for cut in 0..=text.len() {
        let found = Enrollment::recover(&text.as_bytes()[..cut]);
        let id = found.as_ref().map(|(id, _)| *id);
        let key = found
            .and_then(|(_, key)| key)
            .map(|key| key.expose_secret().to_owned());
        assert_eq!(
            id,
            (cut >= id_complete).then_some(EnrollmentId(900_042)),
            "cut at {cut}"
        );
        assert_eq!(
            key.as_deref(),
            (cut >= key_complete).then_some(KEY),
            "cut at {cut}"
        );
    }
}

#[test]
fn a_key_that_came_before_its_id_is_not_lost() {
    let text = format!(r#"{{"api_key":"{KEY}","id":9"#);
    assert!(Enrollment::recover(text.as_bytes()).is_none());
    assert_eq!(
        Enrollment::recover_api_key(text.as_bytes())
            .unwrap()
            .expose_secret(),
        KEY
    );
}

#[test]
fn broken_bytes_around_the_key_do_not_hide_it() {
    let texts = [
        format!("\u{feff}{{\"id\":7,\"x\":tru,\"api_key\":\"{KEY}\",}}"),
        format!("HTTP noise {{\"id\":\"7\",\"api_key\":\"{KEY}\"}} trailing"),
        format!("{{\"id\":7,\"id\":7,\"api_key\":\"{KEY}\""),
        format!("{{\"id\":7,\"first\":[{{\"id\":8}}],\"api_key\":\"{KEY}\""),
    ];
    for text in texts {
        let (id, key) = Enrollment::recover(text.as_bytes()).unwrap();
        assert_eq!(id, EnrollmentId(7));
        assert_eq!(key.unwrap().expose_secret(), KEY);
    }
    let mut bytes = format!("{{\"id\":7,\"last_name\":\"?\",\"api_key\":\"{KEY}\"}}").into_bytes();
    let mark = bytes.iter().position(|byte| *byte == b'?').unwrap();
    bytes[mark] = 0xff;
    assert!(Enrollment::recover(&bytes).unwrap().1.is_some());
    assert!(Enrollment::read(&bytes).unwrap().api_key.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_readers_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Enrollment::read(&bytes);
        let _ = Enrollment::recover(&bytes);
        let _ = Report::read(&bytes);
    }

    #[test]
    fn what_is_read_is_also_recovered(id in any::<i64>(), key in "[!-~]{1,60}", spaced in any::<bool>()) {
        let value = serde_json::json!({ "api_key": key, "id": id, "x": { "id": 3 } });
        let text = if spaced { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        let read = Enrollment::read(text.as_bytes()).unwrap();
        let (found, recovered) = Enrollment::recover(text.as_bytes()).unwrap();
        prop_assert_eq!(read.id, found);
        prop_assert_eq!(found, EnrollmentId(id));
        prop_assert_eq!(read.api_key.unwrap().expose_secret().to_owned(), recovered.unwrap().expose_secret().to_owned());
    }
}
