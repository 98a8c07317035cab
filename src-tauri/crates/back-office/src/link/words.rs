//! What a customer is written or asked, in the languages of the customer's pages (facts §H).

use crate::ports::CameraQuestion;

/// The words of one language; `{link}` stands where the link goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub subject: &'static str,
    letter: &'static str,
    sms: &'static str,
    pub camera: CameraQuestion,
}

const FR: Words = Words {
    subject: "Votre vérification d’identité",
    letter: "Bonjour,\n\nPour vérifier votre identité, ouvrez ce lien, pièce d’identité en main :\n\n{link}\n\n\
             Ouvrez-le sur un seul appareil et ne le transmettez à personne.\n",
    sms: "Vérification d’identité : ouvrez ce lien sur un seul appareil, pièce d’identité en main. {link}",
    camera: CameraQuestion {
        question: "Les pages de vérification demandent la caméra ou le micro de cet ordinateur.",
        allow: "Autoriser",
        refuse: "Refuser",
    },
};

const EN: Words = Words {
    subject: "Your identity verification",
    letter: "Hello,\n\nTo verify your identity, open this link with your ID document at hand:\n\n{link}\n\n\
             Open it on one device only and pass it on to nobody.\n",
    sms: "Identity verification: open this link on one device only, with your ID document at hand. {link}",
    camera: CameraQuestion {
        question: "The verification pages ask for this computer’s camera or microphone.",
        allow: "Allow",
        refuse: "Refuse",
    },
};

const IT: Words = Words {
    subject: "La verifica della sua identità",
    letter: "Buongiorno,\n\nper verificare la sua identità, apra questo link con il documento a portata di mano:\n\n\
             {link}\n\nLo apra su un solo dispositivo e non lo trasmetta a nessuno.\n",
    sms: "Verifica dell’identità: apra questo link su un solo dispositivo, con il documento a portata di mano. {link}",
    camera: CameraQuestion {
        question: "Le pagine di verifica chiedono la fotocamera o il microfono di questo computer.",
        allow: "Consenti",
        refuse: "Rifiuta",
    },
};

const AR: Words = Words {
    subject: "التحقق من هويتكم",
    letter: "مرحبًا،\n\nللتحقق من هويتكم، افتحوا هذا الرابط ووثيقة هويتكم في متناول اليد:\n\n{link}\n\n\
             افتحوه على جهاز واحد فقط ولا ترسلوه إلى أحد.\n",
    sms: "التحقق من الهوية: افتحوا هذا الرابط على جهاز واحد فقط، ووثيقة هويتكم في متناول اليد. {link}",
    camera: CameraQuestion {
        question: "تطلب صفحات التحقق استخدام كاميرا هذا الحاسوب أو ميكروفونه.",
        allow: "السماح",
        refuse: "الرفض",
    },
};

const KO: Words = Words {
    subject: "본인 확인 안내",
    letter: "안녕하세요.\n\n본인 확인을 위해 신분증을 준비하시고 이 링크를 열어 주세요:\n\n{link}\n\n\
             한 기기에서만 여시고 다른 사람에게 전달하지 마세요.\n",
    sms: "본인 확인: 신분증을 준비하시고 한 기기에서만 이 링크를 열어 주세요. {link}",
    camera: CameraQuestion {
        question: "본인 확인 페이지가 이 컴퓨터의 카메라 또는 마이크를 사용하려고 합니다.",
        allow: "허용",
        refuse: "거부",
    },
};

impl Words {
    /// English for a language that ID360 does not offer.
    pub fn of(lang: &str) -> Self {
        match lang {
            "fr" => FR,
            "it" => IT,
            "ar" => AR,
            "ko" => KO,
            _ => EN,
        }
    }

    pub fn letter(&self, link: &str) -> String {
        self.letter.replace("{link}", link)
    }

    pub fn sms(&self, link: &str) -> String {
        self.sms.replace("{link}", link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_puts_the_link_once_and_alone_among_blanks() {
        for lang in ["fr", "en", "it", "ar", "ko"] {
            let words = Words::of(lang);
            for text in [words.letter("https://x/#k"), words.sms("https://x/#k")] {
                let links = text
                    .split_whitespace()
                    .filter(|word| *word == "https://x/#k");
                assert_eq!(links.count(), 1, "{text}");
                assert!(!text.contains('{'));
            }
        }
    }
}
