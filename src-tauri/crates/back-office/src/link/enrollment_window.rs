//! The customer's pages in a window of the desk's own, where their process wants them there.

use std::sync::Mutex;

use dossiers::DossierId;
use secrecy::{ExposeSecret as _, SecretString};
use url::{Host, Url};

use super::words::Words;
use crate::{
    desk::{Desk, locked},
    ports::{EnrollmentToOpen, OpenedEnrollment},
    views::{link::EnrollmentWindowView, settings::EnrollmentPages},
};

/// Whose pages are in the window.
#[derive(Debug, Default)]
pub(crate) struct InWindow(Mutex<Option<(DossierId, OpenedEnrollment)>>);

impl InWindow {
    pub(crate) fn view(&self, id: DossierId) -> Option<EnrollmentWindowView> {
        let (dossier, OpenedEnrollment { camera, .. }) = (*locked(&self.0))?;
        (dossier == id).then_some(EnrollmentWindowView { camera })
    }

    /// Whose window that was.
    fn take(&self, number: u64) -> Option<DossierId> {
        locked(&self.0)
            .take_if(|(_, opened)| opened.number == number)
            .map(|(id, _)| id)
    }
}

impl EnrollmentToOpen {
    /// Whether its pages may lead the window there: anywhere on the public web, since an enrollment may pass through
    /// a provider of electronic identities, to where they came from, and back to the desk. Never to the desk's own
    /// pages, to files, or to what else listens on this computer.
    pub fn may_go_to(&self, url: &Url) -> bool {
        let comes_back = || {
            url.scheme() == "http"
                && url.host() == Some(Host::Ipv4(std::net::Ipv4Addr::LOCALHOST))
                && self.return_port.is_some()
                && url.port() == self.return_port
        };
        // On Windows the desk's own pages are on such a host.
        let ours = url
            .host_str()
            .is_some_and(|host| host == "localhost" || host.ends_with(".localhost"));
        let own =
            Url::parse(self.link.expose_secret()).is_ok_and(|link| link.origin() == url.origin());
        // Frames that a page writes itself begin there.
        let blank = url.as_str() == "about:blank";
        blank || own || comes_back() || url.scheme() == "https" && url.has_host() && !ours
    }
}

impl Desk {
    /// Where a process opens its pages on this computer. La Poste's digital identity works in no such window
    /// (facts §H).
    pub(crate) fn enrollment_pages(&self, process: &str) -> EnrollmentPages {
        match self.preferences().process(process) {
            Some(process) if !process.la_poste_identity => process.enrollment_pages,
            _ => EnrollmentPages::Browser,
        }
    }

    /// False when there is no window to be had.
    pub(super) async fn open_in_window(
        &self,
        id: DossierId,
        link: SecretString,
        lang: &str,
    ) -> bool {
        let enrollment = EnrollmentToOpen {
            link,
            camera: Words::of(lang).camera,
            return_port: self.return_page().port(),
        };
        let Some(opened) = self.ports().enrollment_window.open(enrollment).await else {
            return false;
        };
        let before = locked(&self.enrollment_window().0).replace((id, opened));
        if let Some((other, _)) = before
            && other != id
        {
            self.announce(other).await;
        }
        true
    }

    /// That window was closed, by whomever. A locked desk leaves it open: the customer is in the middle of it.
    pub async fn enrollment_window_closed(&self, number: u64) {
        if let Some(id) = self.enrollment_window().take(number) {
            self.announce(id).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened_on(link: &str) -> EnrollmentToOpen {
        EnrollmentToOpen {
            link: link.into(),
            camera: Words::of("fr").camera,
            return_port: Some(41_000),
        }
    }

    #[test]
    fn a_customer_goes_through_the_public_web_and_comes_back() {
        let opened = opened_on("https://id360docaposte.com/static/index.html#/enrollment/k");
        for url in [
            "https://id360docaposte.com/static/index.html#/enrollment/k?lang=fr",
            "https://app.franceconnect.gouv.fr/api/v2/authorize?x=1",
            "http://127.0.0.1:41000/retour/abc?token=t",
            "blob:https://id360docaposte.com/1",
            "about:blank",
        ] {
            assert!(opened.may_go_to(&url.parse().unwrap()), "{url}");
        }
    }

    #[test]
    fn a_page_leads_the_window_neither_into_the_desk_nor_into_this_computer() {
        let opened = opened_on("https://id360docaposte.com/static/index.html#/enrollment/k");
        for url in [
            "tauri://localhost/index.html",
            "https://tauri.localhost/index.html",
            "http://tauri.localhost/index.html",
            "document://localhost/0199-a/1/1/0/screen",
            "http://document.localhost/0199-a/1/1/0/screen",
            "ipc://localhost/list_dossiers",
            "https://localhost/",
            "http://127.0.0.1:41001/",
            "http://127.0.0.1/",
            "http://localhost:41000/retour/abc",
            "http://192.168.1.1/",
            "http://id360docaposte.com/",
            "file:///etc/passwd",
            "data:text/html,x",
            "javascript:alert(1)",
            "blob:https://evil.example/1",
            "about:srcdoc2",
            "mailto:a@b.example",
        ] {
            assert!(!opened.may_go_to(&url.parse().unwrap()), "{url}");
        }
    }

    #[test]
    fn a_sandbox_without_tls_stays_among_its_own_pages() {
        let opened = opened_on("http://127.0.0.1:5000/static/process_ui/index.html#/enrollment/k");
        assert!(opened.may_go_to(&"http://127.0.0.1:5000/other".parse().unwrap()));
        assert!(!opened.may_go_to(&"http://127.0.0.1:5001/".parse().unwrap()));
    }
}
