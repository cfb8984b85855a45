//! Encryption for the browser alone: RFC 8291 on top of aes128gcm (RFC 8188).

use super::subscription::Keys;
use aes_gcm::{
    Aes128Gcm, KeyInit, Nonce,
    aead::{AeadInOut, Tag},
};
use hkdf::Hkdf;
use p256::SecretKey;
use sha2::Sha256;
use zeroize::Zeroizing;

/// How many random bytes one message takes: 16 for the salt, then 32 for the
/// private key that serves this message alone.
pub const DRAW: usize = 48;

/// The length of every body, so that its length tells nothing. RFC 8030 lets a
/// push service refuse what is longer than 4096 bytes; Mozilla's takes 3070 at
/// most for Android and others are known to stop at 2048.
pub const BODY: usize = 2048;

/// The longest payload, in bytes: what is left of [`BODY`] without header,
/// delimiter and tag.
pub const MOST_PAYLOAD: usize = BODY - HEADER - 1 - TAG;

const SALT: usize = 16;
const POINT: usize = 65;
/// Salt, record size, length of the key id, key id (RFC 8188, 2.1).
const HEADER: usize = SALT + 4 + 1 + POINT;
const TAG: usize = 16;
/// The size of a record; the one record that there is may be shorter.
const RECORD: u32 = 4096;
/// Ends the data of the last record; zeros follow (RFC 8188, 2).
const LAST: u8 = 2;

/// The body of a request: `payload` for the owner of `keys`, padded so that
/// the whole has `length` bytes. `None` when it does not fit, or when the draw
/// is no private key (one of 2³²: draw again).
pub(super) fn encrypt(
    keys: &Keys,
    payload: &[u8],
    length: usize,
    draw: &[u8; DRAW],
) -> Option<Vec<u8>> {
    let padded = length.checked_sub(HEADER + TAG)?;
    if payload.len() >= padded {
        return None;
    }
    let (salt, private) = draw.split_at(SALT);
    let private = SecretKey::from_slice(private).ok()?;
    let public = private.public_key().to_sec1_bytes();

    let mut body = Vec::with_capacity(length);
    body.extend_from_slice(salt);
    body.extend_from_slice(&RECORD.to_be_bytes());
    body.push(POINT as u8);
    body.extend_from_slice(&public);
    body.extend_from_slice(payload);
    body.push(LAST);
    body.resize(HEADER + padded, 0);

    let shared = private.diffie_hellman(&keys.public);
    let (key, nonce) = schedule(shared.raw_secret_bytes(), keys, &public, salt);
    let tag: Tag<Aes128Gcm> = Aes128Gcm::new((&*key).into())
        .encrypt_inout_detached(&Nonce::from(nonce), &[], body.get_mut(HEADER..)?.into())
        .ok()?;
    body.extend_from_slice(&tag);
    Some(body)
}

/// From the shared secret to the key and the nonce of the first record
/// (RFC 8291, 3.3 and 3.4; RFC 8188, 2.2 and 2.3).
fn schedule(
    shared: &[u8],
    keys: &Keys,
    sender: &[u8],
    salt: &[u8],
) -> (Zeroizing<[u8; 16]>, [u8; 12]) {
    let receiver = keys.public.to_sec1_bytes();
    let info = [b"WebPush: info\0", &*receiver, sender].concat();
    let input = expand::<32>(&keys.auth, shared, &info);
    let key = expand::<16>(salt, &*input, b"Content-Encoding: aes128gcm\0");
    let nonce = expand::<12>(salt, &*input, b"Content-Encoding: nonce\0");
    (key, *nonce)
}

fn expand<const N: usize>(salt: &[u8], input: &[u8], info: &[u8]) -> Zeroizing<[u8; N]> {
    let mut out = Zeroizing::new([0; N]);
    Hkdf::<Sha256>::new(Some(salt), input)
        .expand(info, &mut *out)
        .expect("HKDF gives 255 times 32 bytes and is asked for 32 at most");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::BASE64URL_NOPAD;

    fn bytes(text: &str) -> Vec<u8> {
        BASE64URL_NOPAD.decode(text.as_bytes()).unwrap()
    }

    /// RFC 8291, 5 and Appendix A.
    fn example() -> (Keys, [u8; DRAW]) {
        let keys = Keys::read(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg",
        )
        .unwrap();
        let mut draw = bytes("DGv6ra1nlYgDCS1FRnbzlw");
        draw.extend(bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"));
        (keys, draw.try_into().unwrap())
    }

    #[test]
    fn the_example_of_the_standard() {
        let (keys, draw) = example();
        let said = b"When I grow up, I want to be a watermelon";
        // The example has no padding.
        let length = HEADER + said.len() + 1 + TAG;
        assert_eq!(
            encrypt(&keys, said, length, &draw).unwrap(),
            bytes(
                "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vC\
                 YLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXL\
                 WyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
            )
        );
    }

    #[test]
    fn every_body_has_the_same_length() {
        let (keys, draw) = example();
        for length in [0, 1, 200, MOST_PAYLOAD] {
            let body = encrypt(&keys, &vec![7; length], BODY, &draw).unwrap();
            assert_eq!(body.len(), BODY, "{length}");
        }
        assert!(encrypt(&keys, &[7; MOST_PAYLOAD + 1], BODY, &draw).is_none());
        assert_eq!(MOST_PAYLOAD, 1945);
    }

    #[test]
    fn a_draw_that_is_no_key_is_none() {
        let (keys, draw) = example();
        for byte in [0, 0xff] {
            let mut draw = draw;
            draw[SALT..].fill(byte);
            assert!(encrypt(&keys, b"x", BODY, &draw).is_none());
        }
    }
}
