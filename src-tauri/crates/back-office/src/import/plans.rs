//! Plans that wait for a person's second word, in memory only.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use dossiers::{ImportBatch, Imported, RegisterError};

use crate::{desk::locked, errors::DeskError};

/// A person who comes back later reads the file again.
const KEPT_FOR: Duration = Duration::from_secs(30 * 60);
/// One is on the screen; a few more in case of several tries.
const MOST_PLANS: usize = 4;

/// What an import would do.
pub struct Plan {
    pub batch: ImportBatch,
    pub lines: Vec<PlannedLine>,
}

pub struct PlannedLine {
    /// In the source.
    pub number: u32,
    pub dossier: Imported,
}

impl Plan {
    /// The error with the line that it is about, as the person knows it.
    pub fn refused(&self, error: RegisterError) -> DeskError {
        let place = match error {
            RegisterError::OtherApiKey { place, .. } => Some(place),
            _ => None,
        };
        let mut told = DeskError::from(error);
        if let Some(place) = place
            && let Some(line) = self.lines.get(place)
        {
            told = told
                .with("line", line.number)
                .with("number", line.dossier.enrollment_id);
        }
        told
    }
}

/// The plans by id, newest last. Dropping a plan wipes its api_keys.
#[derive(Clone, Default)]
pub struct ImportPlans(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    plans: HashMap<String, Arc<Plan>>,
    order: Vec<String>,
}

impl std::fmt::Debug for ImportPlans {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportPlans")
            .field("kept", &locked(&self.0).plans.len())
            .finish()
    }
}

impl Kept {
    fn remove(&mut self, plan_id: &str) {
        self.plans.remove(plan_id);
        self.order.retain(|known| known != plan_id);
    }
}

impl ImportPlans {
    /// Keeps the plan for half an hour.
    pub fn keep(&self, plan_id: String, plan: Plan) {
        let mut kept = locked(&self.0);
        if kept.order.len() >= MOST_PLANS {
            let oldest = kept.order.remove(0);
            kept.plans.remove(&oldest);
        }
        kept.order.push(plan_id.clone());
        kept.plans.insert(plan_id.clone(), Arc::new(plan));
        let plans = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            tokio::time::sleep(KEPT_FOR).await;
            if let Some(plans) = plans.upgrade() {
                locked(&plans).remove(&plan_id);
            }
        });
    }

    pub fn get(&self, plan_id: &str) -> Option<Arc<Plan>> {
        locked(&self.0).plans.get(plan_id).cloned()
    }

    pub fn drop_plan(&self, plan_id: &str) {
        locked(&self.0).remove(plan_id);
    }

    pub fn clear(&self) {
        *locked(&self.0) = Kept::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        Plan {
            batch: ImportBatch {
                environment_id: "sandbox".into(),
                process_id: String::new(),
                process_uuid: uuid::Uuid::nil(),
                process_name: String::new(),
                idclaim_expected: false,
                operator: "agence-12".into(),
            },
            lines: Vec::new(),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_plan_nobody_comes_back_to_is_forgotten_after_half_an_hour() {
        let plans = ImportPlans::default();
        plans.keep("a".into(), plan());
        tokio::time::sleep(Duration::from_secs(29 * 60)).await;
        assert!(plans.get("a").is_some());
        tokio::time::sleep(Duration::from_secs(2 * 60)).await;
        assert!(plans.get("a").is_none());
    }

    #[tokio::test]
    async fn old_plans_give_way_to_new_ones() {
        let plans = ImportPlans::default();
        for number in 0..6 {
            plans.keep(number.to_string(), plan());
        }
        let left: Vec<bool> = (0..6)
            .map(|number| plans.get(&number.to_string()).is_some())
            .collect();
        assert_eq!(left, [false, false, true, true, true, true]);
    }
}
