/** The picture beside links to the shop, and how such a link looks in a chat. */

import { Button } from "antd";
import type { Shop } from "../api/types";
import { useSpoken, useWords } from "../words";
import { type Stored, smallOf, UploadButton } from "./upload-button";

interface ShareProps {
  id?: string;
  value?: Stored | null;
  onChange?: (next: Stored | null) => void;
}

export function ShareInput({ value, onChange }: ShareProps) {
  const { settings } = useWords();
  return (
    <div className="logo">
      {value && <img src={smallOf(value)} alt={settings.share} height="64" />}
      <UploadButton word={settings.shareChoose} taken={stored => onChange?.(stored)} />
      {value && (
        <Button type="text" onClick={() => onChange?.(null)}>
          {settings.shareRemove}
        </Button>
      )}
    </div>
  );
}

interface CardProps {
  name?: Shop["name"];
  greeting?: Shop["greeting"];
  /** Where the picture is; the logo stands in for it. */
  picture: string | undefined;
}

/** A link as a chat shows it. */
export function ShareCard({ name, greeting, picture }: CardProps) {
  const { language, words } = useSpoken();
  const { settings } = words;
  const said = (text: Partial<Shop["name"]> | undefined) =>
    (language === "en" ? text?.en || text?.zh : text?.zh || text?.en) ?? "";
  return (
    <figure className="preview">
      <figcaption>{settings.shareCard}</figcaption>
      <div className="share-card">
        <strong>{said(name)}</strong>
        <span className="muted">{said(greeting)}</span>
        {picture && <img src={picture} alt="" width="56" height="56" />}
      </div>
      <small className="muted">{settings.shareCardNote}</small>
    </figure>
  );
}
