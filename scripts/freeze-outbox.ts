/**
 * `node scripts/freeze-outbox.ts <number>`, at each release: what its engine leaves in the outbox, one intent of every kind, becomes
 * tests/fixtures/outbox-v<number>.json. From then on every later release must send it (tests/sync/outbox.test.ts). Never edited afterwards.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { LocalDb } from '#lib/db/local-db.ts';
import type { OutboxEntry } from '#lib/db/records.ts';
import { SCHEMA_VERSION, storeDeclarations } from '#lib/db/schema.ts';
import { commitIntents, type Intent } from '#lib/sync/commit.ts';
import type { Me } from '#lib/sync/workspace.ts';
import { CARE_KINDS } from './freeze/care-kinds.ts';
import { TALK_KINDS } from './freeze/talk-kinds.ts';

interface Frozen {
	readonly refused: readonly (readonly [name: string, code: string])[];
	readonly entries: readonly OutboxEntry[];
}

const FOLDER = new URL('../tests/fixtures/', import.meta.url);
const [number = ''] = process.argv.slice(2);
const target = new URL(`outbox-v${number}.json`, FOLDER);
if (!/^[1-9]\d*$/.test(number)) throw new RangeError('Which number has the release?');
if (existsSync(target)) throw new RangeError(`What release ${number} left stands already.`);

const last = readdirSync(FOLDER)
	.filter((file) => /^outbox-v\d+\.json$/.test(file))
	.sort()
	.at(-1);
if (last === undefined) throw new Error('There is no earlier release to take the intents from.');
// Written by that release.
const { refused, entries } = JSON.parse(readFileSync(new URL(last, FOLDER), 'utf8')) as Frozen;

// The words in braces are put right by who plays it.
const me: Me = {
	userId: '{{me}}',
	email: 'supervisor@example.org',
	displayName: '督導',
	memberships: [{ orgId: '{{org}}', orgName: '山城長照', role: 'supervisor' }]
};
/** Kinds of intents that the last release did not know; to be filled when a release adds one. */
const NEW_KINDS = [...CARE_KINDS, ...TALK_KINDS];
const db = new LocalDb('freeze', { indexedDB: new IDBFactory(), IDBKeyRange });
// What says which role this person has towards the case.
await db.anyRows('cases').put({ id: '{{case}}', org_id: '{{org}}', _gen: 0 } as never);
const mids = entries.map(({ mid }) => mid);
// An intent of a release to come stays as it was: the present engine cannot record it.
const ours = entries.filter(
	({ mutation }) =>
		!refused.some(([name, code]) => name === mutation.name && code === 'unknown_mutation')
);
const intents = [
	...ours.map(({ mid, mutation }) => ({
		mid,
		at: mutation.at,
		// Of the same catalogue, or the engine refuses it here.
		intent: { name: mutation.name, args: mutation.args } as Intent
	})),
	...NEW_KINDS.filter(({ mid }) => !mids.includes(mid))
];
for (const { mid, at, intent } of intents)
	await commitIntents(
		{ db, me, nowMs: Date.parse(at), offsetMs: 40, newMid: () => mid },
		[intent],
		0
	);
const recorded = new Map((await db.outbox.toArray()).map((entry) => [entry.mid, entry]));
const frozen = {
	about: `What release ${number} left in its outbox. Never edit: a later release gets a file of its own.`,
	schemaVersion: SCHEMA_VERSION,
	stores: storeDeclarations(),
	refused,
	entries: [...new Set([...mids, ...recorded.keys()])].map((mid, index) => ({
		...(recorded.get(mid) ?? entries[index]),
		order: index + 1
	}))
};
writeFileSync(target, `${JSON.stringify(frozen, null, '\t')}\n`);
console.log(
	`${recorded.size} intents of release ${number} → tests/fixtures/outbox-v${number}.json`
);
