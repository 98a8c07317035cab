import type { DecisionChoice } from "../../backend/generated/DecisionChoice";
import { DECISION } from "../../i18n/decision-words";
import { useMessages } from "../../i18n/language";
import { Icon, type IconName } from "./Icon";
import "./DecisionMark.css";

const SHAPE: Record<DecisionChoice, IconName> = { accepted: "check", refused: "close", more_wanted: "plus" };

/** Shape, word and colour of one's own decision; drawn otherwise than ID360's verdict, so that neither passes for the other. */
export function DecisionMark({ choice }: { choice: DecisionChoice }) {
  useMessages();
  return decisionMark(choice);
}

/** The same inside a component that redraws by itself on a change of language. */
export function decisionMark(choice: DecisionChoice) {
  return (
    <span className={`decision-mark decision-${choice}`} data-decision={choice}>
      <Icon name={SHAPE[choice]} size={14} /> {DECISION[choice]()}
    </span>
  );
}
