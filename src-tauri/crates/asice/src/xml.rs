//! XML without document types, with Ids that are unique, and its canonical forms.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra_c14n::{C14nMode, C14nSink, canonicalize_doc_to};
use bergshamra_xml::NodeSet;
use uppsala::{Document, NodeId, NodeKind, Parser};

const DEEPEST: u32 = 64;
/// Most attributes and declarations of one element. The parser compares each with every other one, and looks a prefix up
/// among all that are open: without a bound, four megabytes keep it busy for minutes.
const MOST_ATTRIBUTES: usize = 64;
/// Most tags and attributes of one text. The parser takes hundreds of bytes for each, and a signature is large by the
/// values in it, not by their number.
const MOST_PARTS: usize = 1 << 19;

/// The longest text taken, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct XmlLimit(pub(crate) u64);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum XmlFault {
    /// Too long, or of too many parts.
    TooLarge,
    /// Not well-formed, too deep, or with a document type.
    Malformed,
    DuplicateId,
}

#[derive(Debug)]
pub(crate) struct Xml<'a> {
    document: Document<'a>,
    root: NodeId,
    ids: HashMap<String, NodeId>,
}

/// How an element is written before it is hashed.
#[derive(Debug)]
pub(crate) struct Canonical {
    mode: C14nMode,
    /// Of exclusive canonicalisation.
    prefixes: Vec<String>,
}

impl Canonical {
    /// Canonical XML 1.0, what XML-DSig takes when nothing is said.
    pub(crate) fn inclusive() -> Self {
        Self {
            mode: C14nMode::Inclusive,
            prefixes: Vec::new(),
        }
    }
}

impl<'a> Xml<'a> {
    pub(crate) fn parse(text: &'a str, limit: XmlLimit) -> Result<Self, XmlFault> {
        if text.len() as u64 > limit.0 || has_too_many_parts(text) {
            return Err(XmlFault::TooLarge);
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let document = Parser::new()
            .with_forbid_dtd(true)
            .with_max_depth(DEEPEST)
            .parse(text)
            .map_err(|_| XmlFault::Malformed)?;
        let root = document.document_element().ok_or(XmlFault::Malformed)?;
        let mut xml = Self {
            document,
            root,
            ids: HashMap::new(),
        };
        xml.collect_ids()?;
        Ok(xml)
    }

    fn collect_ids(&mut self) -> Result<(), XmlFault> {
        let mut open = vec![self.root];
        let mut ids = HashMap::new();
        while let Some(node) = open.pop() {
            if let Some(id) = self.attribute(node, "Id")
                && ids.insert(id.to_owned(), node).is_some()
            {
                return Err(XmlFault::DuplicateId);
            }
            open.extend(self.elements(node));
        }
        self.ids = ids;
        Ok(())
    }

    pub(crate) fn root(&self) -> NodeId {
        self.root
    }

    pub(crate) fn is(&self, node: NodeId, space: &str, name: &str) -> bool {
        self.document
            .element(node)
            .is_some_and(|element| element.matches_name_ns(space, name))
    }

    pub(crate) fn by_id(&self, id: &str) -> Option<NodeId> {
        self.ids.get(id).copied()
    }

    /// An attribute without namespace.
    pub(crate) fn attribute(&self, node: NodeId, name: &str) -> Option<&str> {
        let element = self.document.element(node)?;
        element
            .attributes
            .iter()
            .find(|attribute| {
                attribute.name.namespace_uri.is_none() && attribute.name.local_name == name
            })
            .map(|attribute| attribute.value.as_ref())
    }

    pub(crate) fn attribute_ns(&self, node: NodeId, space: &str, name: &str) -> Option<&str> {
        self.document.element(node)?.get_attribute_ns(space, name)
    }

    fn elements(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.document
            .children_iter(node)
            .filter(|&child| self.document.element(child).is_some())
    }

    pub(crate) fn children_named<'s>(
        &'s self,
        node: NodeId,
        space: &'s str,
        name: &'s str,
    ) -> impl Iterator<Item = NodeId> + 's {
        self.elements(node)
            .filter(move |&child| self.is(child, space, name))
    }

    /// The first child of that name.
    pub(crate) fn child(&self, node: NodeId, space: &str, name: &str) -> Option<NodeId> {
        self.elements(node)
            .find(|&child| self.is(child, space, name))
    }

    /// The child of that name, when there is exactly one.
    pub(crate) fn only_child(&self, node: NodeId, space: &str, name: &str) -> Option<NodeId> {
        let mut children = self
            .elements(node)
            .filter(|&child| self.is(child, space, name));
        let child = children.next()?;
        children.next().is_none().then_some(child)
    }

    /// Every element below, in document order.
    pub(crate) fn below(&self, node: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut open: Vec<NodeId> = self.elements(node).collect();
        open.reverse();
        while let Some(next) = open.pop() {
            found.push(next);
            let at = open.len();
            open.extend(self.elements(next));
            open[at..].reverse();
        }
        found
    }

    /// The element's own text, comments left out as canonicalisation leaves them out.
    pub(crate) fn text(&self, node: NodeId) -> String {
        let mut whole = String::new();
        for child in self.document.children_iter(node) {
            if let Some(NodeKind::Text(text) | NodeKind::CData(text)) =
                self.document.node_kind(child)
            {
                whole.push_str(text);
            }
        }
        whole
    }

    pub(crate) fn base64(&self, node: NodeId) -> Option<Vec<u8>> {
        let mut text = self.text(node).into_bytes();
        text.retain(|byte| !byte.is_ascii_whitespace());
        STANDARD.decode(text).ok()
    }

    /// The canonicalisation that an element with an `Algorithm` asks for; none that keeps comments,
    /// nor any other transform.
    pub(crate) fn canonicalisation(&self, method: NodeId) -> Option<Canonical> {
        let mode = C14nMode::from_uri(self.attribute(method, "Algorithm")?)?;
        if mode.with_comments() {
            return None;
        }
        let mut prefixes = Vec::new();
        for child in self.elements(method) {
            let exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
            if !mode.is_exclusive() || !self.is(child, exclusive, "InclusiveNamespaces") {
                return None;
            }
            let list = self.attribute(child, "PrefixList").unwrap_or_default();
            prefixes.extend(list.split_ascii_whitespace().map(str::to_owned));
        }
        Some(Canonical { mode, prefixes })
    }

    /// Writes the element in its canonical form.
    pub(crate) fn canonicalise(
        &self,
        node: NodeId,
        canonical: &Canonical,
        sink: &mut impl C14nSink,
    ) -> Option<()> {
        let subtree = NodeSet::tree_without_comments(node, &self.document);
        canonicalize_doc_to(
            &self.document,
            canonical.mode,
            Some(&subtree),
            &canonical.prefixes,
            sink,
        )
        .ok()
    }
}

