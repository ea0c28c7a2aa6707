/** One import: what became of a file. */

import { useParams } from "@tanstack/react-router";
import { Page } from "../kit/page";
import { ImportView } from "../parts/import-view";
import { useWords } from "../words";

export default function ImportPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const { codes } = useWords();
  return (
    <Page title={codes.importTitle} back={{ to: "/imports", text: codes.title }}>
      <ImportView id={id} />
    </Page>
  );
}
