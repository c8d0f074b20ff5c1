// Jest loads its global set-up outside its own transformer: here Node learns to read TypeScript first.
import '@swc-node/register/esm-register';

export default async (...given) => {
  const { default: setUp } = await import('../test/support/global-setup.ts');
  await setUp(...given);
};
