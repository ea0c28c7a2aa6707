/** Light and dark. Ant Design's tokens are the one source of colours; ours are the same ones under short names. */

import { App, ConfigProvider, type ThemeConfig, theme } from "antd";
import type { Locale } from "antd/es/locale";
import { createContext, type ReactNode, useContext, useEffect, useLayoutEffect, useMemo, useState } from "react";
import { NONCE } from "./nonce";

export type Appearance = "light" | "dark" | "auto";

const KEY = "tessera.appearance";
const DARK = window.matchMedia("(prefers-color-scheme: dark)");
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");

const TOKEN: ThemeConfig["token"] = {
  colorPrimary: "#17695b",
  colorLink: "#17695b",
  borderRadius: 8,
  fontSize: 14,
  fontFamily:
    "-apple-system, BlinkMacSystemFont, 'PingFang SC', 'HarmonyOS Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', system-ui, sans-serif",
  fontFamilyCode: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace",
};

const LIGHT: ThemeConfig["token"] = {
  colorTextDescription: "#5c6663",
  colorTextPlaceholder: "#6f7a77",
  colorError: "#c4261d",
  colorSuccess: "#1d7a3d",
  colorWarning: "#9a5b00",
};
const NIGHT: ThemeConfig["token"] = {
  colorPrimary: "#1f8c78",
  colorLink: "#7fe0cc",
  colorBgBase: "#101413",
  colorTextDescription: "#9ba7a3",
  colorTextPlaceholder: "#8b9793",
  colorError: "#ffb0a8",
  colorSuccess: "#5fce86",
  colorWarning: "#e0a94a",
};

const AppearanceContext = createContext<[Appearance, (next: Appearance) => void]>(["auto", () => {}]);

export const useAppearance = (): [Appearance, (next: Appearance) => void] => useContext(AppearanceContext);

function kept(): Appearance {
  const found = localStorage.getItem(KEY);
  return found === "light" || found === "dark" ? found : "auto";
}

export function Themed({ locale, children }: { locale: Locale; children: ReactNode }) {
  const [appearance, setAppearance] = useState(kept);
  const [systemDark, setSystemDark] = useState(DARK.matches);
  useEffect(() => {
    const changed = () => setSystemDark(DARK.matches);
    DARK.addEventListener("change", changed);
    return () => DARK.removeEventListener("change", changed);
  }, []);
  const dark = appearance === "dark" || (appearance === "auto" && systemDark);
  const config = useMemo<ThemeConfig>(
    () => ({
      algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
      token: { ...TOKEN, ...(dark ? NIGHT : LIGHT), motion: !STILL.matches },
      // On the light red of the night only dark words can be read, and under the pointer only light ones.
      ...(dark && { components: { Button: { dangerColor: "#1b0504", defaultHoverColor: "#7fe0cc" } } }),
    }),
    [dark],
  );
  const choose = (next: Appearance) => {
    localStorage.setItem(KEY, next);
    setAppearance(next);
  };
  return (
    <ConfigProvider theme={config} locale={locale} csp={{ nonce: NONCE }} button={{ autoInsertSpace: false }}>
      <App component={false}>
        <Colours dark={dark} />
        <AppearanceContext value={[appearance, choose]}>{children}</AppearanceContext>
      </App>
    </ConfigProvider>
  );
}

/** Gives the tokens to our own style sheet. */
function Colours({ dark }: { dark: boolean }) {
  const { token } = theme.useToken();
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    style.colorScheme = dark ? "dark" : "light";
    const names = {
      surface: token.colorBgContainer,
      ground: token.colorBgLayout,
      raised: token.colorBgElevated,
      text: token.colorText,
      muted: token.colorTextDescription,
      line: token.colorBorderSecondary,
      edge: token.colorBorder,
      brand: token.colorPrimary,
      tint: `color-mix(in srgb, ${token.colorPrimary} ${dark ? 24 : 10}%, ${token.colorBgContainer})`,
      link: dark ? "#6fd3bf" : token.colorLink,
      good: dark ? "#6fd694" : token.colorSuccess,
      care: dark ? "#e8b866" : token.colorWarning,
      bad: dark ? "#ff9d94" : token.colorError,
      "care-ground": `color-mix(in srgb, ${token.colorWarning} 12%, ${token.colorBgContainer})`,
      hover: token.colorFillTertiary,
      mono: token.fontFamilyCode,
      sans: token.fontFamily,
    };
    for (const [name, value] of Object.entries(names)) style.setProperty(`--${name}`, value);
  }, [token, dark]);
  return null;
}
