//! What came of a transfer, as a file that is written while it is read.

use super::{found, part_context, trail_lines, work::summary};
use crate::{Fact, Failure, Request, Services, audit, ceremony::Ctx, infra::csv_lines, people};
use domain::{
    Field, Lang, Refusal,
    audit::{Action, Event},
    ids::TransferId,
    screen::ReportLine,
    transfer::{Format, Transfer, TransferKind},
};
use std::sync::Arc;

/// A file that is being read.
pub struct File {
    services: Arc<Services>,
    transfer: Transfer,
    lang: Lang,
    stage: Stage,
}

#[derive(Clone, Copy)]
enum Stage {
    /// Nothing was read yet.
    Begin,
    /// Pieces follow, after the one with so many rows before it.
    Parts(Option<i64>),
    /// Everything was read.
    Over,
}

/// The file of an export or the report of an import, for who started it. It is
/// written into the trail before its first byte leaves, because a reader may break
/// off.
///
/// # Errors
/// See [`Services::admitted`]; [`Failure::Forbidden`] for everybody but the
/// starter, [`Failure::NotFound`] where there is no file (any more).
pub async fn file(
    services: &Arc<Services>,
    request: &Request,
    realm: &str,
    id: String,
) -> Result<File, Failure> {
    let realm = services.realm(realm)?;
    let id = TransferId::new(id);
    let (session, transfer) = found(services, request, &realm, &id).await?;
    let by = &session.person.id;
    if !transfer.opens_to(by, &session.grants) {
        services.denied(request, &session).await?;
    }
    if !transfer.has_file(services.now()) {
        return Err(Failure::NotFound);
    }
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let mut fact = Fact::begin(ctx).await?;
    let about = summary(&mut fact, &transfer).await?;
    let event = Event::done(Action::Exported, by.clone()).because(about);
    audit::record(&mut fact, Some(by), &event).await?;
    fact.commit().await?;
    Ok(File {
        services: Arc::clone(services),
        transfer,
        lang: request.chosen.unwrap_or(session.person.lang),
        stage: Stage::Begin,
    })
}

impl File {
    /// "people-customers.csv".
    pub fn name(&self) -> String {
        let what = match self.transfer.kind {
            TransferKind::ImportInvitations => "invitations",
            TransferKind::ExportPeople => "people",
            TransferKind::ExportAudit => "audit",
        };
        let (realm, ending) = (&self.transfer.realm, self.transfer.format.slug());
        format!("{what}-{realm}.{ending}")
    }

    /// How it is written.
    pub const fn format(&self) -> Format {
        self.transfer.format
    }

    /// The next part of the file; `None` after the last one.
    ///
    /// # Errors
    /// The database could not: the file is broken off, so that nobody takes it
    /// for a whole one.
    pub async fn next(&mut self) -> Result<Option<String>, Failure> {
        match self.stage {
            Stage::Over => Ok(None),
            Stage::Begin => {
                self.stage = Stage::Parts(None);
                Ok(Some(self.head()))
            }
            Stage::Parts(after) => {
                let mut conn = self.services.store.read().await?;
                let part = conn.transfer_part(&self.transfer.id, after).await?;
                drop(conn);
                let Some((from, sealed)) = part else {
                    self.stage = Stage::Over;
                    return Ok(Some(self.tail().to_owned()));
                };
                self.stage = Stage::Parts(Some(from));
                let plain = open(&self.services, &self.transfer, from, &sealed)?;
                self.rows(&plain).map(Some)
            }
        }
    }

    fn head(&self) -> String {
        match self.transfer.kind {
            TransferKind::ImportInvitations => {
                csv_lines::lines([words::transfers::report_columns(self.lang)])
            }
            TransferKind::ExportPeople => csv_lines::lines([people::COLUMNS]),
            TransferKind::ExportAudit => trail_lines::head(self.transfer.format),
        }
    }

    const fn tail(&self) -> &'static str {
        match self.transfer.kind {
            TransferKind::ExportAudit => trail_lines::tail(self.transfer.format),
            TransferKind::ImportInvitations | TransferKind::ExportPeople => "",
        }
    }

    /// A piece as it stands in the file: those of exports are written already.
    fn rows(&self, plain: &[u8]) -> Result<String, Failure> {
        if !self.transfer.kind.is_import() {
            return Ok(String::from_utf8_lossy(plain).into_owned());
        }
        let report = report(plain)?;
        let rows = report.into_iter().map(|line| {
            let why = why(self.lang, &line);
            [line.row.to_string(), line.what, why]
        });
        Ok(csv_lines::lines(rows))
    }
}

/// Opens a piece.
pub(super) fn open(
    services: &Services,
    transfer: &Transfer,
    from_row: i64,
    sealed: &[u8],
) -> Result<Vec<u8>, Failure> {
    let context = part_context(&transfer.id, from_row);
    Ok(services.vault.open(&context, sealed)?.to_vec())
}

/// The rows that a piece of a report names.
pub(super) fn report(plain: &[u8]) -> Result<Vec<ReportLine>, Failure> {
    serde_json::from_slice(plain).map_err(|e| Failure::unavailable(&e))
}

fn why(lang: Lang, line: &ReportLine) -> String {
    match &line.why {
        None => words::transfers::known(lang).to_owned(),
        Some(code) => {
            let refusal = Refusal::at(Field::Email, code.clone());
            words::refusal::text(lang, &refusal, words::refusal::About::default())
        }
    }
}
