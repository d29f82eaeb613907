/** Guards that stand in the engine on the phone. */
import type { Mutant } from './mutants.ts';

const APPLY = { project: 'unit', test: 'tests/unit/sync/apply.test.ts' } as const;
const COMMIT = { project: 'unit', test: 'tests/unit/sync/commit.test.ts' } as const;
const CYCLE = { project: 'unit', test: 'tests/unit/sync/cycle.test.ts' } as const;
const SUMS = { project: 'unit', test: 'tests/unit/sync/kept-sums.test.ts' } as const;
const LAB = { project: 'sync', test: 'tests/sync/lab.test.ts' } as const;

export const PHONE_MUTANTS: readonly Mutant[] = [
	{
		guard: 'a server that forgets again at once is not sent everything without pause',
		file: 'src/lib/sync/cycle.ts',
		find: 'if (applied.requeued && this.#forgetsAgain(nowMs))',
		replace: 'if (false)',
		...CYCLE,
		named: 'is not sent it without pause'
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
		guard: 'epoch: a restored server gets everything again',
		file: 'src/lib/sync/apply.ts',
		find: 'return epoch !== null && epoch !== response.epoch;',
		replace: 'return false;',
		...APPLY,
		named: 'a restored server gets back'
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
