//! Throw-away keys of every kind that may sign, always the same ones.

use p256::ecdsa::signature::hazmat::PrehashSigner;
use ring::digest;
use ring::rand::SystemRandom;
use ring::signature::{self, Ed25519KeyPair, KeyPair, RsaKeyPair};
use x509_parser::der_parser::der::parse_der;
use x509_parser::num_bigint::BigUint;

use super::der::{bits, integer, null, number, octets, oid, sequence};

/// Of the RSA key of 1,024 bits, which ring does not sign with.
const MODULUS: &str = "\
    caabb11fcf9364cff33eafe893a109fbf0f4509f7c4db644370cb5d64f9d9d27eadd4fd124ad3620501239\
    11d571dba233d6146ad9405ad75bdd7208adfa34191ede44e5b00d1cbe94eb85fe4adcdcb226164a936108\
    6c5e965528737e62274156cb01871ee62e355b6dcb133a71076c192016f31743a774e5b7da753c70a065";
const PRIVATE_EXPONENT: &str = "\
    37e63b2866fc6465e6d5777752a0ac3c4d2d55bf676d97c420dae49c83c1194395480d67c611f047e14de5\
    67c1d3719cbf6760a247e1b42c8a2dfdf1deea8fcb90223e7ea92c721268121102751d6b4fae8b728e28db\
    21587a74f491160625e598d329d486a8e6a13cdac81280f2f6b1f20ed2b6e3029c7cf4cc5ae9570ae901";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub fn of(self, bytes: &[u8]) -> Vec<u8> {
        let algorithm = match self {
            Self::Md5 => return md5(bytes),
            Self::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
            Self::Sha512 => &digest::SHA512,
        };
        digest::digest(algorithm, bytes).as_ref().to_vec()
    }

    pub fn uri(self) -> &'static str {
        match self {
            Self::Md5 => "http://www.w3.org/2001/04/xmldsig-more#md5",
            Self::Sha1 => "http://www.w3.org/2000/09/xmldsig#sha1",
            Self::Sha256 => "http://www.w3.org/2001/04/xmlenc#sha256",
            Self::Sha384 => "http://www.w3.org/2001/04/xmldsig-more#sha384",
            Self::Sha512 => "http://www.w3.org/2001/04/xmlenc#sha512",
        }
    }

    pub fn oid(self) -> Vec<u8> {
        oid(match self {
            Self::Md5 => "1.2.840.113549.2.5",
            Self::Sha1 => "1.3.14.3.2.26",
            Self::Sha256 => "2.16.840.1.101.3.4.2.1",
            Self::Sha384 => "2.16.840.1.101.3.4.2.2",
            Self::Sha512 => "2.16.840.1.101.3.4.2.3",
        })
    }
}

