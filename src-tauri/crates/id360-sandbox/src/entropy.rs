//! Where ids, keys and credentials come from: one 32-byte root, derived by name and number.
//!
//! Deriving instead of drawing makes a seeded sandbox give the same dossier the same `api_key`
//! whatever the order in which calls arrived.

use ring::rand::{SecureRandom, SystemRandom};
use sha2::{Digest, Sha256};
use uuid::Uuid;

#[derive(Clone)]
pub(crate) struct Entropy {
    root: [u8; 32],
}

impl std::fmt::Debug for Entropy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Entropy(..)")
    }
}

impl Entropy {
    pub(crate) fn seeded(seed: u64) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"id360-sandbox seed ");
        hash.update(seed.to_be_bytes());
        Self {
            root: hash.finalize().into(),
        }
    }

    pub(crate) fn random() -> std::io::Result<Self> {
        let mut root = [0_u8; 32];
        SystemRandom::new()
            .fill(&mut root)
            .map_err(|_| std::io::Error::other("the system gave no random bytes"))?;
        Ok(Self { root })
    }

    pub(crate) fn from_root(root: [u8; 32]) -> Self {
        Self { root }
    }

    pub(crate) fn root(&self) -> &[u8; 32] {
        &self.root
    }

    /// 32 bytes that depend only on the root, the label and the number.
    pub(crate) fn block(&self, label: &str, number: u64) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.root);
        hash.update((label.len() as u64).to_be_bytes());
        hash.update(label.as_bytes());
        hash.update(number.to_be_bytes());
        hash.finalize().into()
    }

    /// `length` lower-case hexadecimal characters.
    pub(crate) fn hex(&self, label: &str, number: u64, length: usize) -> String {
        let mut text = String::with_capacity(length + 64);
        let mut part = 0_u64;
        while text.len() < length {
            text.push_str(&hex::encode(self.block(&format!("{label}/{part}"), number)));
            part += 1;
        }
        text.truncate(length);
        text
    }

    pub(crate) fn number(&self, label: &str, number: u64) -> u64 {
        let block = self.block(label, number);
        block
            .iter()
            .take(8)
            .fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
    }

    pub(crate) fn uuid(&self, label: &str) -> Uuid {
        let block = self.block(label, 0);
        let mut bytes = [0_u8; 16];
        bytes.copy_from_slice(&block[..16]);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// A password somebody may have to type: five groups of five hexadecimal characters.
    pub(crate) fn password(&self, label: &str) -> String {
        let text = self.hex(label, 0, 25);
        let groups: Vec<&str> = (0..5).map(|n| &text[n * 5..n * 5 + 5]).collect();
        groups.join("-")
    }

    pub(crate) fn six_digits(&self, label: &str, number: u64) -> String {
        format!("{:06}", self.number(label, number) % 1_000_000)
    }
}
