/** Another resource, or several, chosen by name; beside them may stand values that every merchant has. */

import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import type { Choice } from "../kit/fields";
import { titleOf } from "../lib/resource";
import { resources, useKinds } from "./kinds";

interface ReferenceProps {
  kind: string;
  id?: string;
  many?: boolean;
  known?: Choice[];
  value?: string | string[];
  onChange?: (value: string | string[]) => void;
}

const MOST = 200;

export function ReferenceInput({ kind: word, many, known = [], id, value, onChange }: ReferenceProps) {
  const { kinds } = useKinds();
  const kind = kinds.find(one => one.kind === word);
  const asked = useQuery({
    queryKey: ["references", word],
    queryFn: () => resources.list(kind?.plural ?? "", { filters: {} }, MOST),
    enabled: !!kind,
  });
  const own = (asked.data?.data ?? []).map(one => ({ value: one.id, label: titleOf(kind, one) }));
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      options={[...known, ...own]}
      {...(many && { mode: "multiple" })}
      loading={asked.isFetching}
      showSearch={{ optionFilterProp: "label" }}
      allowClear
    />
  );
}
