/** A product's picture: a drawing of ours, or the merchant's own, which is uploaded as it is chosen. */

import { Button, Select } from "antd";
import { useRef, useState } from "react";
import { Trouble } from "../kit/trouble";
import { sendFile } from "../session/door";
import { useWords } from "../words";
import { Thumb } from "./thumb";

interface PictureProps {
  id?: string;
  value?: string | null;
  onChange?: (next: string) => void;
}

export function PictureInput({ id, value, onChange }: PictureProps) {
  const { catalog } = useWords();
  const chooser = useRef<HTMLInputElement>(null);
  const [coming, setComing] = useState(false);
  const [error, setError] = useState<unknown>();
  const drawn = Object.entries(catalog.pictures).map(([value, label]) => ({ value, label }));
  const own = value?.startsWith("fil_") ? [{ value, label: catalog.pictureOwn }] : [];
  const upload = async (file: File | undefined) => {
    if (!file) return;
    setComing(true);
    setError(undefined);
    try {
      const kept = (await sendFile("/v1/files", file, file.type, () => {})) as { id: string };
      onChange?.(kept.id);
    } catch (refused) {
      setError(refused);
    } finally {
      setComing(false);
    }
  };
  return (
    <div className="logo">
      <Thumb of={{ picture: value ?? null }} />
      <Select id={id} className="short" value={value} onChange={onChange} options={[...own, ...drawn]} />
      <Button loading={coming} onClick={() => chooser.current?.click()}>
        {catalog.pictureUpload}
      </Button>
      <input
        ref={chooser}
        type="file"
        hidden
        accept="image/png,image/jpeg,image/webp"
        aria-label={catalog.pictureUpload}
        onChange={event => void upload(event.target.files?.[0])}
      />
      {error !== undefined && <Trouble error={error} />}
    </div>
  );
}
