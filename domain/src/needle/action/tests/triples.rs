//! Every state, act and role.

use std::fmt::Write;

use super::*;

#[test]
fn every_triple_of_state_act_and_role_is_in_the_table_or_refused() {
    let acts = Acts::new();
    let mut table = String::new();
    for state in every_state() {
        for kind in ActionKind::ALL {
            let mut by = Vec::new();
            let mut to = None;
            let mut refusals = Vec::new();
            for (name, actor) in every_actor() {
                match take(state.clone(), &actor, acts.make(*kind), now()) {
                    Ok(moved) => {
                        by.push(name);
                        let mut passed: Vec<_> =
                            moved.passed.iter().map(|state| state.code()).collect();
                        if passed.is_empty() {
                            passed.push(state.state().code());
                        }
                        to = Some(passed.join(" "));
                    }
                    Err(refusal) => refusals.push(refusal.code()),
                }
            }
            match to {
                Some(to) => {
                    let by = by.join(" ");
                    writeln!(table, "{} {kind} by {by} -> {to}", state.state()).unwrap();
                    assert!(refusals.iter().all(|code| *code == RefusalCode::Forbidden));
                }
                None => assert!(
                    refusals
                        .iter()
                        .all(|code| *code == RefusalCode::IllegalTransition),
                    "{} {kind}: {refusals:?}",
                    state.state()
                ),
            }
        }
    }
    assert_eq!(table, TABLE);
}
