import { createContext } from "react";
import { Draft } from "./draft";

export const DraftContext = createContext(new Draft());
