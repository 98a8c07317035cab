/**
 * For the `ref` of a picture: once it has left the page, its pixels are given back at once, not when the engine next
 * clears away what nobody holds.
 */
export function letGo(picture: HTMLImageElement): () => void {
  return () =>
    queueMicrotask(() => {
      if (!picture.isConnected) picture.removeAttribute("src");
    });
}
