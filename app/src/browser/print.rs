//! Printing.

/// Opens the browser's print dialog.
pub fn page() {
    #[cfg(feature = "hydrate")]
    {
        // A browser without a dialog has nothing to say about it.
        let _ = web_sys::window().and_then(|w| w.print().ok());
    }
}
