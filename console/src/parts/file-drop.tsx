/** A file as one has it: its text pasted, the file dropped or chosen. */

import { Button, Input } from "antd";
import { type DragEvent, useRef, useState } from "react";
import { lines, size, typeOf } from "../lib/files";
import { useWords } from "../words";

export interface Dropped {
  body: Blob;
  type: string;
  told: string;
}

interface FileDropProps {
  words: { paste: string; pasteHint: string; drop: string };
  accept: string;
  /** What pasted text is. */
  typeOfPaste: (text: string) => string;
  value: Dropped | undefined;
  onChange: (next: Dropped | undefined) => void;
}

export function FileDrop({ words, accept, typeOfPaste, value, onChange }: FileDropProps) {
  const { codes } = useWords();
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [pasted, setPasted] = useState("");
  const paste = (text: string) => {
    setPasted(text);
    const n = lines(text);
    onChange(n ? { body: new Blob([text]), type: typeOfPaste(text), told: codes.pasted(n) } : undefined);
  };
  const take = (file: File | undefined) => {
    if (!file) return;
    setPasted("");
    onChange({ body: file, type: typeOf(file.name), told: codes.chosen(file.name, size(file.size)) });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button and the field inside do the same from the keyboard
    <div className={over ? "drop over" : "drop"} onDrop={drop} onDragOver={drag} onDragLeave={() => setOver(false)}>
      <Input.TextArea
        className="mono"
        aria-label={words.paste}
        placeholder={words.pasteHint}
        rows={6}
        value={pasted}
        onChange={event => paste(event.target.value)}
      />
      <Button type="dashed" block onClick={() => chooser.current?.click()}>
        {over ? codes.dropNow : words.drop}
      </Button>
      <input
        ref={chooser}
        type="file"
        hidden
        accept={accept}
        aria-label={codes.file}
        onChange={event => {
          take(event.target.files?.[0]);
          // The same file, mended, is another one.
          event.target.value = "";
        }}
      />
      {value && <p role="status">{value.told}</p>}
    </div>
  );
}
