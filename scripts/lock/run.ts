/** `npm run lock`: completes package-lock.json in place. */
import { readFileSync, writeFileSync } from 'node:fs';
import { completeLock, missingOptionalPackages } from './complete-lock.ts';
import type { Lock } from './complete-lock.ts';

const lockUrl = new URL('../../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(lockUrl, 'utf8')) as Lock;
console.log(`Added to package-lock.json: ${missingOptionalPackages(lock).size} optional packages.`);
writeFileSync(lockUrl, `${JSON.stringify(completeLock(lock), null, '\t')}\n`);
