//! The printable sheet of a check, drawn as the pages of packs are.

mod container;
mod pack;

use chrono::{DateTime, Utc};
use evidence::{
    packs::Language,
    page::{Block, Page, shown, time},
};

use super::held::{Held, HeldWhat};
use crate::{
    desk::Desk,
    views::{checking::FileFound, settings::Language as Chosen},
};

/// What is said in the language of the sheet.
#[derive(Debug, Clone, Copy)]
struct Says(Language);

impl Says {
    fn say(self, french: &str, english: &str) -> String {
        match self.0 {
            Language::French => french.to_owned(),
            Language::English => english.to_owned(),
        }
    }

    /// A label and its value; a value from the file is spelt out where it could mislead.
    fn field(self, french: &str, english: &str, value: &str) -> (String, String) {
        (self.say(french, english), shown(value))
    }

    /// A moment as the window has it.
    fn moment(self, at: &str) -> String {
        match at.parse::<DateTime<Utc>>() {
            Ok(at) => time(at, self.0) + " UTC",
            Err(_) => shown(at),
        }
    }
}

pub(super) fn of(held: &Held, desk: &Desk) -> Page {
    let language = match desk.preferences().language {
        Chosen::Fr => Language::French,
        Chosen::En => Language::English,
    };
    draw(held, language, desk.true_now())
}

