/** The list as it is shown, as a file: its filters, its order and, where it is wanted, its columns. All pages of it. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Modal, Radio } from "antd";
import { useId, useState } from "react";
import { askForFile, exportable } from "../api/exports";
import { originOf } from "../api/origin";
import type { ListExport } from "../api/types";
import { columnsFor, type Exported, exportedBy } from "../lib/export";
import { useCan } from "../session/context";
import { useWords } from "../words";
import { Trouble } from "./trouble";

interface Shown {
  key: string;
  title: string;
  fields?: readonly string[];
}

export function ExportButton({ answer, shown }: { answer: object | undefined; shown: readonly Shown[] }) {
  const can = useCan()("exports:own");
  const { data } = useQuery({
    queryKey: ["export-lists"],
    queryFn: exportable,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: can,
  });
  const origin = originOf(answer);
  const exported = origin && data ? exportedBy(origin, data.data) : undefined;
  return exported ? <Export of={exported} shown={shown} /> : null;
}

function Export({ of: { of, filter }, shown }: { of: Exported; shown: readonly Shown[] }) {
  const { exports, kit } = useWords();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [format, setFormat] = useState<ListExport["format"]>("xlsx");
  const [all, setAll] = useState(false);
  const columns = columnsFor(shown, of.columns);
  const asking = useMutation({
    mutationFn: () => askForFile({ list: of.list, format, filter, ...(!all && columns.length > 0 && { columns }) }),
    onSuccess: async () => {
      setOpen(false);
      await queries.invalidateQueries({ queryKey: ["exports"] });
    },
  });
  const [formats, which] = [useId(), useId()];
  return (
    <>
      <Button
        onClick={() => {
          asking.reset();
          setOpen(true);
        }}
      >
        {exports.act}
      </Button>
      <Modal
        open={open}
        title={exports.title}
        okText={exports.start}
        cancelText={kit.cancel}
        onOk={() => asking.mutate()}
        okButtonProps={{ loading: asking.isPending }}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p>{exports.text}</p>
        <h3 id={formats}>{exports.format}</h3>
        <Radio.Group
          aria-labelledby={formats}
          className="radios"
          value={format}
          onChange={event => setFormat(event.target.value)}
        >
          <Radio value="xlsx">{exports.formats.xlsx}</Radio>
          <Radio value="csv">{exports.formats.csv}</Radio>
        </Radio.Group>
        <h3 id={which}>{exports.columns}</h3>
        <Radio.Group
          aria-labelledby={which}
          className="radios"
          value={all}
          onChange={event => setAll(event.target.value)}
        >
          <Radio value={false}>{exports.shown(columns.length)}</Radio>
          <Radio value={true}>{exports.all(of.columns.length)}</Radio>
        </Radio.Group>
        {asking.error && <Trouble error={asking.error} />}
      </Modal>
    </>
  );
}
