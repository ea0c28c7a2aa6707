/** The keys, as they are. */

import { Modal } from "antd";
import { PAGES } from "../pages";
import { useCan } from "../session/context";
import { useWords } from "../words";

export function Help({ open, close }: { open: boolean; close: () => void }) {
  const { frame } = useWords();
  const can = useCan();
  const go = PAGES.flatMap(({ menu, scope }) =>
    menu?.key && can(scope) ? [{ keys: ["g", menu.key], what: frame.helpGo(frame.pages[menu.name]) }] : [],
  );
  const all = [
    { keys: ["/"], what: frame.helpSearch },
    { keys: ["?"], what: frame.helpHelp },
    { keys: ["Ctrl", "Enter"], what: frame.helpSave },
    ...go,
  ];
  return (
    <Modal open={open} onCancel={close} footer={null} title={frame.help} destroyOnHidden>
      <dl className="keys">
        {all.map(({ keys, what }) => (
          <div key={what}>
            <dt>
              {keys.map(key => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
