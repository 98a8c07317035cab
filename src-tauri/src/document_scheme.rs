//! `document://localhost/{dossier}/{document}/{page}/{sheet}/{screen|thumbnail}`: pictures to the window, from memory,
//! never stored. Those of a checked container are at `document://localhost/checked/{check}/{position}/{sheet}/screen`,
//! and a link that is being shown, as a QR code, at `document://localhost/link/{ticket}/{language}`.

use crate::{customer_window, window};
use back_office::{Desk, PagePicture, PictureSize, Shot, views::error::ErrorCode};
use http::{Request, Response, StatusCode, header};
use tauri::{AppHandle, Manager as _, Runtime, UriSchemeResponder};

pub const SCHEME: &str = "document";
/// No dossier has that id.
const CHECKED: &str = "checked";

/// `asker`: the label of the window that asks. A page that is not the desk's own gets no picture at all.
pub fn answer<R: Runtime>(
    app: &AppHandle<R>,
    asker: &str,
    request: &Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let page = page_of(request).filter(|_| asker == window::LABEL);
    let link =
        link_of(request).filter(|_| [window::LABEL, customer_window::LABEL].contains(&asker));
    let desk = app.state::<Desk>().inner().clone();
    tauri::async_runtime::spawn(async move {
        let picture = match page {
            _ if desk.is_locked() => Err(ErrorCode::Locked),
            Some(asked) if asked.dossier == CHECKED => {
                desk.checked_picture(&asked.document, asked.page).await
            }
            Some(asked) => {
                let Asked {
                    dossier,
                    document,
                    page,
                    shot,
                } = asked;
                desk.page(&dossier, &document, page, shot).await
            }
            None => match link {
                Some((ticket, lang)) => desk.link_picture(&ticket, Some(&lang)).await,
                None => Err(ErrorCode::NotFound),
            },
        };
        responder.respond(response(picture));
    });
}

#[derive(Debug, PartialEq, Eq)]
struct Asked {
    dossier: String,
    document: String,
    page: u32,
    shot: Shot,
}

/// The five parts of the path, when it is exactly that.
fn page_of(request: &Request<Vec<u8>>) -> Option<Asked> {
    let mut parts = request.uri().path().trim_start_matches('/').split('/');
    let (dossier, document, page) = (parts.next()?, parts.next()?, parts.next()?);
    let sheet = parts.next()?.parse().ok()?;
    let size = match parts.next()? {
        "screen" => PictureSize::Screen,
        "thumbnail" => PictureSize::Thumbnail,
        _ => return None,
    };
    if parts.next().is_some() || request.method() != http::Method::GET {
        return None;
    }
    let plain = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if !plain(dossier) || !plain(document) {
        return None;
    }
    Some(Asked {
        dossier: dossier.to_owned(),
        document: document.to_owned(),
        page: page.parse().ok()?,
        shot: Shot { sheet, size },
    })
}

/// The ticket and the language of a link that is shown.
fn link_of(request: &Request<Vec<u8>>) -> Option<(String, String)> {
    let (ticket, lang) = request
        .uri()
        .path()
        .strip_prefix("/link/")?
        .split_once('/')?;
    let sound = !ticket.is_empty()
        && ticket.bytes().all(|byte| byte.is_ascii_hexdigit())
        && (2..=8).contains(&lang.len())
        && lang
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && request.method() == http::Method::GET;
    sound.then(|| (ticket.to_owned(), lang.to_owned()))
}

fn response(picture: Result<PagePicture, ErrorCode>) -> Response<Vec<u8>> {
    let (status, mime, bytes) = match picture {
        Ok(picture) => (StatusCode::OK, picture.mime, picture.bytes.to_vec()),
        Err(error) => (status_of(error), "text/plain", Vec::new()),
    };
    let mut response = Response::new(bytes);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, mime),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ),
    ] {
        headers.insert(name, header::HeaderValue::from_static(value));
    }
    response
}

/// For the log of the webview; the window asks `get_page_trouble` for the reason.
fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::NotSignedIn | ErrorCode::SessionExpired | ErrorCode::RegisterClosed => {
            StatusCode::FORBIDDEN
        }
        ErrorCode::NotFound | ErrorCode::NoVerdictYet => StatusCode::NOT_FOUND,
        ErrorCode::DocumentGone => StatusCode::GONE,
        ErrorCode::FormatNotShown => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ErrorCode::PictureDamaged => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::BAD_GATEWAY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(uri: &str) -> Option<Asked> {
        page_of(&Request::get(uri).body(Vec::new()).unwrap())
    }

    #[test]
    fn a_picture_is_named_by_its_ids_sheet_and_size_and_nothing_else() {
        let expected = Some(Asked {
            dossier: "0199-a".to_owned(),
            document: "900101".to_owned(),
            page: 1,
            shot: Shot {
                sheet: 2,
                size: PictureSize::Screen,
            },
        });
        assert_eq!(
            asked("document://localhost/0199-a/900101/1/2/screen?attempt=2"),
            expected
        );
        for uri in [
            "document://localhost/",
            "document://localhost/a/b",
            "document://localhost/a/b/1",
            "document://localhost/a/b/1/0/large",
            "document://localhost/a/b/1/0/screen/2",
            "document://localhost/a/../1/0/screen",
            "document://localhost/a/b%2f/1/0/screen",
            "document://localhost/a/b/-1/0/screen",
            "document://localhost/a/b/1/-1/screen",
        ] {
            assert_eq!(asked(uri), None, "{uri}");
        }
    }

    #[test]
    fn a_link_is_named_by_a_ticket_and_a_language_and_nothing_else() {
        let named = |uri: &str| link_of(&Request::get(uri).body(Vec::new()).unwrap());
        assert_eq!(
            named("document://localhost/link/0a1b/fr"),
            Some(("0a1b".to_owned(), "fr".to_owned()))
        );
        for uri in [
            "document://localhost/link/",
            "document://localhost/link/0a1b",
            "document://localhost/link//fr",
            "document://localhost/link/0a1b/",
            "document://localhost/link/0a1b/fr/more",
            "document://localhost/link/0a1b/fr%26x",
            "document://localhost/link/0199-a/fr",
            "document://localhost/checked/0a1b/fr",
        ] {
            assert_eq!(named(uri), None, "{uri}");
        }
    }

    #[test]
    fn every_answer_forbids_storing_sniffing_and_running() {
        let picture = PagePicture {
            bytes: vec![1].into(),
            mime: "image/jpeg",
        };
        for answer in [
            Ok(picture),
            Err(ErrorCode::DocumentGone),
            Err(ErrorCode::FormatNotShown),
        ] {
            let response = response(answer);
            assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
            assert_eq!(
                response.headers()[header::X_CONTENT_TYPE_OPTIONS],
                "nosniff"
            );
            let policy = &response.headers()[header::CONTENT_SECURITY_POLICY];
            assert_eq!(policy, "default-src 'none'; sandbox");
        }
    }
}
