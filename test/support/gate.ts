/** A gate at which others wait until it is opened. */
export function gate(): { readonly reached: () => number; readonly pass: () => Promise<void>; readonly open: () => void } {
  let waiting = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { reached: () => waiting, pass: () => (waiting++, opened), open };
}
