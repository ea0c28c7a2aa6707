/** Devices of a store at which its staff redeem: added, paired by a code that is used once, taken away. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Input, Modal, QRCode } from "antd";
import { useId, useState } from "react";
import { api } from "../api/client";
import { whole } from "../api/pages";
import { take } from "../api/problem";
import type { Device } from "../api/types";
import { Act } from "../kit/act";
import { Section, Waiting } from "../kit/page";
import { Table } from "../kit/table";
import { Trouble } from "../kit/trouble";
import { Copy, State, type Tone, When } from "../kit/values";
import { useCan } from "../session/context";
import { once } from "../session/door";
import { useWords } from "../words";

const TONES: Record<Device["state"], Tone> = { waiting: "busy", paired: "good", blocked: "bad", removed: "calm" };

const all = () => whole(query => take(api.GET("/v1/devices", { params: { query } })));

export function Devices({ store }: { store: string }) {
  const { vouchers } = useWords();
  const can = useCan();
  const queries = useQueryClient();
  const [shown, setShown] = useState<Device>();
  const asked = useQuery({ queryKey: ["devices", "all"], queryFn: all });
  const again = () => void queries.invalidateQueries({ queryKey: ["devices"] });
  const added = (device: Device) => {
    setShown(device);
    again();
  };
  const here = asked.data?.filter(one => one.store === store && one.state !== "removed") ?? [];
  return (
    <Section
      title={vouchers.devices}
      note={vouchers.devicesNote}
      acts={can("vouchers:write") && <AddDevice store={store} done={added} />}
    >
      {asked.error && <Trouble error={asked.error} retry={() => void asked.refetch()} />}
      {asked.isPending && <Waiting />}
      {asked.data && here.length === 0 && <p className="muted">{vouchers.devicesEmpty}</p>}
      {here.length > 0 && <List of={here} show={setShown} again={again} />}
      {shown && <Pairing of={shown} close={() => setShown(undefined)} />}
    </Section>
  );
}

function List({ of, show, again }: { of: Device[]; show: (device: Device) => void; again: () => void }) {
  const { vouchers } = useWords();
  const can = useCan();
  const columns = [
    { key: "name", title: vouchers.deviceName, cell: (one: Device) => one.name },
    { key: "state", title: vouchers.state, cell: (one: Device) => <DeviceState of={one} /> },
    { key: "paired", title: vouchers.paired, cell: (one: Device) => <When at={one.paired_at} /> },
    {
      key: "pair",
      title: vouchers.pair,
      cell: (one: Device) =>
        one.code && (
          <button type="button" className="as-link" onClick={() => show(one)}>
            {vouchers.pair}
          </button>
        ),
    },
    {
      key: "acts",
      title: vouchers.deviceRemove,
      cell: (one: Device) => can("vouchers:write") && <Remove of={one} done={again} />,
    },
  ];
  return <Table rows={of} id={one => one.id} columns={columns} />;
}

function DeviceState({ of: { state, code } }: { of: Device }) {
  const { vouchers } = useWords();
  const over = state === "waiting" && !code;
  return <State tone={over ? "calm" : TONES[state]}>{over ? vouchers.deviceOver : vouchers.deviceStates[state]}</State>;
}

function AddDevice({ store, done }: { store: string; done: (device: Device) => void }) {
  const { vouchers } = useWords();
  const [name, setName] = useState("");
  const field = useId();
  const body = { store, name: name.trim() };
  return (
    <Act
      word={vouchers.deviceAdd}
      title={vouchers.deviceAdd}
      text={vouchers.deviceAddText}
      ready={body.name !== ""}
      run={() => take(api.POST("/v1/devices", { params: { header: once }, body }))}
      done={device => {
        setName("");
        done(device);
      }}
    >
      <label htmlFor={field}>{vouchers.deviceName}</label>
      <Input
        id={field}
        value={name}
        maxLength={40}
        placeholder={vouchers.deviceNameHint}
        onChange={event => setName(event.target.value)}
      />
    </Act>
  );
}

function Remove({ of, done }: { of: Device; done: () => void }) {
  const { vouchers } = useWords();
  return (
    <Act
      word={vouchers.deviceRemove}
      danger
      small
      title={vouchers.deviceRemoveTitle(of.name)}
      text={vouchers.deviceRemoveText}
      run={() => take(api.POST("/v1/devices/{id}/remove", { params: { path: { id: of.id } } }))}
      done={done}
    />
  );
}

/** The code once more, as long as nobody used it: to scan, or as a link. */
function Pairing({ of: { name, code, url, code_until }, close }: { of: Device; close: () => void }) {
  const { vouchers } = useWords();
  return (
    <Modal open title={vouchers.pairTitle(name)} footer={null} onCancel={close} destroyOnHidden>
      <p>{vouchers.pairText}</p>
      <div className="factor">
        {url && (
          // Whoever cannot see it opens the link below.
          <span aria-hidden="true">
            <QRCode value={url} type="svg" size={168} bordered={false} color="#000" bgColor="#fff" />
          </span>
        )}
        <p>
          <code>{code}</code> <Copy text={code ?? ""} />
        </p>
        <p className="whole">
          {url} <Copy text={url ?? ""} />
        </p>
        <p className="muted">
          {vouchers.pairUntil} <When at={code_until} />
        </p>
      </div>
    </Modal>
  );
}
