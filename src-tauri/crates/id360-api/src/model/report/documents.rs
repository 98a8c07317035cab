//! Documents of a report (facts §F.5). Links are read for their ids only; where they point does not matter, since
//! every download is rebuilt on the configured base (facts §A).

use super::path;
use crate::model::json::{self, Node, Object, Shape};

/// What is read of the `documents` part.
pub const SHAPE: Shape = Shape::Each(&Shape::Only(&[
    ("name", Shape::Whole),
    ("status", Shape::Whole),
    (
        "files",
        Shape::Only(&[
            ("url", Shape::Whole),
            ("hash", Shape::Whole),
            ("hash_algorithm", Shape::Whole),
        ]),
    ),
]));

/// What [`of_inputs`] and [`add_hashes_of_steps`] read of a report.
pub const INPUTS: Shape = Shape::Only(&[
    ("all_input_files", Shape::Whole),
    ("all_input_files_statuses", Shape::Whole),
    ("input_files_hashes", Shape::Whole),
    (
        "steps",
        Shape::Each(&Shape::Only(&[
            ("input_files", Shape::Whole),
            ("input_files_hashes", Shape::Whole),
        ])),
    ),
]);

/// One document, such as the identity card with its two sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportDocument {
    /// `identity`, `selfie`, `liveness`, `bank_details`, …
    pub family: String,
    /// `id_document_image`, `liveness_video$0`, …
    pub name: String,
    /// `VALID`, `INVALID`, `COLLECTED`, or whatever comes next.
    pub status: Option<String>,
    pub pages: Vec<ReportPage>,
    pub json_path: String,
}

/// One file of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportPage {
    /// Digits; what [`crate::Client::document_page`] takes.
    pub document_id: String,
    /// 0 = front, 1 = back.
    pub page_number: u32,
    /// As written in the report.
    pub hash: Option<String>,
    /// `MD5`, as written in the report.
    pub hash_algorithm: Option<String>,
}

impl ReportDocument {
    fn is_refused(&self) -> bool {
        let is = |word: &str| {
            self.status
                .as_ref()
                .is_some_and(|status| status.eq_ignore_ascii_case(word))
        };
        ["INVALID", "KO", "FAILED"].into_iter().any(is)
    }
}

impl ReportPage {
    /// Whether both are one file of one document.
    fn is_at(&self, other: &Self) -> bool {
        self.document_id == other.document_id && self.page_number == other.page_number
    }
}

/// Documents of the `documents` part.
pub fn read(root: &Object<'_>) -> Vec<ReportDocument> {
    let mut found = Vec::new();
    let families = root.get("documents").and_then(Node::as_object);
    for (key, entries) in families.into_iter().flat_map(Object::sorted) {
        let base = path::member("$.documents", key);
        let family = if key == "identity_document" {
            "identity"
        } else {
            key
        };
        for (position, entry) in as_list(entries).iter().enumerate() {
            found.extend(document(family, entry, path::index(&base, position)));
        }
    }
    merge_twins(&mut found);
    found
}

/// Of a report without that part (version 1): documents of `all_input_files`; where there are none, those of the
/// steps' `input_files`.
pub fn of_inputs(root: &Object<'_>) -> Vec<ReportDocument> {
    let mut found = Vec::new();
    from_links(root, "$", "all_input_files", &mut found);
    for status in &mut found {
        status.status = root
            .get("all_input_files_statuses")
            .and_then(|part| part.get(&status.name))
            .and_then(|part| part.get("status"))
            .and_then(json::text);
    }
    if found.is_empty() {
        let steps = root.get("steps").and_then(Node::as_object);
        for (name, step) in steps.into_iter().flat_map(Object::sorted) {
            if let Some(step) = step.as_object() {
                from_links(
                    step,
                    &path::member("$.steps", name),
                    "input_files",
                    &mut found,
                );
            }
        }
    }
    found
}

fn document(family: &str, entry: &Node<'_>, json_path: String) -> Option<ReportDocument> {
    let object = entry.as_object()?;
    let files = object.get("files").map(as_list).unwrap_or_default();
    Some(ReportDocument {
        family: family.to_owned(),
        name: object
            .get("name")
            .and_then(json::text)
            .unwrap_or_else(|| family.to_owned()),
        status: object.get("status").and_then(json::text),
        pages: files
            .iter()
            .enumerate()
            .filter_map(|(index, file)| page(file, index))
            .collect(),
        json_path,
    })
}

fn page(file: &Node<'_>, position: usize) -> Option<ReportPage> {
    let link = match file {
        Node::Text(link) => link.clone().into_owned(),
        _ => file.get("url").and_then(json::text)?,
    };
    let (document_id, page_number) = ids_of(&link)?;
    Some(ReportPage {
        document_id,
        page_number: page_number.or_else(|| u32::try_from(position).ok())?,
        hash: file.get("hash").and_then(json::text),
        hash_algorithm: file.get("hash_algorithm").and_then(json::text),
    })
}

