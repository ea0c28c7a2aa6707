/** Codes as one has them: pasted, dropped, or chosen as a file. */

import { typeOfPaste } from "../lib/files";
import { useWords } from "../words";
import { type Dropped, FileDrop } from "./file-drop";

export type { Dropped } from "./file-drop";

interface CodeDropProps {
  value: Dropped | undefined;
  onChange: (next: Dropped | undefined) => void;
}

export function CodeDrop(props: CodeDropProps) {
  const { codes } = useWords();
  return <FileDrop words={codes} accept=".csv,.txt,.xlsx,text/csv,text/plain" typeOfPaste={typeOfPaste} {...props} />;
}
