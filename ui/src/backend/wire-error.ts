import type { WireError } from "./generated/WireError";

function isWireError(reason: unknown): reason is WireError {
  return typeof reason === "object" && reason !== null && "code" in reason && "trace_id" in reason;
}

/** Whatever a rejected command carried; anything that is not a `WireError` is our own mistake. */
export function wireError(reason: unknown): WireError {
  if (isWireError(reason)) return { ...reason, params: reason.params };
  return { code: "internal", params: {}, retryable: false, trace_id: "" };
}
