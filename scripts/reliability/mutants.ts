/** The guards of the sync engine, each with a change that takes it away, and the test that must notice. */

export interface Mutant {
	readonly guard: string;
	readonly file: string;
	/** Stands in the file exactly once. */
	readonly find: string;
	readonly replace: string;
	readonly project: 'unit' | 'db' | 'sync';
	readonly test: string;
	/** Part of the test's name. */
	readonly named: string;
}

const MIGRATIONS = 'supabase/migrations';
const SYNC_SQL = `${MIGRATIONS}/20261122000700_sync.sql`;
const PUSH = { project: 'db', test: 'tests/db/push.test.ts' } as const;
const RACES = { project: 'db', test: 'tests/db/races.test.ts' } as const;
const PULL = { project: 'db', test: 'tests/db/pull.test.ts' } as const;
const APPLY = { project: 'unit', test: 'tests/unit/sync/apply.test.ts' } as const;
const COMMIT = { project: 'unit', test: 'tests/unit/sync/commit.test.ts' } as const;
const CYCLE = { project: 'unit', test: 'tests/unit/sync/cycle.test.ts' } as const;
const SUMS = { project: 'unit', test: 'tests/unit/sync/kept-sums.test.ts' } as const;
const LAB = { project: 'sync', test: 'tests/sync/lab.test.ts' } as const;

