//! The two processes («parcours») of the sandbox.

use uuid::Uuid;

use crate::entropy::Entropy;

#[derive(Debug, Clone)]
pub(crate) struct Process {
    pub id: i64,
    pub uuid: Uuid,
    pub name: &'static str,
    pub version: i64,
    /// Ends with an advanced signature: an idClaim exists when the verdict is OK.
    pub idclaim: bool,
}

/// What both processes list in their «information input» block (facts §C.4).
pub(crate) const EXPECTED_DATA: [&str; 4] = ["name", "first_name", "birth_date", "phone_number"];

impl Process {
    pub(crate) fn both(entropy: &Entropy) -> Vec<Self> {
        vec![
            Self {
                id: 992,
                uuid: entropy.uuid("process with idclaim"),
                name: "Ouverture de compte, signature avancée",
                version: 7,
                idclaim: true,
            },
            Self {
                id: 993,
                uuid: entropy.uuid("process without idclaim"),
                name: "Vérification d'identité",
                version: 3,
                idclaim: false,
            },
        ]
    }
}