/// `name → [links]`, as in `all_input_files`.
fn from_links(parent: &Object<'_>, base: &str, part: &str, found: &mut Vec<ReportDocument>) {
    let hashes = parent.get("input_files_hashes");
    let base = path::member(base, part);
    let names = parent.get(part).and_then(Node::as_object);
    for (name, links) in names.into_iter().flat_map(Object::sorted) {
        let hashes = hashes.and_then(|part| part.get(name));
        let algorithm = hashes
            .and_then(|part| part.get("algorithm"))
            .and_then(json::text);
        let listed = as_list(links)
            .iter()
            .enumerate()
            .filter_map(|(index, link)| {
                let mut page = page(link, index)?;
                page.hash = hashes
                    .and_then(|part| part.get("hashes"))
                    .and_then(|part| part.at(index))
                    .and_then(json::text);
                page.hash_algorithm = page.hash.is_some().then(|| algorithm.clone()).flatten();
                Some(page)
            });
        match found.iter_mut().find(|document| document.name == name) {
            // Not every step is given all pages of a document.
            Some(known) => {
                for page in listed {
                    if !known.pages.iter().any(|other| other.is_at(&page)) {
                        known.pages.push(page);
                    }
                }
                known.pages.sort_by_key(|page| page.page_number);
            }
            None => found.push(ReportDocument {
                family: family_of(name).to_owned(),
                name: name.to_owned(),
                status: None,
                pages: listed.collect(),
                json_path: path::member(&base, name),
            }),
        }
    }
}

/// Whether some page has no hash yet.
pub fn lack_hashes(documents: &[ReportDocument]) -> bool {
    let mut pages = documents.iter().flat_map(|document| &document.pages);
    pages.any(|page| page.hash.is_none())
}

/// Hashes that only the steps state, for the pages that have none (version 1, and links without a hash of their own).
pub fn add_hashes_of_steps(documents: &mut [ReportDocument], root: &Object<'_>) {
    let stated = hashes_of_steps(root);
    let pages = documents
        .iter_mut()
        .flat_map(|document| &mut document.pages);
    for page in pages.filter(|page| page.hash.is_none()) {
        let same = stated.iter().find(|other| other.is_at(page));
        if let Some(same) = same {
            page.hash.clone_from(&same.hash);
            page.hash_algorithm.clone_from(&same.hash_algorithm);
        }
    }
}

/// A step may name some pages of a document only: a hash belongs to the link at its place in the same list.
fn hashes_of_steps(root: &Object<'_>) -> Vec<ReportPage> {
    let steps = root.get("steps").and_then(Node::as_object);
    steps
        .into_iter()
        .flat_map(Object::sorted)
        .filter_map(|(_, step)| step.as_object())
        .flat_map(|step| {
            let mut listed = Vec::new();
            from_links(step, "", "input_files", &mut listed);
            listed
        })
        .flat_map(|document| document.pages)
        .filter(|page| page.hash.is_some())
        .collect()
}

fn family_of(name: &str) -> &str {
    match name.split('$').next().unwrap_or(name) {
        "id_document_image" | "idd" => "identity",
        "selfie_image" | "selfie_image_upload" => "selfie",
        "liveness_video" => "liveness",
        "income_tax_notice_image" => "income_tax",
        "property_tax_notice_image" => "property_tax",
        plain => plain.strip_suffix("_image").unwrap_or("other"),
    }
}

/// A document that stands under `identity` and under `identity_document` is one document.
fn merge_twins(documents: &mut Vec<ReportDocument>) {
    let mut merged: Vec<ReportDocument> = Vec::with_capacity(documents.len());
    for document in documents.drain(..) {
        let twin = merged.iter_mut().find(|other| {
            other.family == document.family
                && other.name == document.name
                && other.pages == document.pages
        });
        match twin {
            // What one of them says against it is not to be lost behind the other.
            Some(twin) if document.is_refused() && !twin.is_refused() => *twin = document,
            Some(_) => {}
            None => merged.push(document),
        }
    }
    *documents = merged;
}

fn as_list<'a, 't>(value: &'a Node<'t>) -> &'a [Node<'t>] {
    match value {
        Node::List(entries) => entries,
        Node::Null => &[],
        single => std::slice::from_ref(single),
    }
}

/// Document id and page number in `…/document/{id}/file_contents/?page_number={n}`, whatever stands before.
fn ids_of(link: &str) -> Option<(String, Option<u32>)> {
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    let mut parts = path.split('/').rev().filter(|part| !part.is_empty());
    let id = parts.by_ref().find(|part| *part != "file_contents")?;
    let is_document = parts.next() == Some("document");
    let is_id = !id.is_empty() && id.len() <= 19 && id.bytes().all(|byte| byte.is_ascii_digit());
    let query = query.split('#').next().unwrap_or_default();
    let page = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("page_number="));
    (is_document && is_id).then(|| (id.to_owned(), page.and_then(|page| page.parse().ok())))
}
