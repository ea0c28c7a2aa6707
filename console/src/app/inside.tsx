/** What is behind the door. */

import { RouterProvider } from "@tanstack/react-router";
import { useMemo } from "react";
import { StepUp } from "../session/step-up";
import { makeRouter } from "./router";

export default function Inside() {
  const router = useMemo(makeRouter, []);
  return (
    <>
      <RouterProvider router={router} />
      <StepUp />
    </>
  );
}
