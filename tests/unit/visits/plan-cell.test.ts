/** A visit planned in a cell of the board: for whom it can be, what stands between, and what is stored. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { LocalDb } from '#lib/db/local-db.ts';
import type { BoardDirectory } from '#lib/db/queries/board.ts';
import { UNASSIGNED } from '#lib/domain/board.ts';
import {
	onlyFound,
	peopleFor,
	planInCell,
	standingFor
} from '#lib/features/visits/board/plan-cell.ts';
import { PlanForm } from '#lib/features/visits/plan-form.svelte.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { aCase, aCaseMember, anId, aPerson, aRow } from '../../fixtures/builders.ts';

const ORG = anId();
const [lin, ding, wang, paused, foreign] = [
	aCase({ org_id: ORG, name: '林阿嬤' }),
	aCase({ org_id: ORG, name: '丁阿招' }),
	aCase({ org_id: ORG, name: '王叔叔' }),
	aCase({ org_id: ORG, name: '停阿公', status: 'suspended' }),
	aCase({ name: '別處' })
];
const me = aPerson({ memberships: [{ orgId: ORG, orgName: '安心', role: 'supervisor' }] });
const membership = (user_id: string) =>
	aRow('memberships', { org_id: ORG, user_id, role: 'worker', display_name: user_id });
const directory: BoardDirectory = {
	staff: [],
	memberships: new Map([
		['chen', [membership('chen')]],
		['new', [membership('new')]]
	]),
	circles: new Map([
		[wang.id, [aCaseMember({ case_id: wang.id, user_id: 'chen', role: 'worker' })]],
		[ding.id, [aCaseMember({ case_id: ding.id, user_id: 'chen', role: 'family' })]]
	]),
	people: new Map([lin, ding, wang, paused, foreign].map((person) => [person.id, person])),
	villages: new Map()
};

test('those whom the worker visits come first; who is paused or not ours is left out', () => {
	const names = (workerId: string) =>
		peopleFor(workerId, me, { directory }).map(({ name }) => name);
	expect(names('chen')).toEqual(['王叔叔', '丁阿招', '林阿嬤']);
	expect(names('new')).toEqual(['丁阿招', '王叔叔', '林阿嬤']);
	expect(peopleFor('chen', aPerson(), { directory })).toEqual([]);
});

test('a filter that leaves one person means that one', () => {
	expect(onlyFound('阿嬤', [lin, wang])).toBe(lin.id);
	expect(onlyFound('叔', [lin, wang])).toBe(wang.id);
	for (const find of ['', ' ', '誰', '丙村']) expect(onlyFound(find, [lin, wang])).toBeNull();
	expect(onlyFound('王', [wang, aCase({ name: '王阿姨' })])).toBeNull();
});

test('who stands in the circle goes; a colleague joins it; a stranger cannot; nobody is nobody\u2019s matter', () => {
	const kind = (workerId: string, caseId: string) =>
		standingFor(workerId, caseId, me, { directory }).kind;
	expect(kind('chen', wang.id)).toBe('in_circle');
	expect(kind('new', wang.id)).toBe('joins');
	expect(kind('stranger', wang.id)).toBe('barred');
	expect(kind(UNASSIGNED, wang.id)).toBe('in_circle');
	expect(kind('chen', '')).toBe('in_circle');
});

async function planned(worker: { id: string; name: string } | null, caseId: string) {
	const intents: { name: string; args: unknown }[] = [];
	const db = new LocalDb(anId(), { indexedDB: new IDBFactory(), IDBKeyRange });
	const ws = {
		db,
		me,
		newId: anId,
		commitAll(given: typeof intents) {
			intents.push(...given);
			return Promise.resolve({ mids: given.map((_, index) => `mid-${index}`) });
		}
	} as unknown as Workspace; // what the action touches of it
	const place = { workerId: worker?.id ?? UNASSIGNED, startTime: '18:30' };
	const form = new PlanForm(db, '2026-11-22', caseId, '2026-11-25', place);
	form.fields.minutes = '45';
	await form.keep();
	const standing = standingFor(place.workerId, caseId, me, { directory });
	const mids = await planInCell(ws, form, worker, standing);
	const again = new PlanForm(db, '2026-11-22', caseId, '2026-11-25', place);
	await again.restore();
	return { intents, mids, draftIsThere: again.restored };
}

test('the visit is stored with the cell\u2019s day and worker, and what was typed is no draft any more', async () => {
	const { intents, mids, draftIsThere } = await planned({ id: 'chen', name: '陳照服' }, wang.id);
	expect(intents).toMatchObject([
		{
			name: 'visit.plan',
			args: {
				row: {
					case_id: wang.id,
					worker_id: 'chen',
					worker_name: '陳照服',
					starts_at: '2026-11-25T10:30:00.000Z',
					ends_at: '2026-11-25T11:15:00.000Z',
					planned_codes: ['BA02', 'BA03']
				}
			}
		}
	]);
	expect(mids).toHaveLength(1);
	expect(draftIsThere).toBe(false);
});

test('who joins by it stands in the circle first, in the same transaction; nobody goes without a name', async () => {
	const joined = await planned({ id: 'new', name: '新照服' }, wang.id);
	expect(joined.intents.map(({ name }) => name)).toEqual(['case_member.add', 'visit.plan']);
	expect(joined.mids).toHaveLength(2);
	const nobody = await planned(null, wang.id);
	expect(nobody.intents).toMatchObject([{ args: { row: { worker_id: null, worker_name: null } } }]);
});
