/** By which request an answer came, for what wants to ask the same again in another form. */

const origins = new WeakMap<object, string>();

export function cameFrom<T>(answer: T, url: string): T {
  if (typeof answer === "object" && answer !== null) origins.set(answer, url);
  return answer;
}

/** The address of the request; nothing for what was put together here. */
export const originOf = (answer: object | undefined): string | undefined => answer && origins.get(answer);
