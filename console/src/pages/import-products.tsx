/** Many products from one file: given, shown as it is understood, then imported. */

import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { sendProducts, template } from "../api/product-files";
import { Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { save } from "../lib/save";
import { type Dropped, FileDrop } from "../parts/file-drop";
import { Known, Preview, Result } from "../parts/product-file-view";
import { useSpoken } from "../words";

const asCsv = () => "text/csv";

export default function ImportProducts() {
  const { language, words } = useSpoken();
  const { catalog, productFiles } = words;
  const [file, setFile] = useState<Dropped>();
  const [skip, setSkip] = useState(false);
  const seeing = useMutation({ mutationFn: (of: Dropped) => sendProducts(of) });
  const doing = useMutation({
    mutationFn: (of: Dropped) => sendProducts(of, { apply: true, ...(skip && { skip_errors: true }) }),
  });
  const taking = useMutation({
    mutationFn: () => template(language),
    onSuccess: body => save("products.csv", body),
  });
  const put = (next: Dropped | undefined) => {
    setFile(next);
    setSkip(false);
    seeing.reset();
    doing.reset();
  };
  const done = doing.data?.applied ? doing.data : undefined;
  // Somebody may have changed the catalogue in between: what is answered then is the newer preview.
  const seen = doing.data ?? seeing.data;
  const acts = (
    <Button onClick={() => taking.mutate()} loading={taking.isPending}>
      {productFiles.template}
    </Button>
  );
  return (
    <Page
      title={productFiles.title}
      intro={productFiles.intro}
      back={{ to: "/products", text: catalog.title }}
      acts={acts}
    >
      {taking.error && <Trouble error={taking.error} />}
      {done ? (
        <Result of={done} again={() => put(undefined)} />
      ) : (
        <>
          <Section title={productFiles.sheet}>
            <FileDrop
              words={productFiles}
              accept=".csv,.xlsx,text/csv"
              typeOfPaste={asCsv}
              value={file}
              onChange={put}
            />
            <Known />
            <div className="acts">
              <Button
                type={seen ? "default" : "primary"}
                disabled={!file}
                loading={seeing.isPending}
                onClick={() => file && seeing.mutate(file)}
              >
                {productFiles.preview}
              </Button>
            </div>
          </Section>
          {seeing.error && <Trouble error={seeing.error} />}
          {seeing.isPending && <Waiting />}
          {file && seen && (
            <Preview
              of={seen}
              skip={skip}
              setSkip={setSkip}
              apply={() => doing.mutate(file)}
              applying={doing.isPending}
              error={doing.error}
            />
          )}
        </>
      )}
    </Page>
  );
}
