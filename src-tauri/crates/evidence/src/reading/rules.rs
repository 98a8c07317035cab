//! Names of rules inside sentences («1 validations failed: IDENTITY_DOCUMENT.expired. max allowed: 0»).

/// Every word of a sentence that is written like a rule: `SUBJECT.field` or `SUBJECT.FIELD.field`.
pub(super) fn named_in(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split(|character: char| {
            !character.is_ascii_alphanumeric() && !matches!(character, '_' | '.')
        })
        .map(|word| word.trim_matches('.'))
        .filter(|word| {
            word.split_once('.').is_some_and(|(subject, rest)| {
                !rest.is_empty()
                    && subject.starts_with(|first: char| first.is_ascii_uppercase())
                    && subject
                        .chars()
                        .all(|one| one.is_ascii_uppercase() || one.is_ascii_digit() || one == '_')
            })
        })
}