fn draw(held: &Held, language: Language, made_at: DateTime<Utc>) -> Page {
    let says = Says(language);
    let file = shown(&held.check.file_name);
    let title = match language {
        Language::French => format!("Feuille de vérification : {file}"),
        Language::English => format!("Verification sheet: {file}"),
    };
    let mut banners = Vec::new();
    let mut blocks = Vec::new();
    match (&held.check.found, &held.what) {
        (FileFound::Container { verdict }, _) => {
            container::describe(says, verdict, &mut banners, &mut blocks);
        }
        (FileFound::Pack { verdict: shown }, HeldWhat::Pack(verdict)) => {
            pack::describe(says, verdict, shown.own_key, &mut banners, &mut blocks);
        }
        _ => blocks.push(Block::Text(says.say(
            "Ce fichier n’est ni un conteneur signé ni un dossier de preuve scellé.",
            "This file is neither a signed container nor a sealed evidence pack.",
        ))),
    }
    blocks.push(Block::Heading(says.say("La vérification", "The check")));
    blocks.push(Block::Fields(vec![
        says.field("Fichier", "File", &held.check.file_name),
        says.field("Taille (octets)", "Size (bytes)", &held.check.size),
        (
            says.say("Vérifié le", "Checked on"),
            says.moment(&held.check.checked_at),
        ),
    ]));
    blocks.push(Block::Text(says.say(
        "Établi sur cet ordinateur, sans réseau, à partir du fichier, des certificats de confiance configurés et de \
         l’heure de l’ordinateur, corrigée par celle d’ID360 quand elle est connue. Les heures sont en UTC. Aucune \
         qualification européenne (QES) n’est affirmée.",
        "Made on this computer, without a network, from the file, the configured trusted certificates and the \
         computer’s time, corrected by ID360’s where that is known. Times are UTC. No European qualification (QES) is \
         claimed.",
    )));
    Page {
        language,
        footer: title.clone(),
        title,
        banners,
        blocks,
        made_at,
        program: concat!("ID360 Desk ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use evidence::{
        packs::{
            ContainerState, DossierVerdict, EnvironmentKind as Packed, FileState, FileVerdict,
            PackAbout, PackState, PackVerdict, SignatureState, Trouble,
        },
        page::environment_banner,
    };
    use uuid::Uuid;

    use super::*;
    use crate::views::{
        checking::{
            AnchorView, CertificateView, CheckCoverage, CheckHeadline, CheckLine, CheckState,
            ClaimNames, ClaimSigner, ClaimTie, ContainedFile, ContainedState, ContainerVerdictView,
            FileCheck, Preview, RevocationRule, SignatureView, TimeStampView, TrustStoreView,
        },
        packs::{PackContainer, PackSignature, PackState as Shown, PackVerdictView},
        session::EnvironmentKind,
    };

    const AT: &str = "2026-02-03T09:00:00Z";

    fn french_sheet(found: FileFound, what: HeldWhat) -> Page {
        let held = Held {
            id: Uuid::nil(),
            check: FileCheck {
                check_id: String::new(),
                file_name: "preuve.asice".to_owned(),
                size: "12".to_owned(),
                checked_at: AT.to_owned(),
                found,
            },
            what,
            dossier: None,
        };
        draw(&held, Language::French, DateTime::<Utc>::UNIX_EPOCH)
    }

    fn line(state: CheckState) -> CheckLine {
        CheckLine {
            state,
            findings: Vec::new(),
        }
    }

    fn certificate() -> CertificateView {
        CertificateView {
            name: "n".to_owned(),
            organisation: None,
            subject: "s".to_owned(),
            issuer: "i".to_owned(),
            issuer_name: "i".to_owned(),
            serial: "1".to_owned(),
            not_before: AT.to_owned(),
            not_after: AT.to_owned(),
            key: "k".to_owned(),
            is_authority: false,
            states_qualified: false,
            states_secure_device: false,
            sha256: "0".to_owned(),
        }
    }

    fn signature(is_proven: bool) -> SignatureView {
        SignatureView {
            etsi: "e".to_owned(),
            state: CheckState::Good,
            file: "f".to_owned(),
            form: "f".to_owned(),
            algorithm: None,
            signer: Some(certificate()),
            chain: Vec::new(),
            anchor: Some(AnchorView {
                name: "n".to_owned(),
                source: "s".to_owned(),
                added_at: AT.to_owned(),
                added_by: None,
            }),
            claimed_at: None,
            proven_at: None,
            time_stamps: vec![TimeStampView {
                at: None,
                is_proven,
                authority: None,
                findings: Vec::new(),
            }],
            findings: Vec::new(),
            roles: Vec::new(),
            place: Vec::new(),
            value_sha256: None,
        }
    }

    const HEADLINES: [CheckHeadline; 9] = [
        CheckHeadline::Passed,
        CheckHeadline::PartlySigned,
        CheckHeadline::SoundUntrusted,
        CheckHeadline::SoundOpen,
        CheckHeadline::Altered,
        CheckHeadline::Failed,
        CheckHeadline::Malformed,
        CheckHeadline::NotVerified,
        CheckHeadline::NotSigned,
    ];

    fn tie(number: usize) -> ClaimTie {
        use ClaimNames as N;
        use ClaimSigner as S;
        ClaimTie {
            dossier_id: "d".to_owned(),
            environment_kind: EnvironmentKind::Sandbox,
            named: [N::Number, N::Reference, N::Unsigned, N::Nowhere][number % 4],
            file: None,
            signer: [
                S::Expected,
                S::UnderExpectedAuthority,
                S::Unknown,
                S::Unproven,
            ][number % 4],
        }
    }

    fn contained(number: usize) -> ContainedFile {
        use ContainedState as C;
        ContainedFile {
            name: "n".to_owned(),
            size: Some("12".to_owned()),
            sha256: None,
            media_type: None,
            state: [C::Signed, C::NotSigned, C::Altered, C::Missing, C::Damaged][number % 5],
            signed_by: Vec::new(),
            preview: Preview::None,
        }
    }

    /// As many as there are headlines say everything that a sheet can say.
    fn container(number: usize) -> ContainerVerdictView {
        use CheckState as C;
        use RevocationRule as R;
        let state = [C::Good, C::Warning, C::Unknown, C::Bad, C::Absent][number % 5];
        ContainerVerdictView {
            headline: HEADLINES[number],
            etsi: "e".to_owned(),
            reason: None,
            container: line(state),
            integrity: line(state),
            signature: line(state),
            trust: line(state),
            coverage: CheckCoverage::Partial,
            files: vec![contained(number)],
            signatures: vec![signature(number.is_multiple_of(2))],
            sha256: "0".to_owned(),
            revocation: [R::Required, R::Embedded, R::NotChecked][number % 3],
            trust_store: TrustStoreView {
                is_open: false,
                signers: 0,
                time_stamp_authorities: 0,
                changed_at: Some(AT.to_owned()),
            },
            tie: Some(tie(number)),
        }
    }

    const PACK_STATES: [PackState; 5] = [
        PackState::Whole,
        PackState::Incomplete,
        PackState::Repacked,
        PackState::Altered,
        PackState::Unreadable,
    ];

    fn pack(number: usize) -> PackVerdict {
        use FileState as F;
        use SignatureState as S;
        PackVerdict {
            state: PACK_STATES[number],
            container: ContainerState::Sealed,
            signature: [S::Good, S::Bad, S::Missing][number % 3],
            fingerprint: Some("0".repeat(64)),
            about: Some(PackAbout {
                made_at: AT.to_owned(),
                made_by: "m".to_owned(),
                program: "p".to_owned(),
                language: Language::French,
                complete: true,
                dossiers: Vec::new(),
            }),
            files: vec![FileVerdict {
                path: "p".to_owned(),
                size: None,
                sha256: None,
                state: [F::Whole, F::Altered, F::Missing, F::Unlisted][number % 4],
            }],
            troubles: vec![Trouble::FileAltered("p".to_owned())],
        }
    }

    /// Of the window's own words the sheet takes only whose key it is.
    fn shown_pack(own_key: Option<bool>) -> FileFound {
        FileFound::Pack {
            verdict: PackVerdictView {
                state: Shown::Whole,
                container: PackContainer::Sealed,
                signature: PackSignature::Good,
                fingerprint: None,
                own_key,
                about: None,
                files: Vec::new(),
                files_total: 0,
                troubles: Vec::new(),
            },
        }
    }

    fn texts(page: Page) -> Vec<String> {
        let mut all = vec![page.title, page.footer];
        all.extend(page.banners);
        for block in page.blocks {
            match block {
                Block::Heading(text) | Block::Subheading(text) | Block::Text(text) => {
                    all.push(text);
                }
                Block::Fields(fields) | Block::Headline(fields) => {
                    all.extend(fields.into_iter().flat_map(|(label, value)| [label, value]));
                }
                Block::Table { columns, rows } => {
                    all.extend(columns.into_iter().map(|column| column.title));
                    all.extend(rows.into_iter().flatten().map(|cell| cell.text));
                }
            }
        }
        all
    }

    #[test]
    fn a_pack_that_another_key_sealed_is_said_to_be_so_whatever_else_it_is() {
        let stranger = "que ce poste ne connaît pas";
        let of = |number: usize, is_own| {
            texts(french_sheet(
                shown_pack(Some(is_own)),
                HeldWhat::Pack(pack(number)),
            ))
            .join("\n")
        };
        for (number, state) in PACK_STATES.iter().enumerate() {
            let is_told = matches!(
                state,
                PackState::Whole | PackState::Incomplete | PackState::Repacked
            );
            assert_eq!(of(number, false).contains(stranger), is_told, "{state:?}");
            assert!(!of(number, true).contains(stranger), "{state:?}");
        }
    }

    #[test]
    fn a_pack_with_a_dossier_that_is_not_real_says_so_above_all_else() {
        let dossier = |environment| DossierVerdict {
            folder: "f".to_owned(),
            reference: None,
            enrollment_id: Some(1),
            id: "i".to_owned(),
            environment,
            status: None,
            missing: Vec::new(),
        };
        for worst in [Packed::Production, Packed::PreProduction, Packed::Sandbox] {
            let mut pack = pack(0);
            pack.about.as_mut().unwrap().dossiers = [worst, Packed::Production].map(dossier).into();
            let sheet = french_sheet(shown_pack(Some(true)), HeldWhat::Pack(pack));
            let expected = environment_banner(Language::French, worst);
            assert_eq!(sheet.banners.first(), expected.as_ref(), "{worst:?}");
        }
    }

    #[test]
    fn a_pack_checked_while_the_register_is_closed_is_said_to_be_compared_with_no_key() {
        for own_key in [None, Some(false), Some(true)] {
            let sheet = french_sheet(shown_pack(own_key), HeldWhat::Pack(pack(0)));
            let is_told = texts(sheet).join("\n").contains("Le registre était fermé");
            assert_eq!(is_told, own_key.is_none(), "{own_key:?}");
        }
    }

    #[test]
    fn french_double_signs_stand_behind_a_narrow_no_break_space() {
        let mut sheets = vec![french_sheet(FileFound::Other, HeldWhat::Other)];
        sheets.extend((0..HEADLINES.len()).map(|number| {
            let verdict = Box::new(container(number));
            french_sheet(FileFound::Container { verdict }, HeldWhat::Other)
        }));
        for number in 0..PACK_STATES.len() {
            for own_key in [Some(true), Some(false), None] {
                let what = HeldWhat::Pack(pack(number));
                sheets.push(french_sheet(shown_pack(own_key), what));
            }
        }
        for text in sheets.into_iter().flat_map(texts) {
            for plain in [" :", " ;", " !", " ?", " »", "« "] {
                assert!(!text.contains(plain), "{text}");
            }
        }
    }
}
