import { createContext, useContext } from "react";
import type { AccountKind } from "../backend/generated/AccountKind";

interface Wish {
  environmentId: string;
  account: AccountKind | null;
}

/** Where an act wants the person to be signed in; the next sign-in screen proposes it. */
export class SignInWish {
  private wish: Wish | null = null;

  get(): Wish | null {
    return this.wish;
  }

  set(environmentId: string, account: AccountKind | null): void {
    this.wish = { environmentId, account };
  }

  clear(): void {
    this.wish = null;
  }
}

export const SignInWishContext = createContext<SignInWish | null>(null);

export function useSignInWish(): SignInWish {
  const wish = useContext(SignInWishContext);
  if (!wish) throw new Error("no sign-in wish above this component");
  return wish;
}
