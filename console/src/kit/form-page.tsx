/**
 * The form page: groups of fields, a way to save that is always in reach, errors beside the fields they are about,
 * and a question before what was typed is lost.
 */

import { useMutation } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import { App, Button, Form, type FormInstance } from "antd";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { HeldForApproval, ProblemError } from "../api/problem";
import { useWords } from "../words";
import { FieldItem } from "./field";
import { blankToNull, changes, type Field, type Group, pathOf } from "./fields";
import { Page } from "./page";
import { Trouble } from "./trouble";

export interface FormProps<V extends object, R> {
  /** The fields; they may follow what is filled in. */
  groups: Group[] | ((values: Partial<V>) => Group[]);
  initial: Partial<V>;
  save: (values: V, changed: Partial<V>) => Promise<R>;
  saved?: (result: R) => void;
  /** What is told once it was done, when it is not that it was saved. */
  doneWord?: string;
  /** It may follow what is filled in. */
  saveWord?: string | ((values: Partial<V>) => string);
  /** What stands beside the fields and follows them, like a preview. */
  beside?: (values: Partial<V>) => ReactNode;
}

interface PageParts {
  title: string;
  intro?: ReactNode;
  back?: { to: string; text: string };
  acts?: ReactNode;
}

/** A page that is a form. */
export function FormPage<V extends object, R>({ title, intro, back, acts, ...form }: FormProps<V, R> & PageParts) {
  return (
    <Page title={title} intro={intro} back={back} acts={acts}>
      <FormOf {...form} />
    </Page>
  );
}

/** The form alone, for pages that are more than it. */
export function FormOf<V extends object, R>({
  groups: asked,
  initial,
  save,
  saved,
  saveWord,
  doneWord,
  beside,
}: FormProps<V, R>) {
  const { kit } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<V>();
  const [dirty, setDirty] = useState(false);
  const leaving = useRef(false);
  const values = Form.useWatch([], form) as V | undefined;
  const groups = typeof asked === "function" ? asked(values ?? initial) : asked;
  const word = typeof saveWord === "function" ? saveWord(values ?? initial) : saveWord;
  useLeaveQuestion(dirty, leaving);
  const saving = useMutation({
    mutationFn: (all: V) => save(all, changes(initial as V, all)),
    onSuccess: result => {
      leaving.current = true;
      setDirty(false);
      void message.success(doneWord ?? kit.saved);
      saved?.(result);
      leaving.current = false;
    },
    onError: error => {
      if (error instanceof HeldForApproval) setDirty(false);
      markFields(form, groups, error);
    },
  });
  // It waits: asked once more as it is, it would wait twice.
  const held = !dirty && saving.error instanceof HeldForApproval;
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) form.submit();
  };
  return (
    <div className={beside ? "with-beside" : undefined}>
      <Form<V>
        form={form}
        layout="vertical"
        className="form"
        initialValues={initial}
        onValuesChange={() => setDirty(true)}
        onFinish={all => saving.mutate(merged(initial, blankToNull(all) as V))}
        onKeyDown={keys}
        scrollToFirstError={{ focus: true }}
      >
        {groups.map(group => (
          <fieldset key={group.title} className="section">
            <legend>{group.title}</legend>
            {group.help && <p className="muted">{group.help}</p>}
            {group.fields.map(field => (
              <FieldItem key={field.name} field={field} />
            ))}
          </fieldset>
        ))}
        {saving.error && <Trouble error={saving.error} />}
        <div className="save-bar">
          <Button type="primary" htmlType="submit" disabled={held} loading={saving.isPending}>
            {word ?? kit.save}
          </Button>
        </div>
      </Form>
      {beside && <aside className="beside">{beside(values ?? initial)}</aside>}
    </div>
  );
}

/** Values that no field shows stay as they were, inside of members too. */
function merged<V extends object>(initial: Partial<V>, typed: V): V {
  const both = Object.entries(typed).map(([key, value]) => {
    const was = (initial as Record<string, unknown>)[key];
    const nested = isObject(was) && isObject(value);
    return [key, nested ? { ...was, ...value } : value];
  });
  return { ...initial, ...Object.fromEntries(both) } as V;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Puts what the API says of a field beside the field; what has no field here stands below. */
function markFields<V>(form: FormInstance<V>, groups: Group[], error: unknown) {
  if (!(error instanceof ProblemError)) return;
  const known = groups.flatMap(group => group.fields).map((field: Field) => pathOf(field.name));
  for (const { field, detail } of error.problem.errors ?? []) {
    const path = pathOf(field);
    const name = known.find(one => one.every((part, at) => part === path[at]));
    if (name) form.setFields([{ name: name as never, errors: [detail] }]);
  }
}

function useLeaveQuestion(dirty: boolean, leaving: { current: boolean }) {
  const { kit } = useWords();
  const { modal } = App.useApp();
  useBlocker({
    enableBeforeUnload: dirty,
    disabled: !dirty,
    shouldBlockFn: () => {
      if (leaving.current) return false;
      return new Promise<boolean>(answer => {
        modal.confirm({
          title: kit.leave,
          okText: kit.leaveYes,
          cancelText: kit.leaveNo,
          autoFocusButton: "cancel",
          onOk: () => answer(false),
          onCancel: () => answer(true),
        });
      });
    },
  });
}
