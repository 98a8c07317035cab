//! The words of file names, in the French of the field, in plain ASCII.

/// The word for a document of the report, and whether there is normally one of it (so that it needs no number).
pub(super) fn of_document(name: &str) -> (String, bool) {
    if let Some(challenge) = name.strip_prefix("liveness_video") {
        let challenge = challenge.trim_start_matches('$').parse::<u32>();
        let number = challenge.map_or(1, |challenge| u64::from(challenge) + 1);
        return (format!("video-vivacite-{number}"), true);
    }
    let (word, is_single) = match name {
        "id_document_image" | "ar24_in_front" | "ar24_in_back" => ("piece-identite", false),
        "idd" => ("piece-identite-numerique", false),
        "selfie_image" => ("selfie", true),
        "selfie_image_upload" => ("selfie-depose", true),
        "bank_details_image" => ("rib", false),
        "income_tax_notice_image" => ("avis-impot-revenu", false),
        "property_tax_notice_image" => ("avis-taxe-fonciere", false),
        "kbis_image" => ("kbis", false),
        "pay_slip_image" => ("bulletin-salaire", false),
        "proof_of_address_image" => ("justificatif-domicile", false),
        "health_insurance_card_image" => ("carte-mutuelle", false),
        "social_security_card_image" => ("carte-vitale", false),
        "car_registration_image" => ("carte-grise", false),
        other => {
            let word = plain(other.strip_suffix("_image").unwrap_or(other), 40);
            let word = if word.is_empty() {
                "document".to_owned()
            } else {
                word
            };
            return (word, false);
        }
    };
    (word.to_owned(), is_single)
}

/// ASCII letters, digits, and single `-` or `_` between them, at most `bytes` bytes; accents go, everything else becomes a `-`.
pub(super) fn plain(text: &str, bytes: usize) -> String {
    let mut plain = String::new();
    for character in text.chars().take(1024) {
        match without_accent(character) {
            Some(letters) => plain.push_str(letters),
            None if character.is_ascii_alphanumeric() => plain.push(character),
            // A combining accent after its letter.
            None if ('\u{0300}'..='\u{036F}').contains(&character) => {}
            None if plain.is_empty() || plain.ends_with(['-', '_']) => {}
            None if character == '_' => plain.push('_'),
            None => plain.push('-'),
        }
        if plain.len() >= bytes {
            break;
        }
    }
    plain.truncate(bytes);
    plain.truncate(plain.trim_end_matches(['-', '_']).len());
    plain
}

fn without_accent(character: char) -> Option<&'static str> {
    Some(match character {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' | 'Ā' | 'Ă' | 'Ą' => "A",
        'ç' | 'ć' | 'č' => "c",
        'Ç' | 'Ć' | 'Č' => "C",
        'ď' | 'đ' => "d",
        'Ď' | 'Đ' => "D",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'È' | 'É' | 'Ê' | 'Ë' | 'Ē' | 'Ė' | 'Ę' | 'Ě' => "E",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'Ì' | 'Í' | 'Î' | 'Ï' | 'Ī' | 'İ' => "I",
        'ł' => "l",
        'Ł' => "L",
        'ñ' | 'ń' | 'ň' => "n",
        'Ñ' | 'Ń' | 'Ň' => "N",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' | 'Ō' | 'Ő' => "O",
        'ř' => "r",
        'Ř' => "R",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'Ś' | 'Š' | 'Ş' | 'Ș' => "S",
        'ť' | 'ț' => "t",
        'Ť' | 'Ț' => "T",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'Ù' | 'Ú' | 'Û' | 'Ü' | 'Ū' | 'Ů' | 'Ű' => "U",
        'ý' | 'ÿ' => "y",
        'Ý' | 'Ÿ' => "Y",
        'ź' | 'ż' | 'ž' => "z",
        'Ź' | 'Ż' | 'Ž' => "Z",
        'œ' => "oe",
        'Œ' => "OE",
        'æ' => "ae",
        'Æ' => "AE",
        'ß' => "ss",
        _ => return None,
    })
}
