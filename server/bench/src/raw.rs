//! SQLite by its own interface: what a statement costs without anything around
//! it.

use crate::{Failed, cpu};
use libsqlite3_sys as ffi;
use std::{
    ffi::{CStr, CString},
    path::Path,
    ptr, thread,
    time::Duration,
};

/// A connection.
pub struct Raw(*mut ffi::sqlite3);

/// What a place in a statement holds.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing.
    Null,
    /// A number.
    Number(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Raw {
    /// Opens a file.
    ///
    /// # Errors
    /// It is none of SQLite's.
    pub fn open(file: &Path) -> Result<Self, Failed> {
        let name = CString::new(file.as_os_str().as_encoded_bytes())?;
        let mut raw = Self(ptr::null_mut());
        // SAFETY: the name ends with a zero and outlives the call; what is
        // written is a connection also where the file could not be opened, and
        // `drop` closes it.
        let code = unsafe { ffi::sqlite3_open(name.as_ptr(), &raw mut raw.0) };
        raw.check(code)?;
        Ok(raw)
    }

    /// Runs statements that give nothing.
    ///
    /// # Errors
    /// SQLite could not.
    pub fn run(&self, sql: &str) -> Result<(), Failed> {
        let sql = CString::new(sql)?;
        // SAFETY: the connection is open, the text ends with a zero, and nobody
        // is to be called back.
        let code = unsafe {
            ffi::sqlite3_exec(self.0, sql.as_ptr(), None, ptr::null_mut(), ptr::null_mut())
        };
        self.check(code)
    }

    /// Prepares a statement.
    ///
    /// # Errors
    /// SQLite cannot read it.
    pub fn prepare(&self, sql: &str) -> Result<Statement<'_>, Failed> {
        let sql = CString::new(sql)?;
        let mut statement = Statement {
            raw: self,
            inner: ptr::null_mut(),
        };
        // SAFETY: the connection is open and outlives the statement, the text
        // ends with a zero.
        let code = unsafe {
            ffi::sqlite3_prepare_v2(
                self.0,
                sql.as_ptr(),
                -1,
                &raw mut statement.inner,
                ptr::null_mut(),
            )
        };
        self.check(code)?;
        Ok(statement)
    }

    fn check(&self, code: i32) -> Result<(), Failed> {
        if code == ffi::SQLITE_OK {
            return Ok(());
        }
        // SAFETY: the message lives until the next call, and is copied here.
        let said = unsafe { CStr::from_ptr(ffi::sqlite3_errmsg(self.0)) };
        Err(format!("SQLite: {}", said.to_string_lossy()).into())
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // SAFETY: nobody else has it, and its statements are gone.
        unsafe { ffi::sqlite3_close(self.0) };
    }
}

/// A statement.
pub struct Statement<'a> {
    raw: &'a Raw,
    inner: *mut ffi::sqlite3_stmt,
}

