//! A look at a WebAssembly module from outside: is there something to split,
//! and away with the sections that only linkers and debuggers read.

use crate::failure::{Failure, Result};

const HEADER: &[u8] = b"\0asm\x01\0\0\0";
const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;

/// Whether any function of this module was marked as lazy: the marks are
/// imports that only the splitter resolves.
pub fn has_split_points(module: &[u8]) -> Result<bool> {
    Ok(sections(module)?
        .iter()
        .filter(|section| section.id == IMPORT)
        .any(|section| contains(section.body, b"__wasm_split_00")))
}

/// The module without custom sections for which `drop` says yes.
pub fn without(module: &[u8], drop: impl Fn(&str) -> bool) -> Result<Vec<u8>> {
    let mut out = HEADER.to_vec();
    for section in sections(module)? {
        if !section.name().is_some_and(&drop) {
            out.extend_from_slice(section.whole);
        }
    }
    Ok(out)
}

/// Sections that belong to `--emit-relocs`: wrong as soon as a tool has moved
/// anything, and as large as the code.
pub fn is_relocation(name: &str) -> bool {
    name == "linking" || name.starts_with("reloc.")
}

/// Sections that no browser needs.
pub fn is_ballast(name: &str) -> bool {
    is_relocation(name)
        || name.starts_with(".debug_")
        || matches!(name, "name" | "producers" | "target_features")
        || name.starts_with("__wasm_split")
}

struct Section<'a> {
    id: u8,
    whole: &'a [u8],
    body: &'a [u8],
}

impl Section<'_> {
    /// The name of a custom section; other sections have none.
    fn name(&self) -> Option<&str> {
        if self.id != CUSTOM {
            return None;
        }
        let (length, read) = number(self.body)?;
        let name = self.body.get(read..read.checked_add(length)?)?;
        std::str::from_utf8(name).ok()
    }
}

fn sections(module: &[u8]) -> Result<Vec<Section<'_>>> {
    let broken = || Failure::new("this is no WebAssembly module that we can read");
    let mut rest = module.strip_prefix(HEADER).ok_or_else(broken)?;
    let mut found = Vec::new();
    while let Some((&id, after)) = rest.split_first() {
        let (length, read) = number(after).ok_or_else(broken)?;
        let end = read.checked_add(length).ok_or_else(broken)?;
        let body = after.get(read..end).ok_or_else(broken)?;
        let (whole, remaining) = rest.split_at(1 + end);
        found.push(Section { id, whole, body });
        rest = remaining;
    }
    Ok(found)
}

/// A number in LEB128, and how many bytes it took.
fn number(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0_u64;
    for (index, byte) in bytes.iter().take(5).enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((usize::try_from(value).ok()?, index + 1));
        }
    }
    None
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::{HEADER, has_split_points, is_ballast, is_relocation, without};

    fn section(id: u8, body: &[u8]) -> Vec<u8> {
        let length = u8::try_from(body.len()).unwrap();
        [&[id, length][..], body].concat()
    }

    fn custom(name: &str, content: &[u8]) -> Vec<u8> {
        let length = u8::try_from(name.len()).unwrap();
        section(0, &[&[length][..], name.as_bytes(), content].concat())
    }

    #[test]
    fn only_the_named_custom_sections_go() {
        let code = section(10, b"reloc.CODE");
        let kept = custom("target_features", b"+simd");
        let module = [
            HEADER,
            &*code,
            &*custom("reloc.CODE", b"xx"),
            &*kept,
            &*custom("linking", b"yy"),
        ]
        .concat();
        let linked = without(&module, is_relocation).unwrap();
        assert_eq!(linked, [HEADER, &*code, &*kept].concat());
        let bare = without(&module, is_ballast).unwrap();
        assert_eq!(bare, [HEADER, &*code].concat());
    }

    #[test]
    fn a_split_point_is_an_import() {
        let import = [HEADER, &*section(2, b"..__wasm_split_00desk00_import_0")].concat();
        let name = [HEADER, &*custom("name", b"__wasm_split_00desk00")].concat();
        assert!(has_split_points(&import).unwrap());
        assert!(!has_split_points(&name).unwrap());
    }

    #[test]
    fn what_is_cut_short_is_refused() {
        assert!(without(b"no module", is_ballast).is_err());
        assert!(without(&[HEADER, &[10, 5, 1]].concat(), is_ballast).is_err());
    }
}
