/** The texts of the language that is shown; a language is loaded when it is wanted. */

import type { Locale } from "antd/es/locale";
import { createContext, useContext } from "react";
import type { Words } from "./zh";

export type { Words } from "./zh";

export const LANGUAGES = { "zh-CN": "中文", en: "English" } as const;

export type Language = keyof typeof LANGUAGES;

export interface Spoken {
  language: Language;
  words: Words;
  /** The words of Ant Design's own parts. */
  locale: Locale;
}

const KEY = "tessera.language";

export function preferred(): Language {
  const kept = localStorage.getItem(KEY);
  if (kept && kept in LANGUAGES) return kept as Language;
  return navigator.languages.some(language => language.startsWith("zh")) || !navigator.language.startsWith("en")
    ? "zh-CN"
    : "en";
}

export function prefer(language: Language): void {
  localStorage.setItem(KEY, language);
}

export async function load(language: Language): Promise<Spoken> {
  const [words, locale] =
    language === "en"
      ? await Promise.all([import("./en"), import("antd/es/locale/en_US")])
      : await Promise.all([import("./zh"), import("antd/es/locale/zh_CN")]);
  return { language, words: words.default, locale: locale.default };
}

export const SpokenContext = createContext<Spoken | null>(null);

export function useSpoken(): Spoken {
  const spoken = useContext(SpokenContext);
  if (!spoken) throw new Error("no language is loaded");
  return spoken;
}

export const useWords = (): Words => useSpoken().words;
