//! Names of rules inside sentences («1 validations failed: IDENTITY_DOCUMENT.expired. max allowed: 0»).

/// Whether a code is the name of a rule.
pub(super) fn is_rule(code: &str) -> bool {
    named_in(code).next() == Some(code)
}

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

/// A sentence with more of them is no sentence.
pub(super) const MOST_OF_A_SENTENCE: usize = 100;

/// Each rule of a sentence once; one more than [`MOST_OF_A_SENTENCE`] at most.
pub(super) fn each_named_in(sentence: &str) -> Vec<&str> {
    let mut named: Vec<&str> = Vec::new();
    for rule in named_in(sentence) {
        if named.len() > MOST_OF_A_SENTENCE {
            break;
        }
        if !named.contains(&rule) {
            named.push(rule);
        }
    }
    named
}
