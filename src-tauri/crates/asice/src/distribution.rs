//! Where an authority publishes its revocation lists: the DistributionPointName of RFC 5280.

use crate::asn1::{Element, Elements, SEQUENCE, context};

const FULL_NAME: u8 = context(0);
const RELATIVE_TO_ISSUER: u8 = context(1);

/// The names in a distributionPoint field, each as it is written. What is relative to the issuer stays so: only a list
/// and a certificate of one issuer are ever compared.
pub(crate) fn names(field: Element<'_>) -> Option<Vec<Vec<u8>>> {
    let mut choice = field.inside();
    let name = choice.any()?;
    if !choice.is_empty() {
        return None;
    }
    let names = match name.tag {
        FULL_NAME => name.inside().all()?,
        RELATIVE_TO_ISSUER => vec![name],
        _ => return None,
    };
    Some(names.into_iter().map(|name| name.whole.to_vec()).collect())
}

/// The names in CRLDistributionPoints. A point with reasons or with a cRLIssuer promises lists that say less, or that
/// another one signs: neither is evaluated.
pub(crate) fn points(value: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    for point in Elements(value).only(SEQUENCE)?.inside().all()? {
        let mut fields = point.inside();
        if let Some(field) = fields.optional(context(0))
            && fields.is_empty()
        {
            found.extend(names(field)?);
        }
    }
    Some(found)
}
