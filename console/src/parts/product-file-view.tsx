/** How a file of products is shown: what it was understood as, what would be made, what is wrong, and what came of it. */

import { Link } from "@tanstack/react-router";
import { Alert, Button, Checkbox } from "antd";
import type { ProductFile } from "../api/product-files";
import { Go, Nothing, Section } from "../kit/page";
import { Table } from "../kit/table";
import { Trouble } from "../kit/trouble";
import { State } from "../kit/values";
import { count } from "../lib/money";
import { saveCsv } from "../lib/save";
import { useCan } from "../session/context";
import { useWords } from "../words";
import { COLUMNS, canApply, problemsCsv, rowsTold } from "./product-file";

/** Rows of a table on the screen. */
const SHOWN = 50;

/** The columns that are understood, for whoever writes a file. */
export function Known() {
  const { productFiles, kit } = useWords();
  return (
    <details>
      <summary>{productFiles.columnsHelp}</summary>
      <p className="muted">{productFiles.columnsNote}</p>
      <ul className="columns">
        {COLUMNS.map(([name, field]) => (
          <li key={field}>
            {name}
            {kit.aside(field)}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface PreviewProps {
  of: ProductFile;
  skip: boolean;
  setSkip: (skip: boolean) => void;
  apply: () => void;
  applying: boolean;
  error: unknown;
}

export function Preview({ of, skip, setSkip, apply, applying, error }: PreviewProps) {
  const { productFiles } = useWords();
  const created = of.products.length;
  if (of.rows === 0) return <Nothing title={productFiles.empty} text={productFiles.pasteHint.split("\n", 1)[0]} />;
  return (
    <>
      <Section title={productFiles.columns}>
        <Columns of={of} />
      </Section>
      {of.errors.length > 0 && (
        <Section title={productFiles.errors(count(of.errors.length))} acts={<ProblemsFile of={of} />}>
          <p className="muted">{productFiles.errorsText}</p>
          <Problems of={of} />
        </Section>
      )}
      <Section title={productFiles.products} note={productFiles.summary(count(of.rows), count(created))}>
        <Products of={of} />
      </Section>
      {error !== null && <Trouble error={error} />}
      <div className="save-bar">
        {of.errors.length > 0 && created > 0 && (
          <Checkbox checked={skip} onChange={event => setSkip(event.target.checked)}>
            {productFiles.skip}
          </Checkbox>
        )}
        <Button type="primary" disabled={!canApply(of, skip)} loading={applying} onClick={apply}>
          {created > 0 ? productFiles.apply(count(created)) : productFiles.nothing}
        </Button>
      </div>
    </>
  );
}

export function Result({ of, again }: { of: ProductFile; again: () => void }) {
  const { productFiles } = useWords();
  const can = useCan();
  const created = of.products.length;
  return (
    <>
      <Alert
        type="success"
        showIcon
        role="status"
        title={productFiles.done(count(created))}
        description={productFiles.doneText}
      />
      <div className="acts">
        <Go to="/products" primary>
          {productFiles.toProducts}
        </Go>
        {can("codes:import") && <Go to="/imports/new">{productFiles.toCodes}</Go>}
        <Button onClick={again}>{productFiles.another}</Button>
      </div>
      <Section title={productFiles.made}>
        <Products of={of} />
      </Section>
      {of.errors.length > 0 && (
        <Section title={productFiles.errorsLeft(count(of.errors.length))} acts={<ProblemsFile of={of} />}>
          <Problems of={of} />
        </Section>
      )}
    </>
  );
}

function Columns({ of: { columns } }: { of: ProductFile }) {
  const { productFiles } = useWords();
  const shown = [
    { key: "column", title: productFiles.column, cell: (one: (typeof columns)[number]) => one.column },
    {
      key: "field",
      title: productFiles.field,
      cell: ({ field }: (typeof columns)[number]) =>
        field ? (
          <State tone="good">{productFiles.fields[field] ?? field}</State>
        ) : (
          <State tone="care">{productFiles.ignored}</State>
        ),
    },
  ];
  return <Table rows={columns} id={one => one.column} columns={shown} />;
}

type Made = ProductFile["products"][number];

function Products({ of }: { of: ProductFile }) {
  const { productFiles } = useWords();
  const { products, applied } = of;
  if (products.length === 0) return <p className="muted">{productFiles.productsNone}</p>;
  const rows = (one: Made) => {
    const { text, all } = rowsTold(one.rows);
    return all ? text : productFiles.rowsMore(text, one.rows.length);
  };
  const columns = [
    {
      key: "name",
      title: productFiles.product,
      cell: (one: Made) => (applied && one.id ? <Link to={`/products/${one.id}`}>{one.name}</Link> : one.name),
    },
    { key: "skus", title: productFiles.skus, number: true, cell: (one: Made) => count(one.skus) },
    { key: "rows", title: productFiles.rows, cell: rows },
  ];
  return (
    <>
      <Table rows={products.slice(0, SHOWN)} id={one => String(one.rows[0])} columns={columns} />
      {products.length > SHOWN && <p className="muted">{productFiles.shown(count(SHOWN), count(products.length))}</p>}
    </>
  );
}

function Problems({ of: { errors } }: { of: ProductFile }) {
  const { productFiles } = useWords();
  const rows = errors.slice(0, SHOWN).map((error, place) => ({ ...error, place }));
  const columns = [
    { key: "row", title: productFiles.errorRow, cell: (one: (typeof rows)[number]) => count(one.row) },
    { key: "column", title: productFiles.errorColumn, cell: (one: (typeof rows)[number]) => one.column ?? "–" },
    {
      key: "detail",
      title: productFiles.errorDetail,
      cell: (one: (typeof rows)[number]) => productFiles.flaws[one.code] ?? one.detail,
    },
  ];
  return (
    <>
      <Table rows={rows} id={one => String(one.place)} columns={columns} />
      {errors.length > SHOWN && <p className="muted">{productFiles.errorsShown(count(SHOWN), count(errors.length))}</p>}
    </>
  );
}

function ProblemsFile({ of }: { of: ProductFile }) {
  const { productFiles } = useWords();
  const head = [productFiles.errorRow, productFiles.errorColumn, productFiles.errorDetail] as const;
  const errors = of.errors.map(error => ({ ...error, detail: productFiles.flaws[error.code] ?? error.detail }));
  const save = () => saveCsv(productFiles.errorFileName, problemsCsv({ errors }, head));
  return <Button onClick={save}>{productFiles.errorFile}</Button>;
}