impl Statement<'_> {
    /// Runs it with these values and looks at every value of every row; gives
    /// how many rows there were, and the first two values of the last one.
    ///
    /// # Errors
    /// SQLite could not.
    pub fn rows(&mut self, values: &[Value]) -> Result<(usize, Value, Value), Failed> {
        self.bind(values)?;
        let mut last = (0, Value::Null, Value::Null);
        // SAFETY: the statement is prepared; a column is read before the next
        // step, as its pointer lives no longer.
        unsafe {
            let columns = ffi::sqlite3_column_count(self.inner);
            loop {
                match ffi::sqlite3_step(self.inner) {
                    ffi::SQLITE_ROW => {}
                    ffi::SQLITE_DONE => break,
                    code => return self.raw.check(code).map(|()| last),
                }
                last.0 += 1;
                for n in 0..columns {
                    let value = self.column(n);
                    match n {
                        0 => last.1 = value,
                        1 => last.2 = value,
                        _ => {
                            std::hint::black_box(value);
                        }
                    }
                }
            }
            ffi::sqlite3_reset(self.inner);
        }
        Ok(last)
    }

    /// Runs it with these values and gives every row.
    ///
    /// # Errors
    /// SQLite could not.
    pub fn all(&mut self, values: &[Value]) -> Result<Vec<Vec<Value>>, Failed> {
        self.bind(values)?;
        let mut rows = Vec::new();
        // SAFETY: as in `rows`.
        unsafe {
            let columns = ffi::sqlite3_column_count(self.inner);
            loop {
                match ffi::sqlite3_step(self.inner) {
                    ffi::SQLITE_ROW => rows.push((0..columns).map(|n| self.column(n)).collect()),
                    ffi::SQLITE_DONE => break,
                    code => return self.raw.check(code).map(|()| rows),
                }
            }
            ffi::sqlite3_reset(self.inner);
        }
        Ok(rows)
    }

    fn bind(&mut self, values: &[Value]) -> Result<(), Failed> {
        for (place, value) in (1..).zip(values) {
            // SAFETY: SQLite copies what is bound (SQLITE_TRANSIENT).
            let code = unsafe {
                let copied = ffi::SQLITE_TRANSIENT();
                match value {
                    Value::Null => ffi::sqlite3_bind_null(self.inner, place),
                    Value::Number(n) => ffi::sqlite3_bind_int64(self.inner, place, *n),
                    Value::Text(t) => {
                        let length = i32::try_from(t.len())?;
                        let text = t.as_ptr().cast();
                        ffi::sqlite3_bind_text(self.inner, place, text, length, copied)
                    }
                    Value::Bytes(b) => {
                        let length = i32::try_from(b.len())?;
                        let bytes = b.as_ptr().cast();
                        ffi::sqlite3_bind_blob(self.inner, place, bytes, length, copied)
                    }
                }
            };
            self.raw.check(code)?;
        }
        Ok(())
    }

    /// A value of the row that the statement stands at.
    fn column(&self, n: i32) -> Value {
        // SAFETY: there is such a column; text and bytes are copied before the
        // statement moves, with the length that SQLite says.
        unsafe {
            let copy = |start: *const u8| {
                let length = usize::try_from(ffi::sqlite3_column_bytes(self.inner, n)).unwrap_or(0);
                if start.is_null() {
                    Vec::new()
                } else {
                    std::slice::from_raw_parts(start, length).to_vec()
                }
            };
            match ffi::sqlite3_column_type(self.inner, n) {
                ffi::SQLITE_NULL => Value::Null,
                ffi::SQLITE_INTEGER => Value::Number(ffi::sqlite3_column_int64(self.inner, n)),
                ffi::SQLITE_BLOB => {
                    Value::Bytes(copy(ffi::sqlite3_column_blob(self.inner, n).cast()))
                }
                _ => {
                    let text = copy(ffi::sqlite3_column_text(self.inner, n));
                    Value::Text(String::from_utf8_lossy(&text).into_owned())
                }
            }
        }
    }
}

impl Drop for Statement<'_> {
    fn drop(&mut self) {
        // SAFETY: nobody else has it; finalising what was never prepared does
        // nothing.
        unsafe { ffi::sqlite3_finalize(self.inner) };
    }
}

/// Does something on a thread of its own on the measured processor, while the
/// driver waits; gives what came of it and the processor time that it used.
///
/// # Errors
/// It failed.
pub fn measured<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failed> + Send + 'static,
) -> Result<(T, Duration), Failed> {
    let thread = thread::Builder::new()
        .name("bare".to_owned())
        .spawn(move || {
            // On one processor it shares the driver's, as everything does.
            let _ = cpu::pin(cpu::MEASURED);
            let before = cpu::of_this_thread()?;
            let done = work()?;
            Ok((done, cpu::of_this_thread()?.saturating_sub(before)))
        })?;
    thread.join().map_err(|_| "the bare loop panicked")?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::Folder;

    #[test]
    fn what_goes_in_comes_out() {
        let folder = Folder::make().unwrap();
        let raw = Raw::open(&folder.path().join("raw.db")).unwrap();
        raw.run("CREATE TABLE t (a, b, c)").unwrap();
        let values = [
            Value::Number(7),
            Value::Text("ä".to_owned()),
            Value::Bytes(vec![0, 1]),
        ];
        let mut put = raw.prepare("INSERT INTO t VALUES (?, ?, ?)").unwrap();
        assert_eq!(put.rows(&values).unwrap().0, 0);
        assert_eq!(put.rows(&values).unwrap().0, 0);
        let mut get = raw.prepare("SELECT a, b, c FROM t WHERE a = ?").unwrap();
        let (rows, first, second) = get.rows(&[Value::Number(7)]).unwrap();
        assert_eq!(rows, 2);
        assert!(matches!(first, Value::Number(7)));
        assert!(matches!(second, Value::Text(text) if text == "ä"));
        assert_eq!(get.rows(&[Value::Null]).unwrap().0, 0);
        assert!(raw.prepare("SELECT nothing").is_err());
    }

    #[test]
    fn the_measured_thread_says_what_it_used() {
        let (sum, _) = measured(|| Ok(1 + 1)).unwrap();
        assert_eq!(sum, 2);
        assert!(measured::<()>(|| Err("no".into())).is_err());
    }
}