/// RFC 1321, which ring does not have.
fn md5(bytes: &[u8]) -> Vec<u8> {
    const TURNS: [[u32; 4]; 4] = [
        [7, 12, 17, 22],
        [5, 9, 14, 20],
        [4, 11, 16, 23],
        [6, 10, 15, 21],
    ];
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    padded.resize(padded.len().next_multiple_of(64), 0);
    if padded.len() - bytes.len() < 9 {
        padded.resize(padded.len() + 64, 0);
    }
    let length = padded.len() - 8;
    padded[length..].copy_from_slice(&(bytes.len() as u64 * 8).to_le_bytes());
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in padded.chunks(64) {
        let [mut a, mut b, mut c, mut d] = state;
        for step in 0..64 {
            let (mixed, word) = match step / 16 {
                0 => (b & c | !b & d, step),
                1 => (d & b | !d & c, 5 * step + 1),
                2 => (b ^ c ^ d, 3 * step + 5),
                _ => (c ^ (b | !d), 7 * step),
            };
            let at = word % 16 * 4;
            let word = u32::from_le_bytes(block[at..at + 4].try_into().unwrap());
            let constant = (((step + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a.wrapping_add(mixed).wrapping_add(constant);
            let turned = sum
                .wrapping_add(word)
                .rotate_left(TURNS[step / 16][step % 4]);
            (a, d, c, b) = (d, c, b, b.wrapping_add(turned));
        }
        for (whole, part) in state.iter_mut().zip([a, b, c, d]) {
            *whole = whole.wrapping_add(part);
        }
    }
    state.iter().flat_map(|word| word.to_le_bytes()).collect()
}

#[test]
fn md5_is_the_one_of_its_rfc() {
    assert_eq!(
        hex::encode(md5(b"message digest")),
        "f96b697d7cb7938d525a2f31aaf161d0"
    );
    let digits = "1234567890".repeat(8);
    assert_eq!(
        hex::encode(md5(digits.as_bytes())),
        "57edf4a22be3c955ac49da2e2107b67a"
    );
}

/// The number tells keys of one kind apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    P256(u8),
    P384(u8),
    P521(u8),
    Ed25519(u8),
    Rsa1024,
    Rsa2048,
    Rsa3072,
    RsaPss,
}

fn scalar(length: usize, number: u8) -> Vec<u8> {
    let mut scalar = vec![0x17; length];
    scalar[0] = 0;
    scalar[length - 1] = number;
    scalar
}

macro_rules! curve_key {
    ($curve:ident, $length:expr, $number:expr) => {
        $curve::ecdsa::SigningKey::from_slice(&scalar($length, $number)).unwrap()
    };
}

fn hexadecimal(digits: &str) -> Vec<u8> {
    hex::decode(digits).unwrap()
}

/// RSASSA-PKCS1-v1_5 with a modulus and a private exponent, whatever ring thinks of key and hash.
fn sign_plainly([modulus, exponent]: &[BigUint; 2], hash: Hash, digest: &[u8]) -> Vec<u8> {
    let length = modulus.to_bytes_be().len();
    let info = sequence(&[&sequence(&[&hash.oid(), &null()]), &octets(digest)]);
    let mut padded = vec![0xff; length];
    padded[..2].copy_from_slice(&[0, 1]);
    padded[length - info.len() - 1] = 0;
    padded[length - info.len()..].copy_from_slice(&info);
    let value = BigUint::from_bytes_be(&padded).modpow(exponent, modulus);
    let value = value.to_bytes_be();
    [vec![0; length - value.len()], value].concat()
}

/// Modulus and private exponent of a PrivateKeyInfo.
fn numbers(pkcs8: &[u8]) -> [BigUint; 2] {
    let (_, info) = parse_der(pkcs8).unwrap();
    let (_, key) = parse_der(info[2].as_slice().unwrap()).unwrap();
    [1, 3].map(|at| key[at].as_biguint().unwrap())
}

impl Key {
    fn pkcs8(self) -> &'static [u8] {
        match self {
            Self::Rsa3072 => include_bytes!("../keys/rsa-3072-throw-away.pk8"),
            _ => include_bytes!("../keys/rsa-2048-throw-away.pk8"),
        }
    }

    fn rsa(self) -> RsaKeyPair {
        RsaKeyPair::from_pkcs8(self.pkcs8()).unwrap()
    }

    fn ed25519(number: u8) -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&[number; 32]).unwrap()
    }

    /// The digest it signs with unless told otherwise.
    pub fn hash(self) -> Hash {
        match self {
            Self::P384(_) => Hash::Sha384,
            Self::P521(_) | Self::Ed25519(_) => Hash::Sha512,
            _ => Hash::Sha256,
        }
    }

    /// The content of the BIT STRING in its SubjectPublicKeyInfo.
    pub fn public(self) -> Vec<u8> {
        match self {
            Self::P256(number) => {
                let key = curve_key!(p256, 32, number);
                key.verifying_key().to_sec1_point(false).as_bytes().to_vec()
            }
            Self::P384(number) => {
                let key = curve_key!(p384, 48, number);
                key.verifying_key().to_sec1_point(false).as_bytes().to_vec()
            }
            Self::P521(number) => {
                let key = curve_key!(p521, 66, number);
                key.verifying_key().to_sec1_point(false).as_bytes().to_vec()
            }
            Self::Ed25519(number) => Self::ed25519(number).public_key().as_ref().to_vec(),
            Self::Rsa1024 => sequence(&[&integer(&hexadecimal(MODULUS)), &number(65_537)]),
            Self::Rsa2048 | Self::Rsa3072 | Self::RsaPss => {
                self.rsa().public_key().as_ref().to_vec()
            }
        }
    }

    pub fn spki(self) -> Vec<u8> {
        let curve = |curve| sequence(&[&oid("1.2.840.10045.2.1"), &oid(curve)]);
        let algorithm = match self {
            Self::P256(_) => curve("1.2.840.10045.3.1.7"),
            Self::P384(_) => curve("1.3.132.0.34"),
            Self::P521(_) => curve("1.3.132.0.35"),
            Self::Ed25519(_) => sequence(&[&oid("1.3.101.112")]),
            Self::Rsa1024 | Self::Rsa2048 | Self::Rsa3072 | Self::RsaPss => {
                sequence(&[&oid("1.2.840.113549.1.1.1"), &null()])
            }
        };
        sequence(&[&algorithm, &bits(&self.public())])
    }

    /// As XML wants it: `r || s`.
    pub fn sign(self, hash: Hash, message: &[u8]) -> Vec<u8> {
        let digest = hash.of(message);
        macro_rules! ecdsa {
            ($curve:ident, $length:expr, $number:expr) => {{
                let mut padded = vec![0; $length - digest.len().min($length)];
                padded.extend(&digest);
                let value: $curve::ecdsa::Signature = curve_key!($curve, $length, $number)
                    .sign_prehash(&padded)
                    .unwrap();
                value.to_bytes().to_vec()
            }};
        }
        match self {
            Self::P256(number) => {
                let key = curve_key!(p256, 32, number);
                let value: p256::ecdsa::Signature = key.sign_prehash(&digest).unwrap();
                value.to_bytes().to_vec()
            }
            Self::P384(number) => ecdsa!(p384, 48, number),
            Self::P521(number) => ecdsa!(p521, 66, number),
            Self::Ed25519(number) => Self::ed25519(number).sign(message).as_ref().to_vec(),
            Self::Rsa1024 => {
                let numbers = [MODULUS, PRIVATE_EXPONENT]
                    .map(|digits| BigUint::from_bytes_be(&hexadecimal(digits)));
                sign_plainly(&numbers, hash, &digest)
            }
            Self::Rsa2048 | Self::Rsa3072 if matches!(hash, Hash::Md5 | Hash::Sha1) => {
                sign_plainly(&numbers(self.pkcs8()), hash, &digest)
            }
            Self::Rsa2048 | Self::Rsa3072 | Self::RsaPss => {
                let padding: &'static dyn signature::RsaEncoding = match (self, hash) {
                    (Self::RsaPss, _) => &signature::RSA_PSS_SHA256,
                    (_, Hash::Sha384) => &signature::RSA_PKCS1_SHA384,
                    (_, Hash::Sha512) => &signature::RSA_PKCS1_SHA512,
                    _ => &signature::RSA_PKCS1_SHA256,
                };
                let key = self.rsa();
                let mut value = vec![0; key.public().modulus_len()];
                key.sign(padding, &SystemRandom::new(), message, &mut value)
                    .unwrap();
                value
            }
        }
    }

    /// As X.509 and CMS want it, with its AlgorithmIdentifier.
    pub fn sign_der(self, hash: Hash, message: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let value = self.sign(hash, message);
        match self {
            Self::P256(_) | Self::P384(_) | Self::P521(_) => {
                let (r, s) = value.split_at(value.len() / 2);
                let algorithm = match hash {
                    Hash::Sha1 => "1.2.840.10045.4.1",
                    Hash::Sha384 => "1.2.840.10045.4.3.3",
                    Hash::Sha512 => "1.2.840.10045.4.3.4",
                    _ => "1.2.840.10045.4.3.2",
                };
                let value = sequence(&[&integer(r), &integer(s)]);
                (sequence(&[&oid(algorithm)]), value)
            }
            Self::Ed25519(_) => (sequence(&[&oid("1.3.101.112")]), value),
            _ => {
                let algorithm = match hash {
                    Hash::Md5 => "1.2.840.113549.1.1.4",
                    Hash::Sha1 => "1.2.840.113549.1.1.5",
                    Hash::Sha384 => "1.2.840.113549.1.1.12",
                    Hash::Sha512 => "1.2.840.113549.1.1.13",
                    Hash::Sha256 => "1.2.840.113549.1.1.11",
                };
                (sequence(&[&oid(algorithm), &null()]), value)
            }
        }
    }

    /// The URI of its signature method in XML.
    pub fn method(self, hash: Hash) -> String {
        let hash = match hash {
            Hash::Md5 => "md5",
            Hash::Sha1 => "sha1",
            Hash::Sha256 => "sha256",
            Hash::Sha384 => "sha384",
            Hash::Sha512 => "sha512",
        };
        match self {
            Self::P256(_) | Self::P384(_) | Self::P521(_) => {
                format!("http://www.w3.org/2001/04/xmldsig-more#ecdsa-{hash}")
            }
            Self::Ed25519(_) => "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519".to_owned(),
            Self::RsaPss => format!("http://www.w3.org/2007/05/xmldsig-more#{hash}-rsa-MGF1"),
            _ => format!("http://www.w3.org/2001/04/xmldsig-more#rsa-{hash}"),
        }
    }
}
