import { createEvent, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { click, dossierId, open } from "../../test/desk";

const VIEWER = `/dossiers/${dossierId(1)}?view=first`;

const made: string[] = [];
const dropped: string[] = [];

beforeEach(() => {
  made.length = 0;
  dropped.length = 0;
  vi.spyOn(URL, "createObjectURL").mockImplementation(() => {
    const address = `blob:video-${made.length}`;
    made.push(address);
    return address;
  });
  vi.spyOn(URL, "revokeObjectURL").mockImplementation((address) => void dropped.push(address));
});
afterEach(() => vi.restoreAllMocks());

const player = () => screen.findByTestId<HTMLVideoElement>("page-video");

/** Lets the video arrive: 240 pixels by 320, three seconds. */
async function arrive(): Promise<HTMLVideoElement> {
  const video = await player();
  const facts = { videoWidth: 240, videoHeight: 320, duration: 3, paused: false, ended: false };
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(video, name, { configurable: true, writable: true, value });
  fireEvent(video, createEvent("loadedmetadata", video));
  await screen.findByTestId("play-video");
  return video;
}

async function atVideo(played: boolean) {
  const desk = open({ play_videos: played }, VIEWER);
  await screen.findAllByTestId("page-image");
  await desk.user.keyboard("{End}");
  return desk;
}

describe("a liveness video", () => {
  it("is not asked for without the right, says where that is given, and can be saved", async () => {
    const { calls, user } = await atVideo(false);
    expect((await screen.findByTestId("video-not-played")).textContent).toContain("Paramètres › Registre");
    await click(user, "save-original");
    await waitFor(() => expect(calls("savePage").map((args) => args.slice(1))).toEqual([[dossierId(1), "900104", 0]]));
    expect(calls("getVideo")).toEqual([]);
  });

  it("comes only once it is asked for, under its dossier's name", async () => {
    const { calls, user } = await atVideo(true);
    expect((await screen.findByTestId("ask-video")).textContent).toContain("Lire la vidéo");
    expect(calls("getVideo")).toEqual([]);
    await click(user, "ask-video");
    const video = await arrive();
    expect(document.activeElement?.contains(video)).toBe(true);
    expect(document.activeElement?.getAttribute("role")).toBe("group");
    expect(calls("getVideo")).toEqual([[dossierId(1), "900104", 0]]);
    expect(video.getAttribute("src")).toBe("blob:video-0");
    expect(video.getAttribute("aria-label")).toContain("REF-1001");
    expect(screen.getByTestId("page-caption").textContent).toContain("REF-1001 · Preuve de vie");
    expect(screen.getByTestId("zoom-percent").textContent).not.toBe("");
  });

  it("is gone from memory with its page, and must be asked for again", async () => {
    const { user } = await atVideo(true);
    await click(user, "ask-video");
    const video = await arrive();
    await user.keyboard("{Home}");
    await screen.findAllByTestId("page-image");
    expect(dropped).toEqual(["blob:video-0"]);
    expect(video.hasAttribute("src")).toBe(false);
    await user.keyboard("{End}");
    expect(await screen.findByTestId("ask-video")).toBeTruthy();
  });

  it("that arrives after its page was left is never shown in the place of another", async () => {
    let give: (film: Blob) => void = () => undefined;
    const { user } = open({ play_videos: true }, VIEWER, (fake) => {
      fake.getVideo = () => new Promise((resolve) => (give = resolve));
    });
    await screen.findAllByTestId("page-image");
    await user.keyboard("{End}");
    await click(user, "ask-video");
    await screen.findByText("Réception de la vidéo…");
    await user.keyboard("{Home}");
    await screen.findAllByTestId("page-image");
    give(new Blob(["late"]));
    await user.keyboard("{End}");
    expect(await screen.findByTestId("ask-video")).toBeTruthy();
    expect(screen.queryByTestId("page-video")).toBeNull();
    expect(made).toEqual([]);
  });

  it("is stopped and played by its key, slowed, and gone through by its position", async () => {
    const { user } = await atVideo(true);
    await click(user, "ask-video");
    const video = await arrive();
    const stop = vi.spyOn(video, "pause").mockImplementation(() => undefined);
    const play = vi.spyOn(video, "play").mockImplementation(() => Promise.resolve());
    await user.keyboard("p");
    expect(stop).toHaveBeenCalledTimes(1);
    Object.defineProperty(video, "paused", { value: true });
    fireEvent(video, createEvent("pause", video));
    expect(screen.getByTestId("play-video").textContent).toContain("Lire");
    await user.keyboard("p");
    expect(play).toHaveBeenCalledTimes(1);
    await click(user, "slow-video");
    expect(video.playbackRate).toBe(0.25);
    const position = screen.getByTestId("video-position");
    expect(position.getAttribute("aria-label")).toBe("Position dans la vidéo");
    fireEvent.change(position, { target: { value: "1.5" } });
    fireEvent(video, createEvent("seeked", video));
    expect(video.currentTime).toBe(1.5);
    expect(screen.getByTestId("video-time").textContent).toMatch(/^1,5 sur 3\s?s$/u);
  });

  it("says so where this computer cannot play it, and offers the original", async () => {
    const { user } = await atVideo(true);
    await click(user, "ask-video");
    fireEvent.error(await arrive());
    expect((await screen.findByRole("alert")).textContent).toContain("ne sait pas lire ce format");
    expect(screen.getByTestId("save-original")).toBeTruthy();
    expect(screen.queryByTestId("play-video")).toBeNull();
  });

  it("says why it does not come, and can be asked for again", async () => {
    const { backend, user } = await atVideo(true);
    backend.control.fail("getVideo", "unreachable");
    await click(user, "ask-video");
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("unreachable");
    backend.control.fail("getVideo", null);
    await click(user, "ask-video");
    expect(await player()).toBeTruthy();
  });
});

describe("a picture in the window", () => {
  it("has no menu of the engine, and is not dragged out, while words keep theirs", async () => {
    open({}, VIEWER);
    const [picture] = await screen.findAllByTestId("page-image");
    expect(fireEvent.contextMenu(picture as HTMLElement)).toBe(false);
    expect(fireEvent.dragStart(picture as HTMLElement)).toBe(false);
    expect(fireEvent.contextMenu(screen.getByTestId("page-caption"))).toBe(true);
  });
});
