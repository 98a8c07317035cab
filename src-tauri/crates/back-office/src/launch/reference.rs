//! A reference by the pattern of its process: `AG12-{year}{month}{day}-{count}`.

use chrono::{Datelike as _, Local, NaiveDate};

use crate::{
    desk::Desk,
    errors::DeskError,
    views::settings::{DossierTemplate, ProcessSettings},
};

/// What stands for something in a pattern; nothing else in braces is one.
const PLACEHOLDERS: [&str; 4] = ["year", "month", "day", "count"];
/// Characters of a pattern: room is left for what takes the places.
const LONGEST_PATTERN: usize = 80;
const LONGEST_GROUP: usize = 255;
/// Data that a form can ask for at once.
const MOST_EXPECTED: usize = 12;
/// Counts looked at before the day is taken to be full.
const MOST_A_DAY: u64 = 1_000_000;

impl Desk {
    /// The next reference of a process that no dossier of this register has in that environment; `None` where the
    /// process has no pattern. Nothing is kept: the same is proposed until a dossier has it.
    pub async fn propose_reference(&self, process_id: &str) -> Result<Option<String>, DeskError> {
        let session = self.session()?;
        let process = self.process_of(&session, process_id)?;
        let pattern = process.template.reference;
        if pattern.is_empty() {
            return Ok(None);
        }
        let environment = session.environment_id().to_owned();
        let day = self.now().with_timezone(&Local).date_naive();
        self.on_register(move |register, _| {
            first_free(|count| {
                let reference = render(&pattern, day, count);
                let taken = register.with_reference(&environment, &reference, 1)?;
                Ok(taken.is_empty().then_some(reference))
            })
        })
        .await
    }
}

/// The lowest free one, found in few steps: twice as far each time, then halving. A count that somebody left out is
/// proposed again only when no later one stands behind it.
fn first_free<E>(
    mut free: impl FnMut(u64) -> Result<Option<String>, E>,
) -> Result<Option<String>, E> {
    let (mut taken, mut count) = (0, 1);
    let mut found = loop {
        if let Some(reference) = free(count)? {
            break reference;
        }
        if count >= MOST_A_DAY {
            return Ok(None);
        }
        (taken, count) = (count, count * 2);
    };
    while count - taken > 1 {
        let middle = taken.midpoint(count);
        match free(middle)? {
            Some(reference) => (count, found) = (middle, reference),
            None => taken = middle,
        }
    }
    Ok(Some(found))
}

/// The count with at least three digits, so that a list by reference is a list by count.
fn render(pattern: &str, day: NaiveDate, count: u64) -> String {
    pattern
        .replace("{year}", &format!("{:04}", day.year()))
        .replace("{month}", &format!("{:02}", day.month()))
        .replace("{day}", &format!("{:02}", day.day()))
        .replace("{count}", &format!("{count:03}"))
}

/// A pattern has a count, or it would give the same twice, and no other braces.
pub(crate) fn check_template(template: &DossierTemplate) -> Result<(), DeskError> {
    let refused = |field: &str, rule: &str| Err(DeskError::invalid_field(field, rule));
    let pattern = &template.reference;
    if !pattern.is_empty() {
        if pattern.chars().count() > LONGEST_PATTERN {
            return refused("template.reference", "too_long");
        }
        if !pattern.contains("{count}") {
            return refused("template.reference", "count");
        }
        let mut rest = pattern.clone();
        for name in PLACEHOLDERS {
            rest = rest.replace(&format!("{{{name}}}"), "");
        }
        if rest.contains(['{', '}']) || rest.chars().any(char::is_control) {
            return refused("template.reference", "placeholder");
        }
    }
    if template.group.chars().count() > LONGEST_GROUP
        || template.group.chars().any(char::is_control)
    {
        return refused("template.group", "too_long");
    }
    if template.expected.len() > MOST_EXPECTED
        || !template.expected.iter().all(|name| is_data_name(name))
    {
        return refused("template.expected", "name");
    }
    let lang = template.lang.as_deref();
    if lang.is_some_and(|lang| super::language_code(lang).is_none()) {
        return refused("template.lang", "language");
    }
    Ok(())
}

/// Typed by a person: trimmed, none twice.
pub(crate) fn tidy_template(process: &mut ProcessSettings) {
    let template = &mut process.template;
    template.group = template.group.trim().to_owned();
    template.reference = template.reference.trim().to_owned();
    let mut names: Vec<String> = Vec::new();
    for name in template.expected.drain(..) {
        let name = name.trim().to_owned();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    template.expected = names;
}

/// It ends up in an address.
pub(crate) fn is_data_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !name.is_empty() && name.len() <= 64 && name.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use proptest::prelude::*;

    use super::*;

    fn of(reference: &str) -> DossierTemplate {
        DossierTemplate {
            reference: reference.to_owned(),
            ..DossierTemplate::default()
        }
    }

    #[test]
    fn a_pattern_gives_the_day_and_the_count() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 7).unwrap();
        assert_eq!(
            render("AG12-{year}{month}{day}-{count}", day, 4),
            "AG12-20260307-004"
        );
        assert_eq!(render("{count}", day, 1_234), "1234");
    }

    #[test]
    fn a_pattern_without_a_count_or_with_other_braces_is_refused() {
        assert!(check_template(&of("AG-{year}-{count}")).is_ok());
        assert!(check_template(&of("")).is_ok());
        for (pattern, rule) in [
            ("AG-{year}", "count"),
            ("{count}-{name}", "placeholder"),
            ("{count}{", "placeholder"),
            ("{{count}}", "placeholder"),
            ("{count}\u{7}", "placeholder"),
        ] {
            let refused = check_template(&of(pattern)).unwrap_err();
            assert_eq!(refused.params["rule"], rule, "{pattern}");
        }
    }

    proptest! {
        #[test]
        fn the_count_after_those_of_the_day_is_found_in_few_looks(used in 0_u64..50_000) {
            let mut looks = 0;
            let found = first_free(|count| {
                looks += 1;
                Ok::<_, Infallible>((count > used).then(|| count.to_string()))
            });
            prop_assert_eq!(found, Ok(Some((used + 1).to_string())));
            prop_assert!(looks <= 40);
        }

        #[test]
        fn what_is_proposed_is_never_taken(taken in prop::collection::hash_set(1_u64..300, 0..250)) {
            let found = first_free(|count| {
                Ok::<_, Infallible>((!taken.contains(&count)).then(|| count.to_string()))
            });
            let count: u64 = found.unwrap().unwrap().parse().unwrap();
            prop_assert!(!taken.contains(&count));
        }
    }
}
