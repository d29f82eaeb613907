/** A proposal for all visits that need somebody: whatever is asked, nobody is wanted in two places, and nobody is left out who fits. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clashesOf, type KnownVisit } from '#lib/domain/clashes.ts';
import { coverPlan, type CoverNeed, type CoverCandidate } from '#lib/domain/cover-plan.ts';
import { propertyOptions } from '../../fixtures/property.ts';

const NINE = Date.parse('2026-11-23T01:00:00.000Z');
const at = (minutes: number) => new Date(NINE + minutes * 60_000).toISOString();

function aVisit(part: Partial<KnownVisit> & { readonly id: string }): KnownVisit {
	return {
		case_id: 'A',
		worker_id: null,
		starts_at: at(0),
		ends_at: at(60),
		planned_codes: ['BA02'],
		status: 'planned',
		deleted_at: null,
		...part
	};
}
const aCandidate = (id: string, part: Partial<CoverCandidate> = {}): CoverCandidate => ({
	id,
	isInCircle: true,
	wasAsked: false,
	visitsThatDay: 0,
	...part
});
const villages = new Map<string, string | null>([
	['A', '上村'],
	['B', '下村'],
	['C', '上村']
]);
function plan(
	needs: readonly CoverNeed[],
	part: Partial<Parameters<typeof coverPlan>[1]> = {}
): Record<string, string | null> {
	const proposals = coverPlan(needs, { taken: [], villages, chosen: new Map(), ...part });
	return Object.fromEntries([...proposals].map(([id, { workerId }]) => [id, workerId]));
}

test('where only one can go is decided first, and journeys between villages count', () => {
	const first = aVisit({ id: 'first' });
	const needs = [
		{ visit: first, candidates: [aCandidate('wang'), aCandidate('chen')] },
		// Ten minutes later in another village: not to be reached by who was at the first.
		{
			visit: aVisit({ id: 'later', case_id: 'B', starts_at: at(70), ends_at: at(100) }),
			candidates: [aCandidate('wang')]
		}
	];
	expect(plan(needs)).toEqual({ first: 'chen', later: 'wang' });
});

test('the circle comes before others, who goes there already before who has less to do, and who did not answer comes last', () => {
	const silent = aCandidate('silent', { wasAsked: true });
	const outside = aCandidate('outside', { isInCircle: false });
	const candidates = [
		silent,
		outside,
		aCandidate('busy', { visitsThatDay: 3 }),
		aCandidate('idle')
	];
	const [morning, noon] = [
		aVisit({ id: 'morning' }),
		aVisit({ id: 'noon', starts_at: at(180), ends_at: at(240) })
	];
	expect(plan([{ visit: morning, candidates }])).toEqual({ morning: 'idle' });
	const both = [morning, noon].map((visit) => ({ visit, candidates }));
	expect(plan(both, { chosen: new Map([['morning', 'busy']]) })).toEqual({
		morning: 'busy',
		noon: 'busy'
	});
	expect(plan([{ visit: noon, candidates: [silent, outside] }])).toEqual({ noon: 'outside' });
	expect(plan([{ visit: noon, candidates: [silent] }])).toEqual({ noon: 'silent' });
});

test('a choice stands, nobody is a choice too, and a proposal gives way to it', () => {
	const needs = ['one', 'two'].map((id, index) => ({
		visit: aVisit({ id, case_id: index === 0 ? 'A' : 'C' }),
		candidates: [aCandidate('wang'), aCandidate('chen', { visitsThatDay: 1 })]
	}));
	expect(plan(needs)).toEqual({ one: 'wang', two: 'chen' });
	expect(plan(needs, { chosen: new Map([['two', 'wang']]) })).toEqual({ one: 'chen', two: 'wang' });
	expect(plan(needs, { chosen: new Map([['one', null]]) })).toEqual({ one: null, two: 'wang' });
	// Who was chosen and is no candidate any more was chosen in vain.
	expect(plan(needs, { chosen: new Map([['one', 'gone']]) })).toEqual({ one: 'wang', two: 'chen' });
});

const WORKERS = ['wang', 'chen', 'fang', 'luo'];
const aTime = fc.record({
	start: fc.integer({ min: 0, max: 600 }),
	length: fc.integer({ min: 15, max: 120 }),
	case_id: fc.constantFrom('A', 'B', 'C')
});
const someNeeds = fc.array(
	fc.record({
		time: aTime,
		candidates: fc.uniqueArray(
			fc.record({
				id: fc.constantFrom(...WORKERS),
				isInCircle: fc.boolean(),
				wasAsked: fc.boolean(),
				visitsThatDay: fc.nat(4)
			}),
			{ selector: ({ id }) => id }
		)
	}),
	{ maxLength: 12 }
);
const visitAt = (
	id: string,
	{ start, length, case_id }: { start: number; length: number; case_id: string }
) => aVisit({ id, case_id, starts_at: at(start), ends_at: at(start + length) });

test('whatever is needed: candidates only, nobody in two places, and nobody left out who could still go', () => {
	fc.assert(
		fc.property(
			someNeeds,
			fc.array(fc.tuple(aTime, fc.constantFrom(...WORKERS)), { maxLength: 4 }),
			(drawn, waits) => {
				const needs: CoverNeed[] = drawn.map(({ time, candidates }, index) => ({
					visit: visitAt(`need ${index}`, time),
					candidates
				}));
				const taken = waits.map(([time, worker_id], index) => ({
					...visitAt(`waits ${index}`, time),
					worker_id
				}));
				const proposed = plan(needs, { taken });
				expect(plan([...needs].reverse(), { taken })).toEqual(proposed);
				const given = needs.map(({ visit }) => ({
					...visit,
					worker_id: proposed[visit.id] ?? null
				}));
				const clashes = (visit: KnownVisit) =>
					clashesOf(visit, { visits: [...taken, ...given], absences: [], villages }).filter(
						({ kind }) => kind === 'same_worker' || kind === 'travel'
					);
				for (const { visit, candidates } of needs) {
					const workerId = proposed[visit.id] ?? null;
					if (workerId === null) {
						for (const { id } of candidates)
							expect(clashes({ ...visit, worker_id: id }), `${id} was free`).not.toEqual([]);
					} else {
						expect(candidates.map(({ id }) => id)).toContain(workerId);
						expect(clashes({ ...visit, worker_id: workerId })).toEqual([]);
					}
				}
			}
		),
		propertyOptions(200)
	);
});
