import { readFileSync } from "node:fs";
import { mockIPC } from "@tauri-apps/api/mocks";
import { describe, expect, it } from "vitest";
import { tauriBackend } from "./tauri";

/** `readDraftReport` is `read_draft_report` on the wire. */
const onTheWire = (method: string) => method.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A page without rows, as it crosses. */
const EMPTY_PAGE = { id: [], created_at: [], finished_at: [], changed_at: [], deadline: { at: [] }, total: 7, exact: true, all: 9 };

const methods = Object.keys(tauriBackend).filter((method) => !/^on[A-Z]|Url$/.test(method));

describe("the door to Rust", () => {
  it("has the commands of build.rs, in the same order", () => {
    const source = readFileSync("../src-tauri/build.rs", "utf8");
    const list = /const COMMANDS[^=]*= &\[([^\]]*)\]/.exec(source)?.[1] ?? "";
    const commands = Array.from(list.matchAll(/"(\w+)"/g), ([, name]) => name);
    expect(methods.map(onTheWire)).toEqual(commands);
  });

  it("calls the command of the method's name", async () => {
    const called: string[] = [];
    mockIPC((command) => {
      called.push(command);
      return command === "list_dossiers" ? EMPTY_PAGE : {};
    });
    for (const method of methods) await (tauriBackend[method as keyof typeof tauriBackend] as () => Promise<unknown>)();
    expect(called).toEqual(methods.map(onTheWire));
  });

  it("makes rows of the columns that a page of the list comes in", async () => {
    mockIPC(() => EMPTY_PAGE);
    const query = { search: "", filters: [], sort: [] };
    expect(await tauriBackend.listDossiers(query, 0, 25)).toEqual({ rows: [], total: 7, exact: true, all: 9 });
  });

  it("hands an error over as Rust gave it, and anything else as an internal one", async () => {
    const refused = { code: "unknown_process", params: { environment: "sandbox" }, retryable: false, trace_id: "t1" };
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what Tauri does
    mockIPC(() => Promise.reject(refused));
    await expect(tauriBackend.getSession()).rejects.toEqual(refused);
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what Tauri does
    mockIPC(() => Promise.reject("command not found"));
    await expect(tauriBackend.getSession()).rejects.toMatchObject({ code: "internal" });
  });

  it("names a page by three ids, nothing else", () => {
    expect(tauriBackend.pageUrl("0199-a", "900101", 1, 0, "screen", 2)).toBe("document://localhost/0199-a/900101/1/0/screen?attempt=2");
    expect(tauriBackend.pageUrl("a/../b", "x?y", 0, 3, "thumbnail", 0)).toBe("document://localhost/a%2F..%2Fb/x%3Fy/0/3/thumbnail?attempt=0");
  });

  it("names a picture in a checked file by the check and its place", () => {
    expect(tauriBackend.checkedPictureUrl("c/1", 2)).toBe("document://localhost/checked/c%2F1/2/0/screen");
  });
});
