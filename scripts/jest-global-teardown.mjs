// Node already reads TypeScript (jest-global-setup.mjs), so both share the same modules and their state.
export default async (...given) => {
  const { default: tearDown } = await import('../test/support/global-teardown.ts');
  await tearDown(...given);
};
