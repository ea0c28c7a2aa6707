/** Where one is on a short way. */

export const Steps = ({ at, names }: { at: number; names: string[] }) => (
  <ol className="steps">
    {names.map((name, place) => (
      <li key={name} className={place < at ? "past" : undefined} aria-current={place === at ? "step" : undefined}>
        <span>{place < at ? "✓" : place + 1}</span> {name}
      </li>
    ))}
  </ol>
);
