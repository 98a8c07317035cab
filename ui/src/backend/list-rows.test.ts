import { describe, expect, it, onTestFinished, vi } from "vitest";
import { PAGE } from "./list-pages";
import { ListRows } from "./list-rows";
import type { Backend } from "./backend";
import type { ListPage } from "./generated/ListPage";
import type { ListQuery } from "./generated/ListQuery";

const query = (search: string): ListQuery => ({ search, filters: [], sort: [] });

/** Answers when told to. */
function slow(total = 10_000, exact = true) {
  const asked: { search: string; offset: number; answer: (page?: Partial<ListPage>) => Promise<void>; refuse: (code: string) => Promise<void> }[] = [];
  const counted: { search: string; answer: (total: number) => Promise<void> }[] = [];
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve));
  const backend = {
    listDossiers: ({ search }: ListQuery, offset: number, limit: number) =>
      new Promise<ListPage>((resolve, reject) => {
        const rows = Array.from({ length: limit }, (_, step) => ({ id: `${search}${offset + step}` })) as ListPage["rows"];
        asked.push({
          search,
          offset,
          answer: (page) => (resolve({ rows, total, exact, all: total, ...page }), settle()),
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as the commands do
          refuse: (code) => (reject({ code, params: {}, retryable: false, trace_id: "t" }), settle()),
        });
      }),
    countDossiers: ({ search }: ListQuery) =>
      new Promise<number>((resolve) => {
        counted.push({ search, answer: (count) => (resolve(count), settle()) });
      }),
  } as unknown as Backend;
  return { rows: new ListRows(backend), asked, counted };
}

