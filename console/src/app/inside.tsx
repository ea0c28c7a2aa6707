/** What is behind the door. */

import { RouterProvider } from "@tanstack/react-router";
import { useMemo } from "react";
import { MustChange } from "../parts/must-change";
import { useSession } from "../session/context";
import { StepUp } from "../session/step-up";
import { makeRouter } from "./router";

export default function Inside() {
  const { must_change_password } = useSession();
  const router = useMemo(makeRouter, []);
  if (must_change_password) return <MustChange />;
  return (
    <>
      <RouterProvider router={router} />
      <StepUp />
    </>
  );
}
