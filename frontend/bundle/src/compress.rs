//! Every file once as brotli and once as gzip: the server hands them out a million times and
//! compresses nothing itself.

use std::io::Write;
use std::path::{Path, PathBuf};

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::failure::{Context, Result};
use crate::fingerprint::{read, write};

/// How hard to compress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    brotli: i32,
    gzip: u32,
}

impl Effort {
    /// As small as it gets: for what ships.
    pub const MOST: Self = Self {
        brotli: 11,
        gzip: 9,
    };
    /// In a moment: for what is read on this machine.
    pub const LITTLE: Self = Self { brotli: 4, gzip: 1 };
}

/// How large a file is in each of its three forms, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// As it is.
    pub size: u64,
    /// As brotli.
    pub br: u64,
    /// As gzip.
    pub gz: u64,
}

/// Writes `content` at `path` with its two compressed forms beside it.
///
/// `before` is the same file in the last build: when its content is the same,
/// its compressed forms are taken over, because brotli 11 is slow.
pub fn write_with_forms(
    path: &Path,
    content: &[u8],
    before: &Path,
    effort: Effort,
) -> Result<Sizes> {
    let (br, gz) = match forms_before(content, before) {
        Some(forms) => forms,
        None => (brotli(content, effort)?, gzip(content, effort)?),
    };
    write(path, content)?;
    write(&beside(path, "br"), &br)?;
    write(&beside(path, "gz"), &gz)?;
    Ok(Sizes {
        size: content.len() as u64,
        br: br.len() as u64,
        gz: gz.len() as u64,
    })
}

fn forms_before(content: &[u8], before: &Path) -> Option<(Vec<u8>, Vec<u8>)> {
    (read(before).ok()? == content).then_some(())?;
    Some((
        read(&beside(before, "br")).ok()?,
        read(&beside(before, "gz")).ok()?,
    ))
}

/// `frontend.js` and `br` make `frontend.js.br`.
fn beside(path: &Path, form: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(form);
    name.into()
}

fn brotli(content: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: effort.brotli,
        lgwin: 22,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut out, &parameters)
        .context(|| "cannot compress with brotli".into())?;
    Ok(out)
}

fn gzip(content: &[u8], effort: Effort) -> Result<Vec<u8>> {
    // No time and no name in the header: the same content, the same bytes.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(effort.gzip));
    encoder
        .write_all(content)
        .and_then(|()| encoder.finish())
        .context(|| "cannot compress with gzip".into())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{Effort, brotli, gzip, write_with_forms};
    use crate::fingerprint::Scratch;

    fn sample() -> Vec<u8> {
        "the quick brown fox ".repeat(200).into_bytes()
    }

    #[test]
    fn both_forms_unpack_to_the_content() {
        let mut plain = Vec::new();
        brotli::BrotliDecompress(
            &mut &*brotli(&sample(), Effort::LITTLE).unwrap(),
            &mut plain,
        )
        .unwrap();
        assert_eq!(plain, sample());

        let packed = gzip(&sample(), Effort::LITTLE).unwrap();
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(&*packed)
            .read_to_end(&mut plain)
            .unwrap();
        assert_eq!(plain, sample());
        assert!(packed.len() < sample().len() / 10);
    }

    #[test]
    fn the_forms_lie_beside_the_file() {
        let scratch = Scratch::new("forms");
        let path = scratch.path().join("pkg/a.css");
        let sizes =
            write_with_forms(&path, &sample(), &scratch.path().join("none"), Effort::MOST).unwrap();
        assert_eq!(sizes.size, 4000);
        let br = std::fs::read(scratch.path().join("pkg/a.css.br")).unwrap();
        let gz = std::fs::read(scratch.path().join("pkg/a.css.gz")).unwrap();
        assert_eq!((sizes.br, sizes.gz), (br.len() as u64, gz.len() as u64));
    }

    #[test]
    fn forms_of_the_same_content_are_taken_over_and_others_are_not() {
        let scratch = Scratch::new("over");
        scratch.put("old/a.js", "same");
        scratch.put("old/a.js.br", "kept br");
        scratch.put("old/a.js.gz", "kept");
        let before = scratch.path().join("old/a.js");
        let path = scratch.path().join("new/a.js");
        let sizes = write_with_forms(&path, b"same", &before, Effort::MOST).unwrap();
        assert_eq!((sizes.br, sizes.gz), (7, 4));
        let sizes = write_with_forms(&path, b"other", &before, Effort::MOST).unwrap();
        assert_ne!(sizes.br, 7);
    }
}
