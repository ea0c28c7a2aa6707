/** Chooses a picture and uploads it at once; what the API refuses of it is told in words about pictures. */

import { Alert, Button } from "antd";
import { useRef, useState } from "react";
import { codeOf } from "../api/problem";
import { Trouble } from "../kit/trouble";
import { sendFile } from "../session/door";
import { useWords } from "../words";

export interface Stored {
  id: string;
  url: string;
}

/** Pixels of the smallest size in which a picture is kept. */
const SMALL = 320;

/** Where its smallest size is, on this host. */
export const smallOf = ({ url }: Stored): string => new URL(url).pathname.replace(/\d+$/, String(SMALL));

interface UploadProps {
  word: string;
  taken: (stored: Stored) => Promise<void> | void;
}

export function UploadButton({ word, taken }: UploadProps) {
  const { catalog } = useWords();
  const chooser = useRef<HTMLInputElement>(null);
  const [coming, setComing] = useState(false);
  const [error, setError] = useState<unknown>();
  const upload = async (file: File | undefined) => {
    if (!file) return;
    setComing(true);
    setError(undefined);
    try {
      await taken((await sendFile("/v1/files", file, file.type, () => {})) as Stored);
    } catch (refused) {
      setError(refused);
    } finally {
      setComing(false);
    }
  };
  const unfit = ["invalid", "too_large", "unsupported_media_type"].includes(codeOf(error) ?? "");
  return (
    <>
      <Button loading={coming} onClick={() => chooser.current?.click()}>
        {word}
      </Button>
      <input
        ref={chooser}
        type="file"
        hidden
        accept="image/png,image/jpeg,image/webp"
        aria-label={word}
        onChange={event => {
          void upload(event.target.files?.[0]);
          // The same file, mended, is another one.
          event.target.value = "";
        }}
      />
      {unfit && (
        <Alert type="error" showIcon role="alert" title={catalog.pictureUnfit} description={catalog.pictureUnfitCure} />
      )}
      {error !== undefined && !unfit && <Trouble error={error} />}
    </>
  );
}
