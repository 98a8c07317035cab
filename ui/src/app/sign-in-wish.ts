import { createContext, useContext } from "react";

/** Where an act wants the person to be signed in; the next sign-in screen proposes it. */
export class SignInWish {
  private environmentId: string | null = null;

  get(): string | null {
    return this.environmentId;
  }

  set(environmentId: string): void {
    this.environmentId = environmentId;
  }

  clear(): void {
    this.environmentId = null;
  }
}

export const SignInWishContext = createContext<SignInWish | null>(null);

export function useSignInWish(): SignInWish {
  const wish = useContext(SignInWishContext);
  if (!wish) throw new Error("no sign-in wish above this component");
  return wish;
}
