import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { EmbeddedBackend } from './support/backend.ts';
import { measureFrugality } from './support/frugality.ts';
import { servedWorld } from './support/served-world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());

test('sync is frugal: few requests, few bytes', async () => {
	const cost = await measureFrugality(backend, world, 400);
	// The first answer carries 300 rows, each later one 1,000 (5,000 take six requests: `npm run bench frugal`).
	expect(cost.firstRequests).toBe(2);
	expect(cost.bytesAPulledRow).toBeLessThanOrEqual(75);
	expect(cost.idleUp).toBeLessThanOrEqual(600);
	expect(cost.idleDown).toBeLessThanOrEqual(600);
	// Of 100 offline edits.
	expect(cost.editsRequests).toBeLessThanOrEqual(2);
	// A visit record with its vital signs, as it reaches a colleague.
	expect(cost.visitDown).toBeLessThanOrEqual(1200);
	// And as its author sends it.
	expect(cost.recordUp).toBeLessThanOrEqual(1200);
});
