import type { CallbackEndpointSettings } from "../../../backend/generated/CallbackEndpointSettings";
import type { CallbackValue } from "../../../backend/generated/CallbackValue";

/** A header while it is edited: a value that is kept already is not told, and an empty one stays as it is. */
export interface HeaderDraft {
  name: string;
  value: string;
}

export interface EndpointDraft extends Omit<CallbackEndpointSettings, "headers"> {
  headers: HeaderDraft[];
}

export function draftsOf(endpoints: CallbackEndpointSettings[]): EndpointDraft[] {
  return endpoints.map((endpoint) => ({ ...endpoint, headers: endpoint.headers.map((name) => ({ name, value: "" })) }));
}

/** What is saved of them, and apart from it the values for the keychain. */
export function savedOf(drafts: EndpointDraft[]): { endpoints: CallbackEndpointSettings[]; values: CallbackValue[] } {
  const named = drafts.map(({ url, on, headers }) => ({ url, on: on.filter((letter) => letter !== ""), headers: headers.map(({ name, value }) => ({ name: name.trim(), value })).filter(({ name, value }) => name !== "" || value !== "") }));
  return {
    endpoints: named.map((endpoint) => ({ ...endpoint, headers: endpoint.headers.map(({ name }) => name) })),
    values: named.flatMap(({ url, headers }) => headers.filter(({ value }) => value !== "").map(({ name, value }) => ({ url, header: name, value }))),
  };
}

/** The keychain has a value for that very address and header. */
export function isKept(saved: CallbackEndpointSettings[], kept: boolean[][], url: string, header: string): boolean {
  const name = header.trim().toLowerCase();
  return saved.some((endpoint, at) => endpoint.url === url && endpoint.headers.some((other, place) => other.toLowerCase() === name && kept[at]?.[place] === true));
}
