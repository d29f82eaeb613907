/** Guards that stand in the database. */
import type { Mutant } from './mutants.ts';

const MIGRATIONS = 'supabase/migrations';
const SYNC_SQL = `${MIGRATIONS}/20261122000700_sync.sql`;
const PUSH = { project: 'db', test: 'tests/db/push.test.ts' } as const;
const RACES = { project: 'db', test: 'tests/db/races.test.ts' } as const;
const PULL = { project: 'db', test: 'tests/db/pull.test.ts' } as const;

export const SERVER_MUTANTS: readonly Mutant[] = [
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
		guard: 'a repeat under a new number counts as answered',
		file: SYNC_SQL,
		find: 'perform private.note_answered(client_id, last_n);',
		replace: 'null;',
		...PUSH,
		named: 'counts a repeat under a new number as answered'
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
		guard: 'seen value: an edit of what was not seen is a conflict',
		file: `${MIGRATIONS}/20261122000600_mutations.sql`,
		find: 'elsif stands -> field = seen -> field then',
		replace: 'elsif true then',
		...{ project: 'db', test: 'tests/db/patches.test.ts' },
		named: 'in conflict'
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
	}
];
