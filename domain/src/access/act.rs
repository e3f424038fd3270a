//! Everything that takes a right, by name.

use crate::codes::codes;

codes! {
    /// A mutation, or a read of what is not public, spelled as in the API.
    pub enum Act("act") {
        /// Put a person on file.
        RegisterProvider = "registerProvider",
        /// Say that an entry is one's own.
        ClaimProvider = "claimProvider",
        /// Issue the code of such a claim, to be read out or posted.
        IssueClaimCode = "issueClaimCode",
        /// Decide or complete such a claim.
        ConfirmClaim = "confirmClaim",
        /// Change what a person says of themselves.
        UpdateProfile = "updateProfile",
        /// Ask that an entry be taken away.
        RequestRemoval = "requestRemoval",
        /// Decide that.
        DecideRemoval = "decideRemoval",
        /// Put a licence on file, or change it.
        UpsertLicense = "upsertLicense",
        /// Record what a board's register said.
        RecordLicenseCheck = "recordLicenseCheck",
        /// Record that a source was asked for evidence that the law names.
        RecordRegistryLookup = "recordRegistryLookup",
        /// Put a place of practice on file, or change it.
        UpsertLocation = "upsertLocation",
        /// Say that a place of practice is right.
        ConfirmLocation = "confirmLocation",
        /// Write down a credential.
        DraftCredential = "draftCredential",
        /// Change what is written down and not submitted.
        UpdateCredentialDraft = "updateCredentialDraft",
        /// Open a case.
        OpenCase = "openCase",
        /// Put a case before a verifier.
        SubmitCase = "submitCase",
        /// Take a case.
        ClaimCase = "claimCase",
        /// Give a case back to the queue.
        ReleaseCase = "releaseCase",
        /// Ask the provider for more.
        RequestInfo = "requestInfo",
        /// Give what was asked for.
        SupplyInfo = "supplyInfo",
        /// Record what a source said.
        RecordCheck = "recordCheck",
        /// Say what a doubtful check comes to.
        ResolveCheck = "resolveCheck",
        /// Say that one is too near to a case.
        DeclareConflict = "declareConflict",
        /// Say that a claim may be a fraud.
        FlagFraud = "flagFraud",
        /// Recommend a decision.
        RecommendCase = "recommendCase",
        /// Decide for.
        ApproveCase = "approveCase",
        /// Decide against.
        RejectCase = "rejectCase",
        /// Send back to the verifier.
        ReturnCase = "returnCase",
        /// Take a case back.
        WithdrawCase = "withdrawCase",
        /// Take a credential out of force for now.
        SuspendCredential = "suspendCredential",
        /// Put a suspended credential back in force.
        ReinstateCredential = "reinstateCredential",
        /// Take a credential back.
        WithdrawCredential = "withdrawCredential",
        /// Say that a record never was.
        MarkEnteredInError = "markEnteredInError",
        /// Appeal against a decision.
        FileAppeal = "fileAppeal",
        /// Write down an attestation.
        DraftAttestation = "draftAttestation",
        /// Sign it.
        SignAttestation = "signAttestation",
        /// Accept or refuse it.
        ReviewAttestation = "reviewAttestation",
        /// Take it out of force.
        InvalidateAttestation = "invalidateAttestation",
        /// Mend it.
        ReviseAttestation = "reviseAttestation",
        /// Take it back.
        WithdrawAttestation = "withdrawAttestation",
        /// Judge a match with an exclusion list.
        AdjudicateMatch = "adjudicateMatch",
        /// Screen now.
        RunScreening = "runScreening",
        /// Put an issuer on file, or change it.
        UpsertIssuer = "upsertIssuer",
        /// Stop trusting an issuer for a range of days.
        TaintIssuer = "taintIssuer",
        /// Trust it again.
        LiftTaint = "liftTaint",
        /// Put a rule of the law on file.
        AddScopeRule = "addScopeRule",
        /// End a rule of the law.
        CloseScopeRule = "closeScopeRule",
        /// Put on file what a state has done about a compact.
        AddCompactPeriod = "addCompactPeriod",
        /// Change the directory's own choices.
        SetPolicy = "setPolicy",
        /// Say that something shown is wrong.
        ReportMistake = "reportMistake",
        /// Answer that.
        ResolveReport = "resolveReport",
        /// Propose an act that needs two people.
        ProposeAct = "proposeAct",
        /// Confirm or decline it.
        ConfirmAct = "confirmAct",
        /// Close a task.
        CloseTask = "closeTask",
        /// Hand in a file.
        UploadEvidence = "uploadEvidence",
        /// Destroy a file and keep its tombstone.
        PurgeEvidence = "purgeEvidence",
        /// Forbid that a file is destroyed.
        HoldEvidence = "holdEvidence",
        /// Allow it again.
        ReleaseEvidence = "releaseEvidence",
        /// Read what is known of a file.
        ReadEvidence = "evidence",
        /// Read what is known of all files of a person.
        ReadEvidenceOf = "evidenceOf",
        /// Read a file.
        DownloadEvidence = "downloadEvidence",
        /// Read a case.
        ReadCase = "case",
        /// Read a credential with its history.
        ReadCredentialRecord = "credentialRecord",
        /// Read what waits.
        ReadCaseQueue = "caseQueue",
        /// Be told when that changes.
        WatchCaseQueue = "caseQueueChanged",
        /// Read an attestation with its findings.
        ReadAttestation = "attestation",
        /// Read somebody's attestations, drafts too.
        ReadAttestationRecords = "attestationRecords",
        /// Read the attestations that wait.
        ReadAttestationQueue = "attestationQueue",
        /// Read matches with exclusion lists.
        ReadExclusionMatches = "exclusionMatches",
        /// Read when who was screened against what.
        ReadScreeningRuns = "screeningRuns",
        /// Read how much of a list can be matched.
        ReadScreeningCoverage = "screeningCoverage",
        /// Read the log.
        ReadAuditEvents = "auditEvents",
        /// Read what ends soon.
        ReadExpiring = "expiring",
        /// Read the tasks.
        ReadTasks = "tasks",
        /// Read what was or is to be sent.
        ReadNotices = "notices",
        /// Read the acts that wait for a second person.
        ReadProposals = "proposals",
        /// Read the issuers with their trust.
        ReadIssuers = "issuers",
        /// Read claims to entries.
        ReadClaims = "claims",
        /// Read requests for removal.
        ReadRemovals = "removals",
        /// Read reports of mistakes.
        ReadReports = "reports",
        /// Read the accounts.
        ReadAccounts = "accounts",
    }
}
