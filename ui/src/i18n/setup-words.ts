import type { ProcessRule } from "../backend/generated/ProcessRule";
import type { TestFinding } from "../backend/generated/TestFinding";
import { m } from "../paraglide/messages";

export const FINDING_WORD: Record<TestFinding, (words: { host: string }) => string> = {
  passed: () => m.setup_found_passed(),
  host_silent: m.setup_found_host_silent,
  host_untrusted: m.setup_found_host_untrusted,
  host_not_id360: m.setup_found_host_not_id360,
  id_or_secret: m.setup_found_id_or_secret,
  code: () => m.setup_found_code(),
  account_refused: m.setup_found_account_refused,
  token_refused: () => m.setup_found_token_refused(),
  nothing_learnt: () => m.setup_found_nothing_learnt(),
};

export const PROCESS_RULE_WORD: Record<ProcessRule, () => string> = {
  quote: m.setup_line_quote,
  no_uuid: m.setup_line_no_uuid,
  several_uuids: m.setup_line_several_uuids,
  windows: m.setup_line_windows,
  name_too_long: m.setup_line_name_too_long,
};
