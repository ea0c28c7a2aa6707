/** A logo, as the API takes it: small, in base64. */

import { Button } from "antd";
import { useRef, useState } from "react";
import { useWords } from "../words";

const MOST_BYTES = 32 * 1024;

interface LogoProps {
  /** Where the present one is. */
  now: string | undefined;
  value?: string | null;
  onChange?: (next: string | null) => void;
}

export function LogoInput({ now, value, onChange }: LogoProps) {
  const { settings } = useWords();
  const chooser = useRef<HTMLInputElement>(null);
  const [large, setLarge] = useState(false);
  const shown = value === undefined ? now : value && `data:image/*;base64,${value}`;
  const choose = async (file: File | undefined) => {
    if (!file) return;
    setLarge(file.size > MOST_BYTES);
    if (file.size <= MOST_BYTES) onChange?.(await base64(file));
  };
  return (
    <div className="logo">
      {shown && <img src={shown} alt={settings.logo} width="64" height="64" />}
      <Button onClick={() => chooser.current?.click()}>{settings.logoChoose}</Button>
      {shown && (
        <Button type="text" onClick={() => onChange?.(null)}>
          {settings.logoRemove}
        </Button>
      )}
      <input
        ref={chooser}
        type="file"
        hidden
        accept="image/png,image/jpeg,image/webp"
        aria-label={settings.logo}
        onChange={event => void choose(event.target.files?.[0])}
      />
      {large && (
        <p role="alert" className="refused">
          {settings.logoTooBig}
        </p>
      )}
    </div>
  );
}

function base64(file: File): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).split(",", 2)[1] ?? "");
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(file);
  });
}
