//! The desk's signature, derived from the register's key.

use std::io;

use ring::signature::{Ed25519KeyPair, KeyPair};

use super::EmbeddedRegister;
use crate::error::{RegisterError, Result};
use crate::register::Signing;

impl EmbeddedRegister {
    fn pair(&self) -> Result<Ed25519KeyPair> {
        let seed = self.key.derive("id360-desk evidence packs: signature");
        Ed25519KeyPair::from_seed_unchecked(&*seed).map_err(|_| invalid())
    }
}

impl Signing for EmbeddedRegister {
    fn public_key(&self) -> Result<[u8; 32]> {
        let key = *self.pair()?.public_key();
        key.as_ref().try_into().map_err(|_| invalid())
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64]> {
        let signature = self.pair()?.sign(message);
        signature.as_ref().try_into().map_err(|_| invalid())
    }
}

fn invalid() -> RegisterError {
    RegisterError::Io(io::ErrorKind::InvalidData.into())
}
