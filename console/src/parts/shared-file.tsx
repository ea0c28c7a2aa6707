/** A file that buyers share: chosen by whoever writes a version, and taken by whoever may see it. */

import { Button, Form } from "antd";
import { useRef, useState } from "react";
import type { ContentFile } from "../api/types";
import { size } from "../lib/files";
import { useWords } from "../words";

/** What the API takes. */
const MOST = 20 * 1024 * 1024;

interface ChooserProps {
  value?: File | null;
  onChange?: (next: File | undefined) => void;
}

/** One file, of any kind. A file that is too large is told of at once, not after it was sent. */
export function FileChooser({ value, onChange }: ChooserProps) {
  const { contents } = useWords();
  const chooser = useRef<HTMLInputElement>(null);
  const [large, setLarge] = useState<number>();
  const take = (file: File | undefined) => {
    if (!file) return;
    const fits = file.size <= MOST;
    setLarge(fits ? undefined : file.size);
    onChange?.(fits ? file : undefined);
  };
  return (
    <>
      <Button onClick={() => chooser.current?.click()}>{value ? contents.fileChange : contents.fileChoose}</Button>
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label={contents.file}
        onChange={event => {
          take(event.target.files?.[0]);
          // The same file, mended, is another one.
          event.target.value = "";
        }}
      />
      {value && <p role="status">{contents.fileChosen(value.name, size(value.size))}</p>}
      {large !== undefined && <Form.ErrorList errors={[contents.fileTooLarge(size(large))]} />}
    </>
  );
}

/** A file that was revealed: it is taken from an address that ends. */
export function FileInClear({ file }: { file: ContentFile }) {
  const { contents } = useWords();
  return (
    <>
      <p className="clear">
        <strong>{file.name}</strong> <span className="muted">{size(file.bytes)}</span>
      </p>
      <Button type="primary" href={file.url} download={file.name}>
        {contents.download}
      </Button>
      <p className="muted">{contents.downloadText}</p>
    </>
  );
}
