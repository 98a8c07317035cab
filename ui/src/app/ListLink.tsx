import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ListFilter } from "../backend/generated/ListFilter";

interface ListLinkProps {
  /** A built-in view: `all`, `to_treat`, `in_progress`, `deadlines`, `mine`, `unknown`. */
  view: string;
  filters?: ListFilter[];
  className?: string;
  testId?: string;
  children: ReactNode;
}

/** Opens the list as one view shows it, or with these filters in place of the view's. */
export function ListLink({ view, filters, className, testId, children }: ListLinkProps) {
  return (
    <Link to="/" search={{ view, ...(filters && { filters }) }} className={className} data-testid={testId}>
      {children}
    </Link>
  );
}
