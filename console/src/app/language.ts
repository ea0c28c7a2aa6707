/** How a part of the page changes the language. */

import { createContext, useContext } from "react";
import type { Language } from "../words";

export const LanguageContext = createContext<(language: Language) => void>(() => {});

export const useSpeak = (): ((language: Language) => void) => useContext(LanguageContext);
