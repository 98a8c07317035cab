import liveness from "../../../../tests/specimens/liveness.webm?inline";

/** The liveness video of every dossier of the fake. */
export function film(): Blob {
  const [, base64 = ""] = liveness.split(",");
  return new Blob([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))]);
}
