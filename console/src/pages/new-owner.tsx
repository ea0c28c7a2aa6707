/** The first owner of a merchant, for the operator: he gets an invitation, and takes in everybody else. */

import { useNavigate, useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import { FormPage } from "../kit/form-page";
import { useWords } from "../words";

interface Typed {
  email: string;
  name: string;
}

export default function NewOwner() {
  const { settings, terms } = useWords();
  const navigate = useNavigate();
  const path = useParams({ strict: false }) as { id: string };
  return (
    <FormPage<Typed, unknown>
      title={settings.owner}
      intro={settings.ownerIntro}
      back={{ to: `/merchants/${path.id}`, text: terms.one }}
      groups={[
        {
          title: settings.owner,
          fields: [
            {
              kind: "text",
              name: "email",
              label: settings.ownerEmail,
              help: settings.ownerEmailHelp,
              required: true,
              max: 254,
            },
            { kind: "text", name: "name", label: settings.ownerName, required: true, max: 100 },
          ],
        },
      ]}
      initial={{}}
      save={body => take(api.POST("/v1/merchants/{id}/owner", { params: { path }, body }))}
      saved={() => void navigate({ to: `/merchants/${path.id}` })}
      saveWord={settings.invite}
    />
  );
}
