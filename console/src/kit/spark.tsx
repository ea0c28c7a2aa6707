/** A trend in the size of a word: a line without axes, and its words for whoever can't see it. */

const WIDE = 96;
const HIGH = 24;
const EDGE = 2;

export function Spark({ values, title }: { values: readonly number[]; title: string }) {
  if (values.length < 2) return null;
  const most = Math.max(...values);
  const least = Math.min(...values, 0);
  const range = most - least || 1;
  const points = values.map((value, n) => {
    const x = EDGE + (n * (WIDE - 2 * EDGE)) / (values.length - 1);
    const y = HIGH - EDGE - ((value - least) * (HIGH - 2 * EDGE)) / range;
    return [x.toFixed(1), y.toFixed(1)] as const;
  });
  const [x, y] = points.at(-1) ?? ["0", "0"];
  return (
    <svg className="spark" viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={title}>
      <polyline points={points.map(point => point.join(",")).join(" ")} />
      <circle cx={x} cy={y} r="2" />
    </svg>
  );
}
