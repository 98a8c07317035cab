//! A line into its fields.

use zeroize::Zeroizing;

/// What parts the fields of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    Sign(char),
    /// Any number of spaces and tabs: a pasted list.
    Whitespace,
}

impl Delimiter {
    /// Of the first lines that say something: the sign that parts most of them.
    pub fn of(lines: &[&str]) -> Self {
        [';', '\t', ',']
            .into_iter()
            .map(|sign| {
                let parted = lines
                    .iter()
                    .filter(|line| outside_quotes(line).any(|letter| letter == sign))
                    .count();
                (parted, sign)
            })
            .filter(|(parted, _)| *parted > 0)
            // The first of equals counts: it is the less likely one inside a text.
            .reduce(|best, other| if other.0 > best.0 { other } else { best })
            .map_or(Self::Whitespace, |(_, sign)| Self::Sign(sign))
    }
}

fn outside_quotes(line: &str) -> impl Iterator<Item = char> + '_ {
    let mut quoted = false;
    line.chars().filter(move |letter| {
        if *letter == '"' {
            quoted = !quoted;
        }
        !quoted
    })
}

/// The fields, trimmed; `None` where a quote never closes. Fields may be api_keys: they are wiped.
pub fn fields(line: &str, delimiter: Delimiter) -> Option<Vec<Zeroizing<String>>> {
    let sign = match delimiter {
        Delimiter::Whitespace => {
            return Some(
                line.split_whitespace()
                    .map(|field| Zeroizing::new(field.trim_matches('"').to_owned()))
                    .collect(),
            );
        }
        Delimiter::Sign(sign) => sign,
    };
    let mut fields = Vec::new();
    let mut field = Zeroizing::new(String::new());
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.trim().is_empty() => {
                field.clear();
                quoted = true;
            }
            letter if letter == sign && !quoted => {
                fields.push(trimmed(&field));
                field.clear();
            }
            letter => field.push(letter),
        }
    }
    if quoted {
        return None;
    }
    fields.push(trimmed(&field));
    Some(fields)
}

fn trimmed(field: &str) -> Zeroizing<String> {
    Zeroizing::new(field.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str, sign: char) -> Option<Vec<String>> {
        let fields = fields(line, Delimiter::Sign(sign))?;
        Some(fields.iter().map(|field| field.to_string()).collect())
    }

    #[test]
    fn quotes_hold_delimiters_and_doubled_quotes() {
        assert_eq!(
            of(r#"12;"a;b";"say ""x""""#, ';').unwrap(),
            ["12", "a;b", r#"say "x""#]
        );
        assert_eq!(of(r#"12; "a" ;"#, ';').unwrap(), ["12", "a", ""]);
        assert_eq!(of(r#"12;"a;b"#, ';'), None);
    }

    #[test]
    fn the_delimiter_is_the_sign_that_parts_most_lines() {
        assert_eq!(
            Delimiter::of(&["1;a", "2;b,c", "3;d"]),
            Delimiter::Sign(';')
        );
        assert_eq!(Delimiter::of(&["1,a", "2,b"]), Delimiter::Sign(','));
        assert_eq!(Delimiter::of(&["1\ta", "2\tb"]), Delimiter::Sign('\t'));
        assert_eq!(Delimiter::of(&["1 a", "2"]), Delimiter::Whitespace);
        assert_eq!(Delimiter::of(&["1;\"a,b,c\"", "2;x"]), Delimiter::Sign(';'));
    }
}
