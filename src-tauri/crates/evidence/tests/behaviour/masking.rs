use evidence::masking::{MASK, masked_json};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Plays the 50- and 128-character tokens of ID360.
const SHORT_TOKEN: &str = "5ec2e7aa5ec2e7aa5ec2e7aa5ec2e7aa5ec2e7aa5ec2e7aa5e";

fn masked(value: &Value) -> Value {
    serde_json::from_str(&masked_json(value.to_string().as_bytes())).unwrap()
}

#[test]
fn callback_headers_lose_their_values_and_keep_their_names() {
    let report = json!({
        "enrollment": {"callback_headers": [{"id": 1, "enrollment": 900042, "name": "api-key", "value": "s3cr3t"}]},
        "job": {"callback_headers": {"x-api-key": "s3cr3t", "Accept": "text/html"}},
        "callback_endpoints": [{"url": "https://desk.example/cb", "on": ["E"], "headers": [{"name": "X-Key", "value": "s3cr3t"}]}],
    });
    assert_eq!(
        masked(&report),
        json!({
            "enrollment": {"callback_headers": [{"id": 1, "enrollment": 900042, "name": "api-key", "value": MASK}]},
            "job": {"callback_headers": {"x-api-key": MASK, "Accept": MASK}},
            "callback_endpoints": [{"url": MASK, "on": ["E"], "headers": [{"name": "X-Key", "value": MASK}]}],
        })
    );
}

#[test]
fn a_header_is_one_under_any_name_and_as_a_pair_anywhere() {
    let report = json!({
        "callback_header": {"X-Auth": "s3cr3t"},
        "request": [{"name": "x-api-key", "value": "s3cr3t"}, {"Key": "Cookie", "Value": ["s3cr3t"]}],
        "fields": [{"name": "birth_name", "value": "VALMONTEL"}],
    });
    assert_eq!(
        masked(&report),
        json!({
            "callback_header": {"X-Auth": MASK},
            "request": [{"name": "x-api-key", "value": MASK}, {"Key": "Cookie", "Value": [MASK]}],
            "fields": [{"name": "birth_name", "value": "VALMONTEL"}],
        })
    );
}

#[test]
fn a_secret_of_several_words_is_masked_to_its_end() {
    let report = json!([
        "Authorization: ApiKey s3cr3t, then nothing",
        "Cookie: lang=fr; sessionid=s3cr3t",
        "password: \"ab, s3cr3t\" was wrong",
        "token=\"ab token=\"s3cr3t\"",
    ]);
    assert_eq!(
        masked(&report),
        json!([
            format!("Authorization: {MASK}, then nothing"),
            format!("Cookie: {MASK}"),
            format!("password: \"{MASK}\" was wrong"),
            format!("token=\"{MASK} token=\"{MASK}\""),
        ])
    );
}

#[test]
fn what_is_percent_encoded_hides_no_secret() {
    let report = json!([
        "next=https%3A%2F%2Fuser%3As3cr3t%40h.example%2F",
        "state%3Dx%26token%3ds3cr3t"
    ]);
    assert_eq!(
        masked(&report),
        json!([
            format!("next={MASK}"),
            format!("state%3Dx%26token%3d{MASK}")
        ])
    );
}

#[test]
fn internal_addresses_and_worker_names_are_masked() {
    let report = json!({
        "callback_url": "internal.example/hook", "browser_callback_url": "https://shop.example/retour?t=1",
        "worker_arn": "arn:aws:ecs:eu-west-3:000000000000:task/x", "note": "ran on arn:aws:ecs:eu-west-3:1:task/x today",
    });
    assert_eq!(
        masked(&report),
        json!({"callback_url": MASK, "browser_callback_url": MASK, "worker_arn": MASK, "note": format!("ran on {MASK} today")})
    );
}

#[test]
fn every_spelling_of_a_secret_key_is_recognised() {
    for key in [
        "api_key",
        "api-key",
        "apiKey",
        "x-api-key",
        "API KEY",
        "token",
        "Access_Token",
        "Authorization",
        "client_secret",
        "PASSWORD",
        "sessionToken",
        "refresh-token",
        "private_key",
    ] {
        assert_eq!(
            masked(&json!({key: {"deep": ["plain words", 42, true, null]}})),
            json!({key: {"deep": [MASK, MASK, MASK, null]}}),
            "{key}"
        );
    }
}

