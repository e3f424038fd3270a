//! The matrix as Markdown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use domain::access::{Act, Reach, Role, reach};

use super::PUBLIC;
use super::sdl::{Sdl, base};

/// Roles in the order of the columns, and how they head them.
const COLUMNS: [(Role, &str); 9] = [
    (Role::Public, "anybody"),
    (Role::Provider, "PROVIDER"),
    (Role::ProviderDelegate, "DELEGATE"),
    (Role::Verifier, "VERIFIER"),
    (Role::Approver, "APPROVER"),
    (Role::Compliance, "COMPLIANCE"),
    (Role::Appeals, "APPEALS"),
    (Role::Auditor, "AUDITOR"),
    (Role::Admin, "ADMIN"),
];

/// All that the program applies, and which private types it shows to whom.
pub(super) fn written(sdl: &Sdl) -> String {
    let (changes, reads): (Vec<_>, Vec<_>) = Act::ALL.iter().copied().partition(is_change);
    let mut text = String::from(
        "# Who may do what\n\n\
         Written by `tests/api/rights` from `domain::access::reach`; not by hand. **any**: on anybody's \
         entry. **own**: on one's own, or for a DELEGATE on the one they act for; on another's the answer \
         is the same as if it were not there. **–**: FORBIDDEN, and UNAUTHENTICATED without an account. \
         What anybody may do, everybody may. What a case's state and the separation of duties add is not \
         here. SYSTEM has no right by the API.\n\n## Changes\n\n",
    );
    table(&mut text, "change", &changes);
    text.push_str("\n## Reads of what is not public\n\n");
    table(&mut text, "read", &reads);
    text.push_str(
        "\n## Private types\n\nObjects that only these lead to:\n\n| type | read by |\n|---|---|\n",
    );
    for (ty, by) in private_types(sdl) {
        let by: Vec<_> = by.into_iter().collect();
        let _ = writeln!(text, "| {ty} | {} |", by.join(", "));
    }
    text
}

fn table(text: &mut String, head: &str, acts: &[Act]) {
    let names = COLUMNS.map(|(_, name)| name);
    let _ = writeln!(text, "| {head} | {} |", names.join(" | "));
    let _ = writeln!(text, "|---|{}", "---|".repeat(names.len()));
    for act in acts {
        let cells = COLUMNS.map(|(role, _)| {
            match reach(role, *act).or_else(|| reach(Role::Public, *act)) {
                Some(Reach::Any) => "any",
                Some(Reach::Own) => "own",
                None => "–",
            }
        });
        let _ = writeln!(text, "| {act} | {} |", cells.join(" | "));
    }
}

/// The objects of the schema that nothing public leads to, and the root fields that do.
fn private_types(sdl: &Sdl) -> BTreeMap<String, BTreeSet<String>> {
    let open = sdl.reached_from("Query", |name| PUBLIC.contains(&name));
    let mut private: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for root in ["Query", "Mutation", "Subscription"] {
        for field in sdl.fields(root) {
            let name = field.name.node.as_str();
            let payload = base(&field.ty.node);
            for ty in sdl.reached_from(root, |other| other == name) {
                // A mutation's own payload goes with the mutation.
                if !open.contains(&ty) && (root != "Mutation" || ty != payload) {
                    private.entry(ty).or_default().insert(name.to_owned());
                }
            }
        }
    }
    private
}

/// Changes stand before reads in the list of acts.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "a filter hands out references"
)]
fn is_change(act: &Act) -> bool {
    let at = |wanted: Act| Act::ALL.iter().position(|act| *act == wanted);
    at(*act) < at(Act::ReadEvidence)
}
