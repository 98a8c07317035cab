//! Secrets that real reports carry (facts §F.4, §J.32), invented, one set per dossier.

use crate::entropy::Entropy;

pub(crate) struct Planted {
    pub api_key: String,
    pub callback_url: String,
    pub worker_arn: String,
    /// Not a secret: the pointer of facts §D.3.
    pub archive_reference: String,
    /// Root of the 24-character ids of AI jobs.
    pub job: String,
}

impl Planted {
    pub(crate) fn of(entropy: &Entropy, id: i64) -> Self {
        let number = id.unsigned_abs();
        let part = |label: &str, length: usize| entropy.hex(label, number, length);
        Self {
            api_key: part("internal api key", 40),
            callback_url: format!(
                "https://internal.invalid/leia/callback/{}",
                part("internal callback", 32)
            ),
            worker_arn: format!(
                "arn:aws:ecs:eu-west-3:000000000000:task/{}",
                part("worker arn", 32)
            ),
            archive_reference: part("archive reference", 32),
            job: part("job", 18),
        }
    }
}
