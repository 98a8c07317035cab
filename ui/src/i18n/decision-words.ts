import type { DecisionChoice } from "../backend/generated/DecisionChoice";
import { m } from "../paraglide/messages";

type Sentence = () => string;

export const DECISION: Record<DecisionChoice, Sentence> = {
  accepted: m.decision_accepted,
  refused: m.decision_refused,
  more_wanted: m.decision_more_wanted,
};

export const DECISION_NOTE: Record<DecisionChoice, Sentence> = {
  accepted: m.decision_accepted_note,
  refused: m.decision_refused_note,
  more_wanted: m.decision_more_wanted_note,
};
