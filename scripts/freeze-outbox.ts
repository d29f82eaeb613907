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
const NEW_KINDS: readonly { readonly mid: string; readonly at: string; readonly intent: Intent }[] =
	[
		{
			mid: '11111111-0000-7000-8000-0000000000f1',
			at: '2026-11-22T02:00:00.000Z',
			intent: {
				name: 'message.read',
				args: {
					row: {
						id: '11111111-0000-7000-8000-0000000000f2',
						case_id: '{{case}}',
						audience: 'circle',
						read_through: '2026-11-22T02:00:00.000Z'
					}
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000a1',
			at: '2026-11-23T02:00:00.000Z',
			intent: {
				name: 'household_code.add',
				args: {
					row: {
						id: '11111111-0000-7000-8000-0000000000a2',
						case_id: '{{case}}',
						digest: 'a1'.repeat(32)
					}
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000a3',
			at: '2026-11-23T02:00:00.000Z',
			intent: {
				name: 'visit_place.add',
				args: {
					row: {
						id: '11111111-0000-7000-8000-0000000000a4',
						case_id: '{{case}}',
						// The visit of the fixture.
						visit_id: '11111111-0000-7000-8000-000000000003',
						via: 'camera',
						proof: 'b2'.repeat(32)
					}
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000a7',
			at: '2026-11-23T02:00:00.000Z',
			intent: {
				name: 'household_point.add',
				args: {
					row: {
						id: '11111111-0000-7000-8000-0000000000a8',
						case_id: '{{case}}',
						latitude: 23.5,
						longitude: 121.2,
						accuracy_m: 12
					}
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000a9',
			at: '2026-11-23T02:00:00.000Z',
			intent: {
				name: 'visit_place.add',
				args: {
					row: {
						id: '11111111-0000-7000-8000-0000000000aa',
						case_id: '{{case}}',
						visit_id: '11111111-0000-7000-8000-000000000003',
						via: 'position',
						step: 'check_in',
						position: 'measured',
						distance_m: 20,
						accuracy_m: 50
					}
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000a5',
			at: '2026-11-23T02:00:00.000Z',
			intent: {
				name: 'visit_remark.add',
				args: {
					row: {
						id: '11111111-0000-7000-8000-0000000000a6',
						case_id: '{{case}}',
						visit_id: '11111111-0000-7000-8000-000000000003',
						kind: 'late',
						reason: 'traffic'
					}
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000b1',
			at: '2026-11-23T02:00:00.000Z',
			intent: {
				name: 'record_signature.add',
				args: {
					row: {
						id: '11111111-0000-7000-8000-0000000000b2',
						case_id: '{{case}}',
						// The record of the fixture's visit.
						record_id: '11111111-0000-7000-8000-00000000000c',
						kind: 'drawn',
						signer_name: '陳阿月',
						relation: 'self',
						statement: '我看過上面的紀錄。',
						strokes: 'M100 100l300 100 100 -100'
					}
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000b3',
			at: '2026-11-23T02:00:00.000Z',
			intent: {
				name: 'record_review.add',
				args: {
					row: {
						id: '11111111-0000-7000-8000-0000000000b4',
						case_id: '{{case}}',
						record_id: '11111111-0000-7000-8000-00000000000c',
						verdict: 'returned',
						reason: '血壓寫反了'
					}
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000d1',
			at: '2026-11-23T02:00:00.000Z',
			intent: {
				name: 'emergency.notify',
				args: {
					// The emergency of the fixture.
					id: '11111111-0000-7000-8000-000000000007',
					action_id: '11111111-0000-7000-8000-0000000000d2',
					note: '受理 113-0001'
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000d3',
			at: '2026-11-23T02:00:00.000Z',
			intent: {
				name: 'visit_record.add',
				args: {
					row: {
						id: '11111111-0000-7000-8000-0000000000d4',
						case_id: '{{case}}',
						note: '午餐吃一半'
					},
					measurements: [{ id: '11111111-0000-7000-8000-0000000000d5', kind: 'pulse', value: 72 }]
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000f3',
			at: '2026-11-23T02:00:00.000Z',
			intent: {
				name: 'office_day.set',
				args: {
					row: {
						id: '11111111-0000-7000-8000-0000000000f4',
						org_id: '{{org}}',
						day: '2027-01-01',
						kind: 'holiday',
						name: '開國紀念日'
					}
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000e1',
			at: '2026-11-23T02:00:00.000Z',
			intent: {
				name: 'ladder.set',
				args: {
					row: {
						id: '11111111-0000-7000-8000-0000000000e2',
						org_id: '{{org}}',
						case_id: null,
						severity: 'red',
						steps: [{ after: 0, to: ['circle', 'duty'], second: true }],
						repeat_minutes: 10,
						repeats: 6,
						active: true
					}
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000e3',
			at: '2026-11-23T02:00:00.000Z',
			intent: {
				name: 'duty.add',
				args: {
					row: {
						id: '11111111-0000-7000-8000-0000000000e4',
						org_id: '{{org}}',
						user_id: '{{me}}',
						weekdays: [1, 2, 3, 4, 5],
						on_holidays: false,
						starts_at_time: '18:00',
						ends_at_time: '08:00',
						valid_from: '2026-11-23'
					}
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000e5',
			at: '2026-11-23T02:01:00.000Z',
			intent: {
				name: 'duty.change',
				args: {
					id: '11111111-0000-7000-8000-0000000000e4',
					patch: { ends_at_time: ['08:00', '07:00'] }
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000e6',
			at: '2026-11-23T02:01:00.000Z',
			intent: {
				name: 'travel.add',
				args: {
					row: {
						id: '11111111-0000-7000-8000-0000000000e7',
						org_id: '{{org}}',
						user_id: '{{me}}',
						user_name: '{{name}}',
						travelled_on: '2026-11-23',
						means: 'scooter',
						minutes: 25,
						km: 8.5
					}
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000c1',
			at: '2026-11-23T02:00:00.000Z',
			intent: {
				name: 'plan_code.add',
				args: {
					row: {
						id: '11111111-0000-7000-8000-0000000000c2',
						case_id: '{{case}}',
						code: 'BA07',
						units_month: 13,
						times_week: 3,
						valid_from: '2026-11-01',
						provider: '山城長照'
					}
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000c3',
			at: '2026-11-23T02:01:00.000Z',
			intent: {
				name: 'plan_code.patch',
				args: { id: '11111111-0000-7000-8000-0000000000c2', patch: { times_week: [3, 2] } }
			}
		},
		{
			mid: '11111111-0000-7000-8000-0000000000c4',
			at: '2026-11-23T02:02:00.000Z',
			intent: {
				name: 'plan_code.end',
				args: {
					id: '11111111-0000-7000-8000-0000000000c2',
					at: '2026-11-23T02:02:00.000Z',
					reason: '計畫異動'
				}
			}
		},
		{
			mid: '11111111-0000-7000-8000-00000000b111',
			at: '2026-11-23T02:00:00.000Z',
			intent: {
				name: 'task.give',
				args: {
					// The task of the fixture.
					id: '11111111-0000-7000-8000-000000000001',
					at: '2026-11-23T02:00:00.000Z',
					to_id: '{{me}}',
					to_name: '督導',
					reply_minutes: 120,
					note: '那天請假'
				}
			}
		}
	];
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
