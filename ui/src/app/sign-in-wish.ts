import { createContext, useContext } from "react";
import type { AccountKind } from "../backend/generated/AccountKind";

/** Where an act wants the person to be signed in, proposed by the sign-in screen that follows. */
export interface SignInWish {
  environmentId: string;
  account: AccountKind | null;
}

export const SignInWishContext = createContext<(wish: SignInWish) => void>(() => undefined);

export function useSignInWish(): (wish: SignInWish) => void {
  return useContext(SignInWishContext);
}
