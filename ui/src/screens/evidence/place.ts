import { z } from "zod";
import type { CaptureFilter } from "../../backend/generated/CaptureFilter";

/** In the order of their chips. */
export const FILTERS = ["all", "waiting", "troubled", "complete", "incomplete", "damaged", "lost", "archived", "not_wanted"] as const satisfies CaptureFilter[];

/** Where one stands among the captures: which state, which page, from 0. */
export const capturePlace = z.object({
  state: z.enum(FILTERS).catch("all").default("all"),
  page: z.number().int().min(0).catch(0).default(0),
});

export type CapturePlace = z.infer<typeof capturePlace>;