describe("the rows of the list", () => {
  it("run at most two questions for a burst of ten keys, and show the last", async () => {
    const { rows, asked } = slow();
    for (let length = 1; length <= 10; length++) rows.ask(query("valmontels".slice(0, length)));
    await asked[0]?.answer();
    await expect.poll(() => asked.map(({ search }) => search)).toEqual(["v", "valmontels"]);
    expect(rows.at(0)).toBeUndefined();
    await asked[1]?.answer();
    expect(rows.at(0)?.id).toBe("valmontels0");
  });

  it("run no more for a burst whose keys come after the answers", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { rows, asked } = slow();
    for (let length = 1; length <= 10; length++) {
      rows.ask(query("valmontels".slice(0, length)));
      void asked.at(-1)?.answer();
      await vi.advanceTimersByTimeAsync(5);
    }
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked.map(({ search }) => search)).toEqual(["v", "valmontels"]);
  });

  it("keep the rows of before until the new ones are here", async () => {
    const { rows, asked } = slow();
    rows.ask(query("a"));
    await asked[0]?.answer();
    rows.ask(query("b"));
    expect(rows.at(0)?.id).toBe("a0");
    expect(rows.snapshot().query?.search).toBe("a");
  });

  it("take a lower bound for a lower bound until the number is counted", async () => {
    const { rows, asked, counted } = slow(1000, false);
    rows.ask(query("a"));
    await asked[0]?.answer();
    expect(rows.snapshot()).toMatchObject({ total: 1000, exact: false });
    await expect.poll(() => counted.length).toBe(1);
    await counted[0]?.answer(48_210);
    expect(rows.snapshot()).toMatchObject({ total: 48_210, exact: true });
  });

  it("count only the list that somebody stays at", async () => {
    const { rows, asked, counted } = slow(1000, false);
    rows.ask(query("a"));
    await asked[0]?.answer();
    rows.ask(query("b"));
    await expect.poll(() => asked.at(-1)?.search).toBe("b");
    await asked.at(-1)?.answer();
    await expect.poll(() => counted.map(({ search }) => search)).toEqual(["b"]);
  });

  it("do not put one search's count on another's list", async () => {
    const { rows, asked, counted } = slow(1000, false);
    rows.ask(query("a"));
    await asked[0]?.answer();
    await expect.poll(() => counted.length).toBe(1);
    rows.ask(query("b"));
    await expect.poll(() => asked.at(-1)?.search).toBe("b");
    await asked.at(-1)?.answer();
    await counted[0]?.answer(48_210);
    expect(rows.snapshot()).toMatchObject({ total: 1000, exact: false });
  });

  it("ask again after an overtaken question, which is no error", async () => {
    const { rows, asked } = slow();
    rows.ask(query("a"));
    await asked[0]?.refuse("cancelled");
    expect(rows.snapshot().error).toBeNull();
    await expect.poll(() => asked.length).toBe(2);
  });

  it("tell an error of the list that is wanted", async () => {
    const { rows, asked } = slow();
    rows.ask(query("a"));
    await asked[0]?.refuse("register_damaged");
    expect(rows.snapshot().error?.code).toBe("register_damaged");
  });

  it("read what is in sight first when somebody jumps far", async () => {
    const { rows, asked } = slow();
    rows.ask(query("a"));
    await asked[0]?.answer();
    rows.want(20 * PAGE, 20 * PAGE + 20);
    rows.want(70 * PAGE, 70 * PAGE + 20);
    await asked[1]?.answer();
    expect(asked.at(-1)?.offset).toBe(70 * PAGE);
  });

  it("stay bounded: pages far away are forgotten", async () => {
    const { rows, asked } = slow();
    rows.ask(query("a"));
    await asked[0]?.answer();
    let answered = 1;
    for (let page = 0; page < 120; page++) {
      rows.want(page * PAGE, page * PAGE + 20);
      for (; answered < asked.length; answered++) await asked[answered]?.answer();
    }
    const kept = Array.from({ length: 120 }, (_, page) => rows.at(page * PAGE)).filter(Boolean);
    expect(kept.length).toBeLessThanOrEqual(64);
    expect(rows.at(119 * PAGE)).toBeDefined();
  });

  it("read a long range of ids in few questions, each id once and in order", async () => {
    const { rows, asked } = slow();
    rows.ask(query("a"));
    await asked[0]?.answer();
    const range = rows.ids(10, 1200);
    for (let answered = 1; answered < 4; answered++) {
      await expect.poll(() => asked.length).toBe(answered + 1);
      await asked[answered]?.answer();
    }
    expect(await range).toEqual(Array.from({ length: 1191 }, (_, step) => `a${10 + step}`));
    expect(asked.length).toBe(4);
  });

  it("go on with a range whose question was overtaken", async () => {
    const { rows, asked } = slow();
    rows.ask(query("a"));
    await asked[0]?.answer();
    const range = rows.ids(10, 300);
    await expect.poll(() => asked.length).toBe(2);
    await asked[1]?.refuse("cancelled");
    await expect.poll(() => asked.length).toBe(3);
    await asked[2]?.answer();
    expect(await range).toEqual(Array.from({ length: 291 }, (_, step) => `a${10 + step}`));
  });

  it("read what somebody who scrolls comes to before it is in sight, up or down", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { rows, asked } = slow();
    const answer = async () => {
      void asked.at(-1)?.answer();
      await vi.advanceTimersByTimeAsync(200);
    };
    rows.ask(query("a"));
    await answer();
    rows.want(200 * PAGE, 200 * PAGE + 20);
    await answer();
    await answer();
    rows.want(200 * PAGE + 2, 200 * PAGE + 22);
    expect(rows.at(202 * PAGE)).toBeDefined();
    rows.want(199 * PAGE + 20, 200 * PAGE + 10);
    await answer();
    await answer();
    expect(rows.at(198 * PAGE)).toBeDefined();
    const before = asked.length;
    rows.want(198 * PAGE + 20, 199 * PAGE + 10);
    rows.want(197 * PAGE + 20, 198 * PAGE + 10);
    expect(asked.length).toBe(before);
  });

  it("read again what is in sight when the register changed, and show it meanwhile", async () => {
    const { rows, asked } = slow(50);
    rows.ask(query("a"));
    await asked[0]?.answer();
    rows.readAgain();
    expect(rows.at(0)?.id).toBe("a0");
    await asked[1]?.answer({ rows: [{ id: "new" }] as ListPage["rows"] });
    expect(rows.at(0)?.id).toBe("new");
  });

  it("read once more what was under way when the register changed: its answer may be of before", async () => {
    const { rows, asked } = slow(50);
    rows.ask(query("a"));
    rows.readAgain();
    await asked[0]?.answer();
    expect(asked).toHaveLength(2);
    await asked[1]?.answer({ rows: [{ id: "new" }] as ListPage["rows"] });
    expect(rows.at(0)?.id).toBe("new");
    expect(asked).toHaveLength(2);
  });
});
