//! Whether authenticator data ends where its own lengths say (WebAuthn Level 3, 6.1). The
//! library reads what it needs from the front and leaves what follows unread: signed by the
//! key or not, nobody vouches for what such bytes mean to whoever reads them next.

use serde_cbor_2::{Deserializer, Value};

/// Hash of the RP ID, flags, counter.
const HEAD: usize = 37;
/// The flag for attested credential data.
const ATTESTED: u8 = 0x40;
/// The flag for extensions.
const EXTENDED: u8 = 0x80;
/// AAGUID, and the length of the credential id.
const CREDENTIAL_HEAD: usize = 18;

/// Returns whether authenticator data has no byte too many or too few.
pub fn is_whole(data: &[u8]) -> bool {
    rest(data).is_some_and(<[u8]>::is_empty)
}

/// Returns whether an attestation object, and the authenticator data in it, have no byte too
/// many.
pub fn is_whole_attestation(object: &[u8]) -> bool {
    let Ok(Value::Map(map)) = serde_cbor_2::from_slice(object) else {
        return false;
    };
    match map.get(&Value::Text("authData".to_owned())) {
        Some(Value::Bytes(data)) => is_whole(data),
        _ => false,
    }
}

/// What follows after all that the flags promise; `None` where that is not there.
fn rest(data: &[u8]) -> Option<&[u8]> {
    let flags = *data.get(HEAD - 5)?;
    let mut rest = data.get(HEAD..)?;
    if flags & ATTESTED != 0 {
        let length = rest.get(CREDENTIAL_HEAD - 2..CREDENTIAL_HEAD)?;
        let length = usize::from(u16::from_be_bytes(length.try_into().ok()?));
        rest = after_item(rest.get(CREDENTIAL_HEAD + length..)?)?;
    }
    if flags & EXTENDED != 0 {
        rest = after_item(rest)?;
    }
    Some(rest)
}

/// What follows after one CBOR item.
fn after_item(bytes: &[u8]) -> Option<&[u8]> {
    let mut items = Deserializer::from_slice(bytes).into_iter::<Value>();
    items.next()?.ok()?;
    bytes.get(items.byte_offset()..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn data(flags: u8, rest: &[u8]) -> Vec<u8> {
        let mut data = vec![7; 32];
        data.push(flags);
        data.extend([0, 0, 0, 9]);
        data.extend(rest);
        data
    }

    /// AAGUID, a credential id of this length, and a CBOR map in the place of its key.
    fn credential(id: u16) -> Vec<u8> {
        let mut out = vec![0; 16];
        out.extend(id.to_be_bytes());
        out.extend(vec![1; usize::from(id)]);
        out.extend([0xa1, 0x01, 0x02]);
        out
    }

    proptest! {
        #[test]
        fn it_ends_where_its_lengths_say(id in 0_u16..200, attested: bool, extended: bool, extra in prop::collection::vec(any::<u8>(), 1..20)) {
            let mut flags = 5;
            let mut rest = Vec::new();
            if attested {
                flags |= ATTESTED;
                rest.extend(credential(id));
            }
            if extended {
                flags |= EXTENDED;
                rest.extend([0xa1, 0x61, b'x', 0xf5]);
            }
            let good = data(flags, &rest);
            prop_assert!(is_whole(&good));
            let cut = &good[..good.len() - 1];
            prop_assert!(!is_whole(cut));
            let mut long = good;
            long.extend(extra);
            prop_assert!(!is_whole(&long));
        }
    }
}
