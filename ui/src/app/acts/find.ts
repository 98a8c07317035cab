/** Letters as they are compared: case and accents do not count. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’']/g, " ").toLowerCase();
}

/** How well a label answers: 0 it begins so, 1 each word begins one of its words, 2 it contains them; `null` not at all. */
export function rank(label: string, typed: string): number | null {
  const whole = folded(label);
  const sought = folded(typed).trim();
  if (whole.startsWith(sought)) return 0;
  const words = sought.split(/\s+/);
  const own = whole.split(/[^\p{L}\p{N}]+/u);
  if (words.every((word) => own.some((one) => one.startsWith(word)))) return 1;
  return words.every((word) => whole.includes(word)) ? 2 : null;
}

/** Those that answer, the best first; equals keep their order. Everything, for nothing typed. */
export function found<One extends { label: string }>(all: readonly One[], typed: string): One[] {
  if (typed.trim() === "") return [...all];
  return all
    .map((one) => ({ one, score: rank(one.label, typed) }))
    .filter((line): line is { one: One; score: number } => line.score !== null)
    .sort((left, right) => left.score - right.score)
    .map(({ one }) => one);
}
