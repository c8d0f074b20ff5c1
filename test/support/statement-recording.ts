import { afterAll } from '@jest/globals';
import { startRecording, writeRecorded } from './statement-recorder.js';

// Runs before each test file. Only a run of all tests, and one that writes the list of statements, has a folder.
const folder = process.env.STATEMENTS_FOLDER;
if (folder !== undefined) {
  startRecording();
  afterAll(() => writeRecorded(folder));
}
