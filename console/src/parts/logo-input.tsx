/** A logo: uploaded like every picture, then taken in its smallest size, which is what the API keeps of it. */

import { Button } from "antd";
import { useWords } from "../words";
import { smallOf, UploadButton } from "./upload-button";

/** A logo that was chosen: where it is seen, and its bytes in base64. */
export interface Logo {
  url: string;
  data: string;
}

interface LogoProps {
  id?: string;
  /** Where the present one is. */
  now: string | undefined;
  value?: Logo | null;
  onChange?: (next: Logo | null) => void;
}

export function LogoInput({ now, value, onChange }: LogoProps) {
  const { settings } = useWords();
  const shown = value === undefined ? now : value?.url;
  return (
    <div className="logo">
      {shown && <img src={shown} alt={settings.logo} width="64" height="64" />}
      <UploadButton
        word={settings.logoChoose}
        taken={async stored => {
          const url = smallOf(stored);
          onChange?.({ url, data: await base64(url) });
        }}
      />
      {shown && (
        <Button type="text" onClick={() => onChange?.(null)}>
          {settings.logoRemove}
        </Button>
      )}
    </div>
  );
}

async function base64(url: string): Promise<string> {
  const file = await (await fetch(url, { headers: { accept: "image/webp" } })).blob();
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).split(",", 2)[1] ?? "");
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(file);
  });
}
