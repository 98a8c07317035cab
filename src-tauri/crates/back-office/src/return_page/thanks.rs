//! What the customer's browser shows: words without data.

use std::sync::LazyLock;

use axum::{
    http::header,
    response::{Html, IntoResponse},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

/// Read from a metre away, on a phone or a desk's screen, in whatever light the browser is set to.
const STYLE: &str = "\
:root{color-scheme:light dark;font-family:\"Inter\",\"Segoe UI\",\"SF Pro Text\",\"Noto Sans\",\"Noto Sans Arabic\",\
\"Noto Sans KR\",\"DejaVu Sans\",system-ui,sans-serif}\
body{display:grid;place-content:center;justify-items:center;gap:1.25rem;box-sizing:border-box;min-block-size:100vh;\
margin:0;padding:2rem;background:light-dark(#f5f6f8,#14171c);color:light-dark(#161b22,#eef1f5);text-align:center}\
svg{inline-size:4.5rem;block-size:4.5rem;color:light-dark(#156c3a,#6fd39a)}\
h1{margin:0;font-size:clamp(1.75rem,6vmin,2.75rem);line-height:1.2}\
p{max-inline-size:34rem;margin:0;font-size:clamp(1.125rem,3.5vmin,1.375rem);line-height:1.5}";

const DONE: &str = "<svg viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" \
                    aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"10.5\"/><path d=\"M7 12.5l3.5 3.5L17 9\"/></svg>";

/// Nothing loads, and of what is in the page only that style works.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = STANDARD.encode(Sha256::digest(STYLE));
    format!("default-src 'none'; style-src 'sha256-{style}'; frame-ancestors 'none'")
});

/// A page in the customer's language, with no data and nothing to load.
pub fn page(lang: &str, known: bool) -> impl IntoResponse {
    let (lang, title, text) = match (lang, known) {
        ("fr", true) => (
            "fr",
            "Merci",
            "C’est terminé de votre côté. Vous pouvez fermer cette page.",
        ),
        ("it", true) => (
            "it",
            "Grazie",
            "Per lei è tutto. Può chiudere questa pagina.",
        ),
        ("ar", true) => (
            "ar",
            "شكرًا",
            "انتهى الأمر من جانبكم. يمكنكم إغلاق هذه الصفحة.",
        ),
        ("ko", true) => (
            "ko",
            "감사합니다",
            "완료되었습니다. 이 페이지를 닫으셔도 됩니다.",
        ),
        (_, true) => (
            "en",
            "Thank you",
            "You have finished. You can close this page.",
        ),
        (_, false) => (
            "fr",
            "Page inconnue",
            "Cette adresse n’est plus valable. / This address is no longer valid.",
        ),
    };
    let direction = if lang == "ar" { "rtl" } else { "ltr" };
    let sign = if known { DONE } else { "" };
    let html = format!(
        "<!doctype html><html lang=\"{lang}\" dir=\"{direction}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"referrer\" content=\"no-referrer\">\
         <title>{title}</title><style>{STYLE}</style></head><body>{sign}<h1>{title}</h1><p>{text}</p></body></html>"
    );
    (
        [
            (header::CACHE_CONTROL, "no-store"),
            (header::CONTENT_SECURITY_POLICY, POLICY.as_str()),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ],
        Html(html),
    )
}
