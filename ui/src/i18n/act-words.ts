import { m } from "../paraglide/messages";

type Sentence = () => string;

export interface ActGroup {
  id: string;
  word: Sentence;
  /** Words of acts, as the register writes them. */
  acts: [string, Sentence][];
}

/** Every act that the register can write, by what the person did. */
export const ACT_GROUPS: ActGroup[] = [
  {
    id: "looking",
    word: m.act_group_looking,
    acts: [
      ["viewed", m.act_word_viewed],
      ["revealed", m.act_word_revealed],
    ],
  },
  {
    id: "keeping",
    word: m.act_group_keeping,
    acts: [
      ["saved", m.act_word_saved],
      ["capture_asked", m.act_word_capture_asked],
      ["captured", m.act_word_captured],
      ["capture_ended", m.act_word_capture_ended],
      ["evidence_verified", m.act_word_evidence_verified],
      ["evidence_damaged", m.act_word_evidence_damaged],
      ["pack_made", m.act_word_pack_made],
      ["file_verified", m.act_word_file_verified],
      ["documents_kept", m.act_word_documents_kept],
      ["idclaim_kept", m.act_word_idclaim_kept],
      ["exported", m.act_word_exported],
    ],
  },
  {
    id: "creating",
    word: m.act_group_creating,
    acts: [
      ["prepared", m.act_word_prepared],
      ["sent", m.act_word_sent],
      ["created", m.act_word_created],
      ["returned_to_ready", m.act_word_returned_to_ready],
      ["refused", m.act_word_refused],
      ["outcome_unknown", m.act_word_outcome_unknown],
      ["answer_kept", m.act_word_answer_kept],
      ["attached", m.act_word_attached],
      ["closed", m.act_word_closed],
      ["expected_added", m.act_word_expected_added],
      ["expected_pushed", m.act_word_expected_pushed],
      ["opened", m.act_word_opened],
      ["link_shown", m.act_word_link_shown],
      ["link_mailed", m.act_word_link_mailed],
      ["link_copied", m.act_word_link_copied],
      ["returned", m.act_word_returned],
      ["imported", m.act_word_imported],
      ["restored", m.act_word_restored],
    ],
  },
  {
    id: "following",
    word: m.act_group_following,
    acts: [
      ["status_changed", m.act_word_status_changed],
      ["return_refused", m.act_word_return_refused],
      ["interrupted", m.act_word_interrupted],
      ["report_asked", m.act_word_report_asked],
      ["report_kept", m.act_word_report_kept],
      ["warned", m.act_word_warned],
      ["decided", m.act_word_decided],
      ["treated", m.act_word_treated],
      ["untreated", m.act_word_untreated],
      ["tagged", m.act_word_tagged],
    ],
  },
  {
    id: "session",
    word: m.act_group_session,
    acts: [
      ["signed_in", m.act_word_signed_in],
      ["signed_out", m.act_word_signed_out],
      ["account_changed", m.act_word_account_changed],
      ["sign_in_refused", m.act_word_sign_in_refused],
      ["unlocked", m.act_word_unlocked],
      ["locked", m.act_word_locked],
      ["lock_opened", m.act_word_lock_opened],
    ],
  },
  {
    id: "settings",
    word: m.act_group_settings,
    acts: [
      ["policy_changed", m.act_word_policy_changed],
      ["capture_policy_changed", m.act_word_capture_policy_changed],
      ["trust_changed", m.act_word_trust_changed],
      ["settings_changed", m.act_word_settings_changed],
      ["view_saved", m.act_word_view_saved],
      ["view_removed", m.act_word_view_removed],
    ],
  },
  {
    id: "store",
    word: m.act_group_store,
    acts: [
      ["journal_verified", m.act_word_journal_verified],
      ["journal_exported", m.act_word_journal_exported],
      ["journal_pruned", m.act_word_journal_pruned],
      ["journal_restarted", m.act_word_journal_restarted],
      ["backed_up", m.act_word_backed_up],
      ["restored_backup", m.act_word_restored_backup],
      ["rekeyed", m.act_word_rekeyed],
    ],
  },
];

const WORDS = new Map(ACT_GROUPS.flatMap(({ acts }) => acts));

/** The act in the person's words; one that a newer register wrote is given back as it came. */
export function actWord(act: string): string {
  return WORDS.get(act)?.() ?? act;
}
