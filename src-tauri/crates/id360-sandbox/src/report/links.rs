//! Links inside answers, in the good form and in the bad ones (facts §A, §J.5).

use crate::options::LinkForm;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Links<'a> {
    pub form: LinkForm,
    pub base_url: &'a str,
}

impl Links<'_> {
    /// `path` is what follows `/api/1.0.0/`.
    pub(crate) fn api(&self, path: &str) -> String {
        let base = match self.form {
            LinkForm::Own => format!("{}/api", self.base_url),
            LinkForm::Private => format!("{}/private/api", self.base_url),
            LinkForm::Http => "http://preprod.id360docaposte.com/private/api".to_owned(),
            LinkForm::Www => "https://www.id360docaposte.com/api".to_owned(),
            LinkForm::Foreign => "https://sandbox-stranger.invalid/api".to_owned(),
        };
        format!("{base}/1.0.0/{path}")
    }

    pub(crate) fn page(&self, document_id: i64, page_number: u32) -> String {
        self.api(&format!(
            "document/{document_id}/file_contents/?page_number={page_number}"
        ))
    }
}
