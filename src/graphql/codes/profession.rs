use async_graphql::Enum;

/// A profession whose members may be licensed to needle. The one that counts is the one on a licence.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::taxonomy::Discipline")]
pub enum Discipline {
    /// Physical therapist; never an assistant.
    PhysicalTherapist,
    /// Licensed or registered acupuncturist.
    Acupuncturist,
    /// Chiropractor.
    Chiropractor,
    /// Athletic trainer.
    AthleticTrainer,
    /// Occupational therapist; never an assistant.
    OccupationalTherapist,
    /// Physician.
    Physician,
}
