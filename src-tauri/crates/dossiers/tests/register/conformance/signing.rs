use ring::signature::{ED25519, UnparsedPublicKey};

use super::Make;

pub fn what_the_desk_signs_its_public_key_confirms(make: &Make) {
    let fresh = make();
    let key = UnparsedPublicKey::new(&ED25519, fresh.register.public_key().unwrap());
    let signature = fresh.register.sign(b"manifest").unwrap();
    assert!(key.verify(b"manifest", &signature).is_ok());
    assert!(key.verify(b"another", &signature).is_err());
}

pub fn two_desks_sign_with_different_keys(make: &Make) {
    assert_ne!(
        make().register.public_key().unwrap(),
        make().register.public_key().unwrap()
    );
}
