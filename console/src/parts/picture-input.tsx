/** A product's picture: a drawing of ours, or the merchant's own, which is uploaded as it is chosen. */

import { Select } from "antd";
import { useWords } from "../words";
import { Thumb } from "./thumb";
import { UploadButton } from "./upload-button";

interface PictureProps {
  id?: string;
  value?: string | null;
  onChange?: (next: string) => void;
}

export function PictureInput({ id, value, onChange }: PictureProps) {
  const { catalog } = useWords();
  const drawn = Object.entries(catalog.pictures).map(([value, label]) => ({ value, label }));
  const own = value?.startsWith("fil_") ? [{ value, label: catalog.pictureOwn }] : [];
  return (
    <div className="logo">
      <Thumb of={{ picture: value ?? null }} />
      <Select id={id} className="short" value={value} onChange={onChange} options={[...own, ...drawn]} />
      <UploadButton word={catalog.pictureUpload} taken={stored => onChange?.(stored.id)} />
    </div>
  );
}
