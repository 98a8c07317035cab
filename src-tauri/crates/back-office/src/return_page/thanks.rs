//! What the customer's browser shows: words without data.

use axum::{
    http::header,
    response::{Html, IntoResponse},
};

/// A plain page in the customer's language, with no data and nothing to load.
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
    let html = format!(
        "<!doctype html><html lang=\"{lang}\" dir=\"{direction}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"referrer\" content=\"no-referrer\">\
         <title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
    );
    (
        [
            (header::CACHE_CONTROL, "no-store"),
            (
                header::CONTENT_SECURITY_POLICY,
                "default-src 'none'; frame-ancestors 'none'",
            ),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ],
        Html(html),
    )
}
