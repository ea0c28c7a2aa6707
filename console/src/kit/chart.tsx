/**
 * A chart over numbers that stand in a table beside it: who can't see it reads the table. It is drawn on a canvas, and
 * what it tells at the pointer too, because styles in markup are forbidden here (docs/adr/0030).
 */

import { theme } from "antd";
import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { useEffect, useRef } from "react";

export interface ChartSeries {
  name: string;
  values: (number | null)[];
  /** What it is compared with. */
  before?: boolean;
}

export interface ChartProps {
  /** What it shows, for whoever can't see it. */
  title: string;
  labels: string[];
  series: ChartSeries[];
  /** How a value is written. */
  write: (value: number) => string;
  /** Over time, or side by side with long names. */
  kind: "time" | "names";
}

const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");
const ROW_PX = 44;
const TIME_PX = 260;

export function Chart({ title, labels, series, write, kind }: ChartProps) {
  const { token } = theme.useToken();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const option = optionOf({ labels, series, write, kind }, token);
  const shown = useRef(option);
  shown.current = option;
  useEffect(() => {
    let gone = false;
    const size = new ResizeObserver(() => chart.current?.resize());
    void import("./echarts").then(({ init }) => {
      if (gone || !place.current) return;
      chart.current = init(place.current);
      chart.current.setOption(shown.current);
      size.observe(place.current);
    });
    return () => {
      gone = true;
      size.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(option, true);
  });
  const height = kind === "time" ? TIME_PX : labels.length * ROW_PX + ROW_PX;
  return <div ref={place} className="chart" role="img" aria-label={title} style={{ height }} />;
}

type Tokens = ReturnType<typeof theme.useToken>["token"];

function optionOf({ labels, series, write, kind }: Omit<ChartProps, "title">, token: Tokens): EChartsCoreOption {
  const text = { color: token.colorTextDescription, fontFamily: token.fontFamily, fontSize: 12 };
  const names = {
    type: "category",
    data: labels,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: token.colorBorder } },
    axisLabel: { ...text, hideOverlap: true, ...(kind === "names" && { width: 140, overflow: "truncate" }) },
    ...(kind === "names" && { inverse: true }),
  };
  const values = {
    type: "value",
    minInterval: 1,
    splitNumber: 4,
    splitLine: { lineStyle: { color: token.colorBorderSecondary } },
    axisLabel: {
      ...text,
      hideOverlap: true,
      formatter: (value: number) => write(Math.round(value)).replace(/\.0+$/, ""),
    },
  };
  return {
    animation: !STILL.matches,
    animationDuration: 200,
    grid: { left: 8, right: 16, top: 16, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      confine: true,
      backgroundColor: token.colorBgElevated,
      borderColor: token.colorBorder,
      textStyle: { color: token.colorText, fontFamily: token.fontFamily, fontSize: 12 },
      valueFormatter: (value: unknown) => (typeof value === "number" ? write(value) : "–"),
      axisPointer: { type: kind === "time" ? "line" : "shadow" },
    },
    xAxis: kind === "time" ? names : values,
    yAxis: kind === "time" ? values : names,
    series: series.map(one => seriesOf(one, kind, token)),
  };
}

function seriesOf({ name, values, before }: ChartSeries, kind: ChartProps["kind"], token: Tokens) {
  const color = before ? token.colorTextQuaternary : token.colorPrimary;
  if (kind === "names") {
    return { type: "bar", name, data: values, color, barMaxWidth: 14, itemStyle: { borderRadius: [0, 4, 4, 0] } };
  }
  return {
    type: "line",
    name,
    data: values,
    color,
    symbol: "circle",
    symbolSize: 5,
    showSymbol: values.length === 1,
    lineStyle: { width: before ? 1.5 : 2, type: before ? "dashed" : "solid" },
    ...(!before && { areaStyle: { color: token.colorPrimary, opacity: 0.08 } }),
    z: before ? 1 : 2,
  };
}
