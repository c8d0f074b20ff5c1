import { FirstSchema1796000000000 } from './0001-first-schema.js';
import { InstantOrNull1796000000100 } from './0002-instant-or-null.js';
import { FamilySignIn1796000000200 } from './0003-family-sign-in.js';
import { SignInCodes1796000000300 } from './0004-sign-in-codes.js';
import { Asking1796000000400 } from './0005-asking.js';
import { Help1796000000500 } from './0006-help.js';
import { FamilySignatures1796000000600 } from './0007-family-signatures.js';
import { ChannelPauses1796000000700 } from './0008-channel-pauses.js';

/** What is done to a database, in order: each once, and never changed after a release. */
export const MIGRATIONS = [
  FirstSchema1796000000000,
  InstantOrNull1796000000100,
  FamilySignIn1796000000200,
  SignInCodes1796000000300,
  Asking1796000000400,
  Help1796000000500,
  FamilySignatures1796000000600,
  ChannelPauses1796000000700,
];
