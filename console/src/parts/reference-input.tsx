/** Another resource, chosen by its name. */

import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { titleOf } from "../lib/resource";
import { resources, useKinds } from "./kinds";

interface ReferenceProps {
  kind: string;
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
}

const MOST = 200;

export function ReferenceInput({ kind: word, id, value, onChange }: ReferenceProps) {
  const { kinds } = useKinds();
  const kind = kinds.find(one => one.kind === word);
  const asked = useQuery({
    queryKey: ["references", word],
    queryFn: () => resources.list(kind?.plural ?? "", { filters: {} }, MOST),
    enabled: !!kind,
  });
  const options = (asked.data?.data ?? []).map(one => ({ value: one.id, label: titleOf(kind, one) }));
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      options={options}
      loading={asked.isFetching}
      showSearch={{ optionFilterProp: "label" }}
      allowClear
    />
  );
}
