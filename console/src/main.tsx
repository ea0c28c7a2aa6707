import { createRoot } from "react-dom/client";
import { Root } from "./app/root";
import { load, preferred } from "./words";
import "./app/app.css";

const place = document.getElementById("root");
if (place) {
  const spoken = await load(preferred());
  createRoot(place).render(<Root first={spoken} />);
}
