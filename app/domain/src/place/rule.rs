//! Who may see which page and call which server function.

/// Who may see a page or call a server function. The matrix test walks every
/// page and every call against every kind of caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Anybody.
    Anyone,
    /// Who is in a ceremony that leads there: a first sign-in, an enrol link, or
    /// a fresh session.
    Ceremony,
    /// Who is signed in at the realm.
    SignedIn,
    /// The same, or who is signed in to set a new PIN and nothing else: for their PIN.
    SignedInOrReset,
    /// Who proved themselves within the last minutes; others are asked to.
    Fresh,
    /// The same, or who is signed in to set a new PIN and did not set it yet.
    FreshOrReset,
    /// Somebody of the service desk of the realm in question, signed in at the
    /// staff's realm by a factor that resists phishing.
    Desk,
    /// An administrator of the realm, signed in at the staff's realm by a
    /// factor that resists phishing.
    Administrator,
    /// Who may start any import or export of the realm, signed in like an
    /// administrator.
    Transfers,
    /// Who may read the realm's audit trail, signed in like an administrator.
    Auditor,
    /// Who may read the realm's policy, signed in like an administrator.
    PolicyReader,
    /// Who may open any place of administration, signed in like an
    /// administrator.
    AnyAdmin,
}

/// The rule of every server function, by its address below `/api/`. A function
/// that is missing here is refused by the router and fails the matrix test.
pub const CALLS: &[(&str, Rule)] = &[
    ("page", Rule::Anyone),
    ("zone", Rule::Anyone),
    ("sign-in/password", Rule::Anyone),
    ("sign-in/passkey-options", Rule::Anyone),
    ("sign-in/passkey", Rule::Anyone),
    ("sign-in/phone", Rule::Anyone),
    ("sign-out", Rule::Anyone),
    ("prove/code", Rule::Anyone),
    ("prove/passkey", Rule::Anyone),
    ("prove/phone", Rule::Anyone),
    ("prove/resend", Rule::Anyone),
    ("prove/another-way", Rule::Anyone),
    ("prove/cancel", Rule::Anyone),
    ("choose-method", Rule::Ceremony),
    ("choose-method/cancel", Rule::Ceremony),
    ("capture-address", Rule::Ceremony),
    ("enroll-totp", Rule::Ceremony),
    ("enroll-email", Rule::Ceremony),
    ("enroll-email/resend", Rule::Ceremony),
    ("enroll-passkey", Rule::Ceremony),
    ("enroll-line", Rule::Ceremony),
    ("enroll-line/number", Rule::Ceremony),
    ("enroll-line/resend", Rule::Ceremony),
    ("enroll-phone", Rule::Anyone),
    ("enroll-phone/replace", Rule::Fresh),
    ("phone/answer", Rule::Anyone),
    ("phone/subscribe", Rule::Anyone),
    ("phone/show-code", Rule::Anyone),
    ("reset-password/ask", Rule::Anyone),
    ("reset-password/code", Rule::Anyone),
    ("reset-password/open", Rule::Anyone),
    ("reset-password/set", Rule::Anyone),
    ("reset-password/fresh", Rule::Anyone),
    ("not-me", Rule::Anyone),
    ("recovery-codes/make", Rule::Fresh),
    ("recovery-codes/saved", Rule::SignedIn),
    ("manage-factors/rename", Rule::Fresh),
    ("manage-factors/remove", Rule::Fresh),
    ("manage-factors/test", Rule::SignedInOrReset),
    ("sessions/end", Rule::SignedIn),
    ("sessions/end-others", Rule::SignedIn),
    ("sessions/forget-device", Rule::SignedIn),
    ("sessions/withdraw-consent", Rule::SignedIn),
    ("profile/save", Rule::SignedIn),
    ("profile/add-address", Rule::Fresh),
    ("profile/confirm-address", Rule::Fresh),
    ("profile/remove-address", Rule::Fresh),
    ("profile/cancel-number", Rule::SignedIn),
    ("profile/cancel-switch", Rule::SignedIn),
    ("request", Rule::SignedIn),
    ("request/withdraw", Rule::SignedIn),
    ("approvals/decide", Rule::SignedIn),
    ("approvals/deputy", Rule::SignedIn),
    ("register", Rule::Anyone),
    ("lost-phone", Rule::Anyone),
    ("wrong-address", Rule::Anyone),
    ("follow-case/veto", Rule::Anyone),
    ("follow-case/withdraw", Rule::Anyone),
    ("change-pin", Rule::FreshOrReset),
    ("reset-pin/ask", Rule::Anyone),
    ("reset-pin/chain", Rule::Anyone),
    ("reset-pin/emergency", Rule::Anyone),
    ("reset-pin/approved", Rule::Anyone),
    ("confirm-case", Rule::SignedIn),
    ("confirm-call/find", Rule::Anyone),
    ("confirm-call/answer", Rule::Anyone),
    ("vouch", Rule::SignedIn),
    ("undo-change", Rule::Anyone),
    ("desk/case", Rule::Desk),
    ("desk/person", Rule::Desk),
    ("desk/second", Rule::Desk),
    ("desk/check", Rule::Desk),
    ("desk/call-back", Rule::Desk),
    ("desk/call", Rule::Desk),
    ("desk/code", Rule::Desk),
    ("desk/emergency", Rule::Desk),
    ("admin/roles/give", Rule::Administrator),
    ("admin/roles/take", Rule::Administrator),
    ("admin/announce", Rule::Administrator),
    ("admin/announce/withdraw", Rule::Administrator),
    ("admin/applications/add", Rule::Administrator),
    ("admin/applications/change", Rule::Administrator),
    ("admin/applications/secret", Rule::Administrator),
    ("admin/applications/forget", Rule::Administrator),
    ("admin/applications/switch", Rule::Administrator),
    ("admin/invite", Rule::Administrator),
    ("admin/invite/check", Rule::Administrator),
    ("admin/invite/csv", Rule::Administrator),
    ("admin/invite/resend", Rule::Administrator),
    ("admin/invite/revoke", Rule::Administrator),
    ("admin/person", Rule::Administrator),
    ("admin/person/number", Rule::Administrator),
    ("admin/person/manager", Rule::Administrator),
    ("admin/people/export", Rule::Administrator),
    ("admin/audit/verify", Rule::Auditor),
    ("admin/audit/export", Rule::Auditor),
    ("admin/transfer/cancel", Rule::Transfers),
];