#[test]
fn a_link_to_a_document_says_which_page_and_nothing_else() {
    let report = json!([
        "https://preprod.id360docaposte.com/api/1.0.0/document/900101/file_contents/?page_number=1",
        "http://id360docaposte.com/private/api/1.0.0/document/900101/file_contents",
        "http://preprod.id360docaposte.com/private/api/1.0.0/enrollment/900042",
        "https://www.id360docaposte.com/static/process_ui/index.html#/enrollment/5ec2e7?lang=fr",
        "https://id360docaposte.com/document/900101/file_contents/?page_number=0&token=s3cr3t",
    ]);
    assert_eq!(
        masked(&report),
        json!([
            "document 900101 page 1",
            "document 900101 page 0",
            "enrollment 900042",
            MASK,
            MASK
        ])
    );
}

#[test]
fn tokens_inside_sentences_are_masked_and_the_sentences_stay() {
    let report = json!({
        "a": format!("refused with {SHORT_TOKEN}, twice"),
        "b": "Authorization: Token abc123def456, then nothing",
        "c": "sent api_key=abc123&lang=fr",
        "d": "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl expired",
        "e": "password: \"hunter2\" was wrong",
        "f": r#"{"x-api-key":"abc123","kept":"yes"}"#,
    });
    assert_eq!(
        masked(&report),
        json!({
            "a": format!("refused with {MASK}, twice"),
            "b": format!("Authorization: Token {MASK}, then nothing"),
            "c": format!("sent api_key={MASK}"),
            "d": format!("{MASK} expired"),
            "e": format!("password: \"{MASK}\" was wrong"),
            "f": format!(r#"{{"x-api-key":"{MASK}","kept":"yes"}}"#),
        })
    );
}

#[test]
fn what_an_officer_needs_stays_readable() {
    let report = json!({
        "hash": "00000000000000000000000000000a01", "sha256_hash": "ab".repeat(32), "id": "0000000000000000000000a1",
        "identity": {"name": "VALMONTEL", "birth_date": "1978-02-14", "email": "ondine@example.com"},
        "mrz": "IDFRAVALMONTEL################999001", "is_valid": false, "score": 42.78,
        "message": "1 validations failed: IDENTITY_DOCUMENT.expired. max allowed: 0",
        "said": "the token is refused",
        "external_methods": {"id_num": {"results": {"id_num_out_token": [{"payload": {"family_name": "VALMONTEL"}}]}}},
        "process_uuid": "00000000-0000-4000-8000-000000000992",
    });
    assert_eq!(masked(&report), report);
}

#[test]
fn the_signature_of_the_report_itself_is_public_and_what_looks_like_it_elsewhere_is_not() {
    let signature = "0f".repeat(64);
    let block = json!({"sha256_hash": "ab".repeat(32), "algorithm": "EdDSA", "curve": "Ed25519",
        "public_key_url": "https://id360.example/keys/report.pem", "signature": signature});
    let report = json!({"version": 1, "signature": block});
    assert_eq!(masked(&report), report);

    let masked = masked(&json!({
        "steps": {"signature": {"signature": signature}},
        "other": {"signature": {"signature": signature, "public_key_url": "https://id360.example/keys/report.pem"}},
        "signature": {"signature": signature, "token": "abc", "note": signature,
            "public_key_url": "https://id360.example/keys?token=abc"},
    }));
    assert_eq!(
        masked,
        json!({
            "steps": {"signature": {"signature": MASK}},
            "other": {"signature": {"signature": MASK, "public_key_url": MASK}},
            "signature": {"signature": signature, "token": MASK, "note": MASK, "public_key_url": MASK},
        })
    );
    for longer in [
        format!("{signature}0f"),
        format!("{signature} x"),
        "5e".repeat(25),
    ] {
        let text = masked_json(
            json!({"signature": {"signature": longer}})
                .to_string()
                .as_bytes(),
        );
        assert!(!text.contains(&longer[..50]), "{text}");
    }
}

#[test]
fn keys_stay_in_the_order_they_came_in() {
    let text = masked_json(br#"{"zulu": 1, "alpha": 2, "mike": {"b": 1, "a": 2}}"#);
    assert_eq!(
        text,
        "{\n  \"zulu\": 1,\n  \"alpha\": 2,\n  \"mike\": {\n    \"b\": 1,\n    \"a\": 2\n  }\n}"
    );
}

#[test]
fn what_is_not_json_is_never_shown_as_it_came() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for raw in [
        "",
        "<html>s3cr3t</html>",
        "{\"api_key\": \"s3cr3t\"",
        "[1e400]",
        &deep,
    ] {
        let text = masked_json(raw.as_bytes());
        let said: String = serde_json::from_str(&text).unwrap();
        assert!(
            said.starts_with("invalid JSON") && !said.contains("s3cr3t"),
            "{said}"
        );
    }
}

#[test]
fn a_byte_order_mark_or_a_foreign_byte_does_not_hide_the_report() {
    assert_eq!(masked_json(b"\xEF\xBB\xBF{\"a\":1}"), "{\n  \"a\": 1\n}");
    assert_eq!(
        masked_json(b"{\"a\":\"\xE9\"}"),
        "{\n  \"a\": \"\u{FFFD}\"\n}"
    );
}

/// JSON of any shape around a planted value.
fn around(inner: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Value> {
    let filler = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let key = prop::sample::select(vec![
        "steps",
        "results",
        "result",
        "on",
        "datas",
        "id_num_out_token",
        "identity",
        "name",
    ]);
    inner.prop_recursive(6, 24, 4, move |inside| {
        prop_oneof![
            (key.clone(), inside.clone(), ".{0,8}", filler.clone())
                .prop_map(|(key, value, other, filler)| json!({key: value, other: filler})),
            (prop::collection::vec(filler.clone(), 0..3), inside.clone()).prop_map(
                |(mut items, value)| {
                    items.push(value);
                    Value::Array(items)
                }
            ),
            inside.prop_map(|value| Value::String(value.to_string())),
        ]
    })
}

fn planted() -> impl Strategy<Value = (String, Value)> {
    let hex = prop_oneof![Just(50usize), Just(128), 65usize..128]
        .prop_flat_map(|length| {
            prop::collection::vec(prop::sample::select(b"0123456789abcdef".to_vec()), length)
        })
        .prop_map(|digits| String::from_utf8(digits).unwrap());
    let any_secret = "[A-Za-z0-9_~+-]{12,40}S3";
    let key = prop::sample::select(vec![
        "api_key",
        "X-Api-Key",
        "token",
        "authorization",
        "clientSecret",
        "password",
        "callback_url",
        "worker_arn",
    ]);
    let sentence = prop::sample::select(vec!["", "refused ", "x=", "(", "/", "é", "api_key: "]);
    prop_oneof![
        (sentence, hex, ".{0,4}").prop_map(|(before, secret, after)| {
            let after: String = after.chars().filter(|c| !c.is_ascii_hexdigit()).collect();
            (secret.clone(), json!(format!("{before}{secret}{after}")))
        }),
        (key, any_secret).prop_map(|(key, secret)| (secret.clone(), json!({key: secret}))),
        any_secret.prop_map(|secret| (
            secret.clone(),
            json!({"callback_headers": {"name": [secret]}})
        )),
        any_secret.prop_map(|secret| (
            secret.clone(),
            json!({"callback_headers": [{"name": "k", "value": secret}]})
        )),
        any_secret.prop_map(|secret| (
            secret.clone(),
            json!(format!("see https://h.example/{secret}?a=1 for more"))
        )),
        any_secret.prop_map(|secret| (
            secret.clone(),
            json!(format!("Authorization: Token {secret}"))
        )),
        any_secret.prop_map(|secret| (secret.clone(), json!(format!("token={secret}")))),
    ]
}

proptest! {
    #[test]
    fn a_planted_secret_never_comes_out(
        (secret, report) in planted().prop_flat_map(|(secret, value)| (Just(secret), around(Just(value))))
    ) {
        let text = masked_json(report.to_string().as_bytes());
        prop_assert!(!text.contains(&secret), "{text}");
    }

    #[test]
    fn masking_twice_is_masking_once(report in planted().prop_flat_map(|(_, value)| around(Just(value)))) {
        let once = masked_json(report.to_string().as_bytes());
        prop_assert_eq!(masked_json(once.as_bytes()), once.clone());
    }

    #[test]
    fn any_bytes_give_json(raw in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(serde_json::from_str::<Value>(&masked_json(&raw)).is_ok());
    }
}
