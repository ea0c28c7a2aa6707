/** Another password, for whoever knows the present one. */

import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { codeOf } from "../api/problem";
import { Trouble } from "../kit/trouble";
import { changePassword } from "../session/account";
import { markRefused } from "../session/refused";
import { useWords } from "../words";

interface Typed {
  password: string;
  new_password: string;
}

export function OwnPassword({ done, primary }: { done?: () => void; primary?: boolean }) {
  const words = useWords();
  const { session, kit } = words;
  const [form] = Form.useForm<Typed>();
  const changing = useMutation({
    mutationFn: ({ password, new_password }: Typed) => changePassword(password, new_password),
    onSuccess: () => {
      form.resetFields();
      done?.();
    },
    onError: error => {
      if (codeOf(error) === "unauthorized") form.setFields([{ name: "password", errors: [session.passwordWrong] }]);
      else markRefused(form, error, words);
    },
  });
  const rules = [{ required: true, message: kit.required }];
  const code = codeOf(changing.error);
  return (
    <Form<Typed> form={form} layout="vertical" onFinish={changing.mutate} requiredMark={false} className="narrow">
      <Form.Item name="password" label={session.passwordNow} rules={rules}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="new_password" label={session.passwordNew} extra={session.passwordHelp} rules={rules}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {changing.error && code !== "unauthorized" && code !== "invalid" && <Trouble error={changing.error} />}
      {changing.isSuccess && <p role="status">{session.passwordChanged}</p>}
      <Button htmlType="submit" type={primary ? "primary" : "default"} loading={changing.isPending}>
        {session.passwordChange}
      </Button>
    </Form>
  );
}