export const MUTANTS: readonly Mutant[] = [
	{
		guard: 'savepoint: a mutation that is refused is undone alone',
		file: SYNC_SQL,
		find: "if left(state, 2) not in ('22', '23') and state not in ('42501', 'P0001') then",
		replace: 'if true then',
		...PUSH,
		named: 'is undone alone'
	},
	{
		guard: 'faults of the moment are not called refusals',
		file: SYNC_SQL,
		find: "if left(state, 2) not in ('22', '23') and state not in ('42501', 'P0001') then",
		replace: 'if false then',
		...PUSH,
		named: 'of the moment ends the whole batch'
	},
	{
		guard: 'ledger look-up: a repeat does nothing',
		file: SYNC_SQL,
		find: "outcome := private.recall(client, (item ->> 'n')::integer, (item ->> 'mid')::uuid);",
		replace: 'outcome := null;',
		...PUSH,
		named: 'answers a repeat with the first verdict'
	},
	{
		guard: 'ledger: a repeat leaves the server as it is',
		file: SYNC_SQL,
		find: '  if outcome is not null then\n    return outcome;',
		replace:
			"  if outcome is not null then\n    begin perform private.apply_mutation(item ->> 'name', item -> 'args', (item ->> 'at')::timestamptz, null, null); exception when others then null; end;\n    return outcome;",
		project: 'sync',
		test: 'tests/sync/exactly-once.test.ts',
		named: 'had nothing happened'
	},
	{
		guard: 'fork: a number that stands for something else',
		file: SYNC_SQL,
		find: 'where m.client_id = client and m.n = of_n) then',
		replace: 'where false) then',
		...PUSH,
		named: 'calls it a fork'
	},
	{
		guard: 'dependents of a refused mutation wait',
		file: SYNC_SQL,
		find: 'if blocker is not null then',
		replace: 'if false then',
		...PUSH,
		named: 'holds up only what needs its row'
	},
	{
		guard: 'a session that has ended is refused',
		file: SYNC_SQL,
		find: 'if (select auth.uid()) is null or not private.session_ok() then',
		replace: 'if (select auth.uid()) is null then',
		...PUSH,
		named: 'when the sign-in behind the token has ended'
	},
	{
		guard: 'head lock: numbers are drawn under it',
		file: `${MIGRATIONS}/20261122000300_stamps.sql`,
		find: 'where case_id = of_case and kind = of_kind for update;',
		replace: 'where case_id = of_case and kind = of_kind;',
		project: 'db',
		test: 'tests/db/no-gaps.test.ts',
		named: 'numbers come into sight in their order'
	},
	{
		guard: 'sorted locking: heads in one order',
		file: SYNC_SQL,
		find: '  perform private.lock_for_batch(items);\n',
		replace: '',
		...RACES,
		named: 'with the database as it is'
	},
	{
		guard: 'single-statement read: heads and rows of one moment',
		file: SYNC_SQL,
		find: 'create function private.pull(cursors jsonb, same_epoch boolean, page integer) returns jsonb\nlanguage plpgsql stable',
		replace:
			'create function private.pull(cursors jsonb, same_epoch boolean, page integer) returns jsonb\nlanguage plpgsql volatile',
		project: 'db',
		test: 'tests/db/one-moment.test.ts',
		named: 'holds for what it brings'
	},
	{
		guard: 'figures: what goes is taken off the figures of its day',
		file: `${MIGRATIONS}/20261122000300_stamps.sql`,
		find: '        union all select w.bucket_id, private.taipei_day(w.relevant_at), -1, -w.seq from was w\n',
		replace: '',
		project: 'db',
		test: 'tests/db/window-figures.test.ts',
		named: 'those that counting gives'
	},
	{
		guard: 'scope: buckets out of sight are named',
		file: SYNC_SQL,
		find: 'where k.bucket_id <> all (array(select private.my_buckets()))',
		replace: 'where false',
		...PULL,
		named: 'access that is taken names its buckets'
	},
	{
		guard: 'scope: pages hold only the caller’s buckets',
		file: SYNC_SQL,
		find: 'where t.bucket = any (mine)',
		replace: '',
		...PULL,
		named: 'a page of a bucket that is not the caller'
	},
	{
		guard: 'scope: the phone lets go of what is named',
		file: 'src/lib/sync/apply.ts',
		find: 'await leaveBuckets(tx, base, cursors, response.removed);',
		replace: 'await leaveBuckets(tx, base, cursors, []);',
		project: 'sync',
		test: 'tests/sync/access.test.ts',
		named: 'access taken away'
	},
	{
		guard: 'seen value: an edit of what was not seen is a conflict',
		file: `${MIGRATIONS}/20261122000600_mutations.sql`,
		find: 'elsif stands -> field = seen -> field then',
		replace: 'elsif true then',
		...{ project: 'db', test: 'tests/db/patches.test.ts' },
		named: 'in conflict'
	},
	{
		guard: 'epoch: a restored server gets everything again',
		file: 'src/lib/sync/apply.ts',
		find: 'return epoch !== null && epoch !== response.epoch;',
		replace: 'return false;',
		...APPLY,
		named: 'a restored server gets back'
	},
	{
		guard: 'amnesia: what rests on the work of another phone waits for it',
		file: SYNC_SQL,
		find: "if item -> 'again' = 'true' and",
		replace: 'if false and',
		...PUSH,
		named: 'is not recorded while what it rests on'
	},
	{
		guard: 'a server that was set back takes nothing new first',
		file: SYNC_SQL,
		find: "client.last_n >= coalesce((request ->> 'acked')::integer, 0) then",
		replace: 'true then',
		...PUSH,
		named: 'is not taken while the server'
	},
	{
		guard: 'amnesia: a server that forgot without a word',
		file: 'src/lib/sync/apply.ts',
		find: 'return response.last_n < ackedN || wasSetBack(response);',
		replace: 'return false;',
		...APPLY,
		named: 'noticed by its last number'
	},
	{
		guard: 'amnesia: what was refused is told again',
		file: 'src/lib/sync/apply-verdicts.ts',
		find: '.modify({ refusalForgotten: true, heldFromMs: 0, holdMs: 0 })',
		replace: '.modify({ heldFromMs: 0, holdMs: 0 })',
		project: 'sync',
		test: 'tests/sync/forgotten-refusal.test.ts',
		named: 'without a word'
	},
	{
		guard: 'amnesia: what was refused is not tried again',
		file: SYNC_SQL,
		find: "if item ? 'refused' then",
		replace: 'if false then',
		...PUSH,
		named: 'is written down again'
	},
	{
		guard: 'amnesia: numbered answers tell a phone that only reads',
		file: SYNC_SQL,
		find: 'same_epoch := not client.set_back and',
		replace: 'same_epoch :=',
		project: 'sync',
		test: 'tests/sync/amnesia.test.ts',
		named: 'a phone that only reads'
	},
	{
		guard: 'round: rows only over the state from which they were asked',
		file: 'src/lib/sync/apply.ts',
		find: 'before.round === request.round && !options.verdictsOnly;',
		replace: '!options.verdictsOnly;',
		...APPLY,
		named: 'an answer to an older state'
	},
	{
		guard: 'sums: a bucket that differs is fetched again',
		file: 'src/lib/sync/verify.ts',
		find: 'held.live === live && held.sum === sum',
		replace: 'true',
		...APPLY,
		named: 'a bucket whose sums differ'
	},
	{
		guard: 'replay: pulled rows do not cover work that waits',
		file: 'src/lib/sync/apply.ts',
		find: '		showView(tx, writes, base.shadows, open);\n',
		replace: '',
		...APPLY,
		named: 'the work is replayed over it'
	},
	{
		guard: 'transaction: what is asked side by side belongs to it',
		file: 'src/lib/db/local-db.ts',
		find: 'await work(boundTo(transaction, stores))',
		replace: 'await work(this as never)',
		project: 'unit',
		test: 'tests/unit/sync/cycle.test.ts',
		named: 'the same is sent again'
	},
	{
		guard: 'transaction: a write that fails undoes the others',
		file: 'src/lib/sync/writes.ts',
		find: '		for (const write of this.#all) await write;\n',
		replace: '',
		project: 'unit',
		test: 'tests/unit/sync/cycle.test.ts',
		named: 'on a full phone'
	},
	{
		guard: 'strict durability',
		file: 'src/lib/db/local-db.ts',
		find: "chromeTransactionDurability: 'strict'",
		replace: "chromeTransactionDurability: 'relaxed'",
		...COMMIT,
		named: 'flushed to the disk'
	},
	{
		guard: 'one intent however often the store had to be opened again',
		file: 'src/lib/sync/commit.ts',
		find: "if (mayBeThere && (await tx.outbox.where('mid').equals(mid).count()) > 0) continue;",
		replace: '',
		...COMMIT,
		named: 'stored before the connection died'
	},
	{
		guard: 'strict durability: only what the server has too goes without',
		file: 'src/lib/db/local-db.ts',
		find: 'return stores.length === PULL_STORES.length && PULL_STORES.every((name) => stores.includes(name));',
		replace: 'return stores.length > 0;',
		...COMMIT,
		named: 'flushed to the disk'
	},
	{
		guard: 'rows alone: not over what somebody has tapped meanwhile',
		file: 'src/lib/sync/apply.ts',
		find: 'if (intents > 0 || ',
		replace: 'if (',
		...APPLY,
		named: 'rows alone need not reach the disk'
	},
	{
		guard: 'rows alone: only over the state from which they were asked',
		file: 'src/lib/sync/apply.ts',
		find: 'client?.id !== request.wire.client || client.round !== request.round',
		replace: 'client?.id !== request.wire.client',
		...APPLY,
		named: 'rows alone are those of the state'
	},
	{
		guard: 'rows alone: a server that has forgotten gets its work back',
		file: 'src/lib/sync/apply.ts',
		find: ' || isForgotten(client, response)) return null;',
		replace: ') return null;',
		...APPLY,
		named: 'rows alone are those of the state'
	},
	{
		guard: 'sums that were followed are counted again after six hours',
		file: 'src/lib/sync/kept-sums.ts',
		find: ' && nowMs - kept.countedAtMs < COUNT_AGAIN_MS',
		replace: '',
		...SUMS,
		named: 'a row that the store has lost'
	},
	{
		guard: 'sums that were followed: a clock that was set back does not prolong it',
		file: 'src/lib/sync/kept-sums.ts',
		find: 'return nowMs >= kept.countedAtMs && ',
		replace: 'return ',
		...SUMS,
		named: 'a clock that was set back'
	},
	{
		guard: 'sums that were followed: for one state of the store and one window',
		file: 'src/lib/sync/kept-sums.ts',
		find: 'if (round !== this.#round || since !== this.#since || !changes)',
		replace: 'if (!changes)',
		...SUMS,
		named: 'what was followed holds'
	},
	{
		guard: 'a page asked for ahead is the one that is due',
		file: 'src/lib/sync/cycle.ts',
		find: ' || !isSameQuestion(ahead.wire, request.wire)',
		replace: '',
		...CYCLE,
		named: 'over the state that was foreseen'
	},
	{
		guard: 'a page asked for ahead: nothing else has been stored meanwhile',
		file: 'src/lib/sync/cycle.ts',
		find: 'request.round !== ahead.round || ',
		replace: '',
		...CYCLE,
		named: 'over the state that was foreseen'
	},
	{
		guard: 'a full phone keeps the verdicts',
		file: 'src/lib/sync/cycle.ts',
		find: "if (!(failure instanceof StorageError) || failure.kind !== 'quota') throw failure;",
		replace: 'throw failure;',
		...CYCLE,
		named: 'on a full phone'
	},
	{
		guard: 'poison: a mutation that fails the server alone steps aside',
		file: 'src/lib/sync/cycle.ts',
		find: 'const MAX_LONE_FAILURES = 5;',
		replace: 'const MAX_LONE_FAILURES = 5000;',
		...CYCLE,
		named: 'one mutation that brings the server down'
	},
	{
		guard: 'tab lease: one tab sends',
		file: 'src/lib/sync/create-workspace.ts',
		find: '		tabs.campaign(\n',
		replace: '		this.#lead();\n		tabs.campaign(\n',
		...{ project: 'sync', test: 'tests/sync/engine.test.ts' },
		named: 'of two tabs one sends'
	},
	{
		guard: 'liveness: a failure is followed by another try',
		file: 'src/lib/sync/scheduler.ts',
		find: '				this.#setTimer(nextTryInMs);\n',
		replace: '',
		...LAB,
		named: 'phones heal by themselves'
	},
	{
		guard: 'foreign JSON is no answer',
		file: 'src/lib/remote/rpc-port.ts',
		find: 'if (!parsed.success) return garbled(answer);\n		return { ok: true, value: parsed.output,',
		replace: 'return { ok: true, value: answer.data as never,',
		project: 'unit',
		test: 'tests/unit/remote/rpc-port.test.ts',
		named: 'no answer'
	},
	{
		guard: 'refused work stays in the tray',
		file: 'src/lib/sync/apply-verdicts.ts',
		find: "verdict === 'dup' ? 'acked' : 'attention';",
		replace: "verdict === 'dup' ? 'acked' : 'acked';",
		...LAB,
		named: 'phones heal by themselves'
	}
];