/// Counts what looks like an attribute from each `<` to the next: no attribute may hold a `<` itself.
fn has_too_many_parts(text: &str) -> bool {
    let (mut parts, mut attributes, mut after_equals) = (0, 0, false);
    for byte in text.bytes() {
        match byte {
            b'<' => {
                parts += 1;
                (attributes, after_equals) = (0, false);
            }
            b'=' => after_equals = true,
            b'"' | b'\'' if after_equals => {
                parts += 1;
                attributes += 1;
                after_equals = false;
            }
            b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => after_equals = false,
        }
        if attributes > MOST_ATTRIBUTES || parts > MOST_PARTS {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<(), XmlFault> {
        Xml::parse(text, XmlLimit(1 << 20)).map(drop)
    }

    fn with_attributes(count: usize, sign: &str) -> String {
        let attributes: String = (0..count).map(|n| format!(" a{n}{sign}\"{n}\"")).collect();
        format!("<root><a{attributes}/><a{attributes}/></root>")
    }

    #[test]
    fn an_element_with_more_attributes_than_any_signature_has_is_not_taken() {
        assert_eq!(parsed(&with_attributes(MOST_ATTRIBUTES, "=")), Ok(()));
        for sign in ["=", " = ", "\n=\t"] {
            let many = with_attributes(MOST_ATTRIBUTES + 1, sign);
            assert_eq!(parsed(&many), Err(XmlFault::TooLarge), "{sign:?}");
        }
    }

    #[test]
    fn a_text_of_more_parts_than_any_signature_has_is_not_taken() {
        let filled = |count: usize| format!("<r>{}</r>", "<a/>".repeat(count));
        assert!(!has_too_many_parts(&filled(MOST_PARTS - 2)));
        let many = Xml::parse(&filled(MOST_PARTS - 1), XmlLimit(u64::MAX)).map(drop);
        assert_eq!(many, Err(XmlFault::TooLarge));
    }

    /// The count begins anew there.
    #[test]
    fn an_attribute_that_holds_the_beginning_of_a_tag_is_not_taken() {
        assert_eq!(parsed("<root a=\"<\"/>"), Err(XmlFault::Malformed));
        assert_eq!(parsed("<root xmlns:a='<'/>"), Err(XmlFault::Malformed));
    }
}
