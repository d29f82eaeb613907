/** Somebody for all visits at once: who is asked and who is sent, until when, and who is not counted on. */
import { expect, test } from 'vitest';
import type { CoverLine, Substitute } from '#lib/db/queries/cover.ts';
import {
	arrangeAll,
	MOST_COVERED,
	stillOpen,
	type CoverChoices
} from '#lib/features/visits/cover/cover-all.ts';
import type { VisitOfferRow } from '#lib/domain/rows.ts';
import { aCase, anId, aRow, aVisit, NOW } from '../../fixtures/builders.ts';

const ORG = anId();
const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(Date.parse(NOW) + hours * HOUR_MS).toISOString();
const person = aCase({ org_id: ORG, village: '松泉村' });

function aSubstitute(part: Partial<Substitute> = {}): Substitute {
	return {
		id: anId(),
		name: '王照服',
		role: 'worker',
		isInCircle: true,
		askOrgId: ORG,
		isSameRole: true,
		clashes: [],
		visitsThatDay: 0,
		...part
	};
}
/** An hour's visit that needs somebody, so many hours from now. */
function aLine(
	hours: number,
	substitutes: readonly Substitute[],
	offers: readonly VisitOfferRow[] = []
): CoverLine {
	const visit = aVisit({
		case_id: person.id,
		starts_at: inHours(hours),
		ends_at: inHours(hours + 1),
		planned_codes: ['BA02']
	});
	return { visit, person, why: 'unassigned', substitutes, offers };
}
const anOffer = (to: Substitute, part: Partial<VisitOfferRow> = {}): VisitOfferRow =>
	aRow('visit_offers', { user_id: to.id, user_name: to.name, expires_at: inHours(2), ...part });
const choices = (part: Partial<CoverChoices> = {}): CoverChoices => ({
	way: 'ask',
	by: 'two_hours',
	workers: new Map(),
	...part
});
const arranged = (lines: readonly CoverLine[], part: Partial<CoverChoices> = {}) =>
	arrangeAll(lines, choices(part), NOW).map(({ worker, question }) => [
		worker?.id ?? null,
		question?.expiresAt ?? null
	]);

test('everybody is asked first, or who stands in the circle is sent and others are asked', () => {
	const [inCircle, outside] = [aSubstitute(), aSubstitute({ isInCircle: false })];
	const lines = [aLine(30, [inCircle]), aLine(50, [outside])];
	expect(arranged(lines)).toEqual([
		[inCircle.id, inHours(2)],
		[outside.id, inHours(2)]
	]);
	expect(arranged(lines, { way: 'send', by: 'half_hour' })).toEqual([
		[inCircle.id, null],
		[outside.id, inHours(0.5)]
	]);
	// Of another organisation: can be sent, and not be asked.
	const foreign = aSubstitute({ askOrgId: null });
	expect(arranged([aLine(30, [foreign])])).toEqual([[null, null]]);
	expect(arranged([aLine(30, [foreign])], { way: 'send' })).toEqual([[foreign.id, null]]);
});

test('an answer is wanted before the visit begins', () => {
	const worker = aSubstitute();
	expect(arranged([aLine(1, [worker])], { by: 'tomorrow' })).toEqual([[worker.id, inHours(0.5)]]);
	expect(arranged([aLine(0.25, [worker])])).toEqual([[worker.id, inHours(1.25)]]);
});

test('only who is free and does the same work, and nobody who said no; who did not answer only where nobody else is', () => {
	const [busy, nurse, no, silent, free] = [
		aSubstitute({ clashes: [{ kind: 'same_worker', visit: aVisit() }] }),
		aSubstitute({ role: 'nurse', isSameRole: false }),
		aSubstitute(),
		aSubstitute(),
		aSubstitute({ isInCircle: false, visitsThatDay: 4 })
	];
	const offers = [
		anOffer(no, { status: 'declined', decline_reason: 'time' }),
		anOffer(silent, { expires_at: inHours(-1) })
	];
	const first = (all: readonly Substitute[]) => arranged([aLine(30, all, offers)])[0]?.[0];
	expect(first([busy, nurse, no, silent, free])).toBe(free.id);
	expect(first([busy, nurse, no, silent])).toBe(silent.id);
	expect(first([busy, nurse, no])).toBeNull();
});

test('a visit that waits for an answer is left alone, and who is waited for there is not wanted elsewhere at that time', () => {
	const [asked, other] = [aSubstitute(), aSubstitute({ visitsThatDay: 2 })];
	const waiting = aLine(30, [asked, other], [anOffer(asked)]);
	const open = aLine(30, [asked, other]);
	expect(stillOpen([waiting, open], NOW)).toEqual([open]);
	expect(arranged([waiting, open])).toEqual([[other.id, inHours(2)]]);
	// Its time is over without an answer: then both are open again.
	expect(stillOpen([waiting, open], inHours(3))).toHaveLength(2);
});

test('a choice is kept, and so is nobody', () => {
	const [first, second] = [aSubstitute(), aSubstitute({ visitsThatDay: 1 })];
	const line = aLine(30, [first, second]);
	const [one] = arrangeAll([line], choices(), NOW);
	expect(one?.possible).toEqual([first, second]);
	expect(arranged([line], { workers: new Map([[line.visit.id, second.id]]) })[0]?.[0]).toBe(
		second.id
	);
	expect(arranged([line], { workers: new Map([[line.visit.id, null]]) })).toEqual([[null, null]]);
});

test('so many at once as a person looks through', () => {
	const lines = Array.from({ length: MOST_COVERED + 5 }, (_, index) =>
		aLine(24 + index, [aSubstitute()])
	);
	expect(arrangeAll(lines, choices(), NOW)).toHaveLength(MOST_COVERED);
});
